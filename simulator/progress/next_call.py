"""Which call to practise next, and why: a few plain rules over what has been played."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.codebook import Codebook
from simulator.language import N_, Message
from simulator.progress.standing import Standing, weak
from simulator.store import CallSummary

FIRST = "forsta-samtalet"
"""The small call that teaches the keys."""
DONE = 80
"""Total from which a call is one to come back to rather than one to do again."""


@dataclass(frozen=True)
class Known:
    """What the rules need to know of a scenario."""

    id: str
    level: int
    trains: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A call to take, why, and the strategy it is for, if any."""

    scenario: str
    why: Message
    strategy: str = ""


def suggest(
    shelf: Sequence[Known],
    calls: Sequence[CallSummary],
    standings: Sequence[Standing],
    book: Codebook,
    lang: str,
) -> Suggestion | None:
    """The next call; None where every scenario has errors.

    In order: the first call for a newcomer; a call that trains the weakest strategy, no more than a level above
    what has been played, unplayed and easy ones first; the easiest unplayed call; the one that went worst.
    """
    played = {call.scenario for call in calls if call.ended_by and call.length}
    shelf = sorted(shelf, key=lambda one: (one.id in played, one.level))
    others = [one for one in shelf if one.id != FIRST]
    if not played and len(others) < len(shelf):
        return Suggestion(
            FIRST, Message(N_("Tre minuter som lär ut tangenterna, i ett riktigt litet samtal."))
        )
    if not others:
        return None
    best = _best(calls)
    reach = 1 + max((one.level for one in shelf if one.id in played), default=0)
    for standing in weak(standings):
        fitting = [one for one in others if standing.strategy in one.trains and one.level <= reach]
        fitting.sort(key=lambda one: (one.id in played, best.get(one.id, 0), one.level))
        if fitting:
            name = book.strategies[standing.strategy].name[lang]
            template = N_("Tränar ”{name}”: hittills gjort {met} av {n} gånger.")
            values = {"name": name, "met": standing.met, "n": standing.opportunities}
            return Suggestion(fitting[0].id, Message(template, values), standing.strategy)
    if others[0].id not in played:
        return Suggestion(others[0].id, Message(N_("Ett samtal du inte har tagit än.")))
    lowest = min(others, key=lambda one: (best.get(one.id, 0), one.level))
    if lowest.id in best and best[lowest.id] < DONE:
        template = N_("Bästa resultat hittills: {total} av 100.")
        return Suggestion(lowest.id, Message(template, {"total": best[lowest.id]}))
    return Suggestion(lowest.id, Message(N_("Ta det en gång till, med en annan öppning.")))


def _best(calls: Sequence[CallSummary]) -> dict[str, int]:
    best: dict[str, int] = {}
    for call in calls:
        if call.total is not None:
            best[call.scenario] = max(call.total, best.get(call.scenario, 0))
    return best
