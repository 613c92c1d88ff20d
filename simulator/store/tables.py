"""The tables. A change here needs a migration in ``migrations/versions``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Float, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

HEAD = "0002"
"""The newest migration."""


class Base(DeclarativeBase):
    """Base of the tables."""


class ScenarioText(Base):
    """A scenario as it read when it was played, so that a call can be replayed after the file changed."""

    __tablename__ = "scenario_text"

    digest: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class CallRow(Base):
    """One call. Times are UTC.

    ``draft``: what was being typed when the call was last left. ``seconds``: time spent in it. ``hints``,
    ``taken_back``: how often help was asked for and how many turns were taken back. ``overall``: how the
    trainee thought it went, 1-5. ``came_from``: the call this is a new try of, and ``from_turn`` where it parts.
    """

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
    mode: Mapped[str] = mapped_column(String(10), default="call")
    draft: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    seconds: Mapped[int] = mapped_column(default=0)
    hints: Mapped[int] = mapped_column(default=0)
    taken_back: Mapped[int] = mapped_column(default=0)
    overall: Mapped[int | None]
    came_from: Mapped[int | None]
    from_turn: Mapped[int | None]
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


class ResultRow(Base):
    """What a call showed of one strategy. ``score`` 0-1, null where every reading was unsure."""

    __tablename__ = "result"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    strategy: Mapped[str] = mapped_column(String(60), primary_key=True)
    score: Mapped[float | None] = mapped_column(Float)
    met: Mapped[int]
    missed: Mapped[int]
    broken: Mapped[int]
    unsure: Mapped[int]


class OwnViewRow(Base):
    """What the trainee thought, before seeing the score, of one strategy: ``yes``, ``partly`` or ``no``."""

    __tablename__ = "own_view"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    strategy: Mapped[str] = mapped_column(String(60), primary_key=True)
    believed: Mapped[str] = mapped_column(String(10))


class ObjectionRow(Base):
    """A judgement that the trainee says is wrong, kept for the trainer."""

    __tablename__ = "objection"

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), primary_key=True)
    strategy: Mapped[str] = mapped_column(String(60), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    move: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime] = mapped_column(DateTime)
