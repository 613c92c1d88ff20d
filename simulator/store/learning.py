"""What a trainee learns from, kept beside the calls: results by strategy, own views, objections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from simulator.grading import Opportunity, Scorecard
from simulator.store.database import now
from simulator.store.store import Store
from simulator.store.tables import ObjectionRow, OwnViewRow, ResultRow

Believed = Literal["yes", "partly", "no"]


@dataclass(frozen=True)
class Result:
    """What one call showed of one strategy: ``score`` 0-1 or None, and how its opportunities ended."""

    call: int
    strategy: str
    score: float | None
    met: int
    missed: int
    broken: int
    unsure: int


@dataclass(frozen=True)
class Objection:
    """A judgement the trainee says is wrong: of which strategy, at which turn, on which words."""

    call: int
    strategy: str
    turn: int
    outcome: str
    move: str
    evidence: str
    made: datetime


def keep_results(store: Store, call_id: int, card: Scorecard, from_turn: int = 0) -> None:
    """Keep what a scorecard says of each strategy, in place of what was kept before.

    ``from_turn``: opportunities of earlier turns belong to another call and are left out.
    """
    rows = []
    for score in card.strategies:
        own = tuple(j for j in score.judged if j.opportunity.turn >= from_turn)
        if own:
            mine = replace(score, judged=own)
            counts = {name: mine.count(name) for name in ("met", "missed", "broken", "unsure")}
            rows.append({"call_id": call_id, "strategy": score.strategy.id, "score": mine.score, **counts})
    with store.session() as session:
        session.execute(delete(ResultRow).where(ResultRow.call_id == call_id))
        if rows:
            session.execute(insert(ResultRow), rows)


def results(store: Store) -> list[Result]:
    """Every kept result, by call and strategy."""
    with store.session() as session:
        rows = session.scalars(select(ResultRow).order_by(ResultRow.call_id, ResultRow.strategy))
        return [Result(r.call_id, r.strategy, r.score, r.met, r.missed, r.broken, r.unsure) for r in rows]


def keep_own_view(store: Store, call_id: int, believed: Mapping[str, Believed], overall: int | None) -> None:
    """Keep what the trainee thought before the score was shown, in place of an earlier view."""
    with store.session() as session:
        session.execute(delete(OwnViewRow).where(OwnViewRow.call_id == call_id))
        for strategy, view in believed.items():
            session.add(OwnViewRow(call_id=call_id, strategy=strategy, believed=view))
    if overall is not None:
        store.aside(call_id, overall=overall)


def own_views(store: Store) -> dict[int, dict[str, Believed]]:
    """For each call with an own view: strategy and what the trainee believed."""
    found: dict[int, dict[str, Believed]] = {}
    with store.session() as session:
        for row in session.scalars(select(OwnViewRow).order_by(OwnViewRow.call_id)):
            found.setdefault(row.call_id, {})[row.strategy] = cast(Believed, row.believed)
    return found


def object_to(store: Store, call_id: int, opportunity: Opportunity) -> bool:
    """Mark a judgement as wrong, or take the mark away again; returns whether it now stands."""
    key = {"call_id": call_id, "strategy": opportunity.strategy, "turn": opportunity.turn}
    with store.session() as session:
        row = session.get(ObjectionRow, key)
        if row:
            session.delete(row)
            return False
        about = {"outcome": opportunity.outcome, "move": opportunity.move, "evidence": opportunity.evidence}
        session.add(ObjectionRow(**key, **about, made=now()))
        return True


def objections(store: Store, calls: Iterable[int] | None = None) -> list[Objection]:
    """Every objection, or those to these calls, in the order they were made."""
    query = select(ObjectionRow).order_by(ObjectionRow.made)
    if calls is not None:
        query = query.where(ObjectionRow.call_id.in_(list(calls)))
    with store.session() as session:
        return [
            Objection(r.call_id, r.strategy, r.turn, r.outcome, r.move, r.evidence, r.made)
            for r in session.scalars(query)
        ]
