"""Calls, their exchanges, and the scenario texts they were played with."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "scenario_text",
        sa.Column("digest", sa.String(16), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "call",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("scenario", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(16), sa.ForeignKey("scenario_text.digest"), nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("reader", sa.String(80), nullable=False),
        sa.Column("begun", sa.DateTime, nullable=False),
        sa.Column("touched", sa.DateTime, nullable=False),
        sa.Column("ended_by", sa.String(10), nullable=False),
        sa.Column("end_reason", sa.String(40), nullable=False),
        sa.Column("total", sa.Integer),
    )
    op.create_table(
        "exchange",
        sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("turn", sa.Text, nullable=False),
        sa.Column("data", sa.JSON),
    )


def downgrade() -> None:
    op.drop_table("exchange")
    op.drop_table("call")
    op.drop_table("scenario_text")
