"""What practising needs beside the turns: mode, draft, notes, own view, results by strategy, objections."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _call_id() -> sa.Column[int]:
    return sa.Column("call_id", sa.Integer, sa.ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    for column in (
        sa.Column("mode", sa.String(10), nullable=False, server_default="call"),
        sa.Column("draft", sa.Text, nullable=False, server_default=""),
        sa.Column("notes", sa.Text, nullable=False, server_default=""),
        sa.Column("seconds", sa.Integer, nullable=False, server_default="0"),
        sa.Column("hints", sa.Integer, nullable=False, server_default="0"),
        sa.Column("taken_back", sa.Integer, nullable=False, server_default="0"),
        sa.Column("overall", sa.Integer),
        sa.Column("came_from", sa.Integer),
        sa.Column("from_turn", sa.Integer),
    ):
        op.add_column("call", column)
    op.create_table(
        "result",
        _call_id(),
        sa.Column("strategy", sa.String(60), primary_key=True),
        sa.Column("score", sa.Float),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("met", "missed", "broken", "unsure")),
    )
    op.create_table(
        "own_view",
        _call_id(),
        sa.Column("strategy", sa.String(60), primary_key=True),
        sa.Column("believed", sa.String(10), nullable=False),
    )
    op.create_table(
        "objection",
        _call_id(),
        sa.Column("strategy", sa.String(60), primary_key=True),
        sa.Column("turn", sa.Integer, primary_key=True),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("move", sa.String(60), nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("made", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("objection", "own_view", "result"):
        op.drop_table(table)
    for name in (
        "from_turn",
        "came_from",
        "overall",
        "taken_back",
        "hints",
        "seconds",
        "notes",
        "draft",
        "mode",
    ):
        op.drop_column("call", name)
