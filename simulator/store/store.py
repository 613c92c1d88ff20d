"""The store: every turn on disk before it is answered, and what the trainee adds beside the turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Result, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from simulator.call import Call, EndedBy, Exchange
from simulator.language import N_
from simulator.scenario import Loaded
from simulator.settings import Mode
from simulator.store.database import Database, StoreError, now
from simulator.store.tables import CallRow, ExchangeRow, ScenarioText


@dataclass(frozen=True)
class CallSummary:
    """A call as a list shows it: all but what was said.

    ``length``: how many turns were taken. ``seconds``: time spent in it. ``hints`` and ``taken_back``: help asked
    for, and turns taken back. ``overall``: the trainee's own view of the whole, 1-5. ``came_from`` and
    ``from_turn``: the call this is a new try of, and the turn where it parts.
    """

    id: int
    scenario: str
    seed: int
    reader: str
    begun: datetime
    ended_by: EndedBy
    end_reason: str
    total: int | None
    length: int
    mode: Mode
    seconds: int
    hints: int
    taken_back: int
    overall: int | None
    came_from: int | None
    from_turn: int | None
    draft: str
    notes: str

    @property
    def waiting(self) -> bool:
        """Whether it has something in it and can be taken up again."""
        return not self.ended_by and bool(self.length or self.draft.strip() or self.notes.strip())


@dataclass(frozen=True)
class StoredCall(CallSummary):
    """A call as kept: enough to play or grade it again.

    ``turns``: each handler turn with its exchange, or None for a turn that was sent but not answered.
    """

    scenario_text: str
    turns: tuple[tuple[str, Exchange | None], ...]

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The turns that were answered."""
        return tuple(exchange for _, exchange in self.turns if exchange)


class Store(Database):
    """Calls on disk. Each method is one transaction."""

    def begin(
        self, loaded: Loaded, seed: int, mode: Mode = "call", came_from: tuple[int, int] | None = None
    ) -> int:
        """Note a call about to be played; returns its number. ``came_from``: call and turn of a new try."""
        begun = now()
        with self.session() as session:
            text_row = insert(ScenarioText).values(digest=loaded.digest, text=loaded.text)
            session.execute(text_row.on_conflict_do_nothing())
            parent, turn = came_from or (None, None)
            row = CallRow(
                scenario=loaded.scenario.id,
                digest=loaded.digest,
                seed=seed,
                reader="",
                begun=begun,
                touched=begun,
                mode=mode,
                came_from=parent,
                from_turn=turn,
            )
            session.add(row)
            session.flush()
            return row.id

    def sent(self, call_id: int, n: int, turn: str, *, again: bool = False) -> None:
        """Keep a turn as it is sent, before it is read or answered; it is a draft no more.

        Args:
            call_id: the call.
            n: the turn's number.
            turn: the words.
            again: it stands there already, unanswered, sent by the same session.

        Raises:
            StoreError: the same call went on in another window, besides what can go wrong with a disk.
        """
        with self.told():
            try:
                with Session(self.engine) as session, session.begin():
                    last = select(func.max(ExchangeRow.n)).where(ExchangeRow.call_id == call_id)
                    if (session.scalar(last) or 0) not in (n - 1, n):
                        raise _elsewhere(call_id)
                    row = ExchangeRow(call_id=call_id, n=n, turn=turn, data=None)
                    session.merge(row) if again else session.add(row)
                    where = CallRow.id == call_id
                    session.execute(update(CallRow).where(where).values(touched=now(), draft=""))
            except IntegrityError as error:
                raise _elsewhere(call_id) from error

    def answered(self, call_id: int, n: int, exchange: Exchange) -> None:
        """Keep what a turn led to, before it is shown, and which reader read it."""
        with self.session() as session:
            where = (ExchangeRow.call_id == call_id, ExchangeRow.n == n)
            session.execute(update(ExchangeRow).where(*where).values(data=exchange.as_data()))
            reader = {"reader": exchange.reading.version}
            _same(session.execute(update(CallRow).where(CallRow.id == call_id).values(**reader)), call_id)

    def copied(self, call_id: int, exchanges: tuple[Exchange, ...]) -> None:
        """Keep turns taken over from another call, as the first of this one."""
        with self.session() as session:
            for n, exchange in enumerate(exchanges, 1):
                turn = exchange.reading.turn
                session.add(ExchangeRow(call_id=call_id, n=n, turn=turn, data=exchange.as_data()))

    def taken_back(self, call_id: int, kept: int) -> None:
        """Drop the turns after the first ``kept``, and the ending with them; how many were dropped is kept."""
        with self.session() as session:
            where = (ExchangeRow.call_id == call_id, ExchangeRow.n > kept)
            dropped = session.execute(delete(ExchangeRow).where(*where).returning(ExchangeRow.n)).all()
            values = {"ended_by": "", "end_reason": "", "total": None, "touched": now()}
            count = CallRow.taken_back + len(dropped)
            session.execute(update(CallRow).where(CallRow.id == call_id).values(**values, taken_back=count))

    def ended(self, call_id: int, call: Call, total: int | None) -> None:
        """Keep how a call ended and its total."""
        with self.session() as session:
            values = {"ended_by": call.ended_by, "end_reason": call.end_reason, "total": total}
            where = CallRow.id == call_id
            _same(session.execute(update(CallRow).where(where).values(**values, touched=now())), call_id)

    def aside(self, call_id: int, **values: str | int) -> None:
        """Keep what stands beside the turns: ``draft``, ``notes``, ``seconds``, ``hints``, ``overall``."""
        with self.session() as session:
            _same(session.execute(update(CallRow).where(CallRow.id == call_id).values(**values)), call_id)

    def summaries(self) -> list[CallSummary]:
        """All calls without what was said in them, the latest first."""
        with self.session() as session:
            rows = session.execute(
                select(CallRow, func.count(ExchangeRow.n))
                .outerjoin(ExchangeRow, ExchangeRow.call_id == CallRow.id)
                .group_by(CallRow.id)
                .order_by(CallRow.touched.desc(), CallRow.id.desc())
            )
            return [_summary(row, turns) for row, turns in rows]

    def calls(self) -> list[StoredCall]:
        """All calls with all their text, the latest first."""
        with self.session() as session:
            rows = session.scalars(select(CallRow).order_by(CallRow.touched.desc(), CallRow.id.desc()))
            return [_stored(session, row) for row in rows]

    def call(self, call_id: int) -> StoredCall | None:
        """One call, or None."""
        with self.session() as session:
            row = session.get(CallRow, call_id)
            return _stored(session, row) if row else None

    def erase(self, call_id: int | None = None) -> int:
        """Delete one call, or all; returns how many. What was deleted is overwritten on disk."""
        with self.session() as session:
            query = delete(CallRow) if call_id is None else delete(CallRow).where(CallRow.id == call_id)
            count = session.execute(query.returning(CallRow.id)).all()
            used = select(CallRow.digest)
            session.execute(delete(ScenarioText).where(ScenarioText.digest.not_in(used)))
        self.tidy()
        return len(count)


def _elsewhere(call_id: int) -> StoreError:
    return StoreError(N_("Samtal {n} har gått vidare eller tagits bort i ett annat fönster."), n=call_id)


def _same(result: Result[Any], call_id: int) -> None:
    """Raise StoreError where the call is no longer there."""
    if cast("CursorResult[Any]", result).rowcount == 0:
        raise _elsewhere(call_id)


def _stored(session: Session, row: CallRow) -> StoredCall:
    scenario = session.get(ScenarioText, row.digest)
    turns = tuple(
        (e.turn, Exchange.from_data(e.turn, e.data) if e.data is not None else None) for e in row.exchanges
    )
    summary = vars(_summary(row, len(turns)))
    return StoredCall(**summary, scenario_text=scenario.text if scenario else "", turns=turns)


def _summary(row: CallRow, length: int) -> CallSummary:
    return CallSummary(
        id=row.id,
        scenario=row.scenario,
        seed=row.seed,
        reader=row.reader,
        begun=row.begun,
        ended_by=cast(EndedBy, row.ended_by),
        end_reason=row.end_reason,
        total=row.total,
        length=length,
        mode=cast(Mode, row.mode),
        seconds=row.seconds,
        hints=row.hints,
        taken_back=row.taken_back,
        overall=row.overall,
        came_from=row.came_from,
        from_turn=row.from_turn,
        draft=row.draft,
        notes=row.notes,
    )
