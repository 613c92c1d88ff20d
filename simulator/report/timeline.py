"""A call as moments: how trust and disclosure moved with the turns, and what was hit and missed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.call import Call
from simulator.grading import Judged, Scorecard


@dataclass(frozen=True)
class Moment:
    """One handler turn (number from 1) and what followed.

    ``trust``: 0-1 after it. ``told``: rungs of all ladders told so far, and ``tells`` how many were told now.
    ``hits``, ``faults``, ``missed``: what was judged at this turn.
    """

    turn: int
    trust: float
    told: int
    tells: int
    hits: tuple[Judged, ...]
    faults: tuple[Judged, ...]
    missed: tuple[Judged, ...]

    @property
    def mark(self) -> str:
        """``broken``, ``missed``, ``met`` or nothing: what a trainee is told of first, as in the remarks."""
        return "broken" if self.faults else "missed" if self.missed else "met" if self.hits else ""


def timeline(call: Call, card: Scorecard) -> tuple[Moment, ...]:
    """The moments of a call, from what was kept of it: nothing is played again."""
    judged = [one for score in card.strategies for one in score.judged]
    trust = call.role.start().trust
    told = 0
    found = []
    for n, exchange in enumerate(call.exchanges, 1):
        for change in exchange.changes:
            if change.quantity == "trust":
                trust = change.after
        tells = sum(bool(line.step) for line in exchange.reply.lines)
        told += tells
        at = [one for one in judged if one.opportunity.turn == n]
        found.append(Moment(n, trust, told, tells, *(_of(at, o) for o in ("met", "broken", "missed"))))
    return tuple(found)


def steps(call: Call) -> int:
    """How many rungs the ladders of this call have in all."""
    return sum(len(matter.steps) for matter in call.role.scenario.hidden)


def _of(judged: Sequence[Judged], outcome: str) -> tuple[Judged, ...]:
    return tuple(one for one in judged if one.opportunity.outcome == outcome)
