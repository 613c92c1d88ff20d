"""The tables. A change here needs a migration in ``migrations/versions``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

HEAD = "0001"
"""The newest migration."""


class Base(DeclarativeBase):
    """Base of the tables."""


class ScenarioText(Base):
    """A scenario as it read when it was played, so that a call can be replayed after the file changed."""

    __tablename__ = "scenario_text"

    digest: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class CallRow(Base):
    """One call. Times are UTC."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    scenario: Mapped[str] = mapped_column(String(60))
    digest: Mapped[str] = mapped_column(ForeignKey("scenario_text.digest"))
    seed: Mapped[int]
    reader: Mapped[str] = mapped_column(String(80))
    begun: Mapped[datetime] = mapped_column(DateTime)
    touched: Mapped[datetime] = mapped_column(DateTime)
    ended_by: Mapped[str] = mapped_column(String(10), default="")
    end_reason: Mapped[str] = mapped_column(String(40), default="")
    total: Mapped[int | None]
    exchanges: Mapped[list[ExchangeRow]] = relationship(
        order_by="ExchangeRow.n", cascade="all, delete-orphan", passive_deletes=True
    )


class ExchangeRow(Base):
    """One handler turn and what came of it; ``data`` is null until a turn that was sent is answered."""

    __tablename__ = "exchange"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
