"""How a trainee stands with each strategy, over the calls played lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.store import Result

LATEST = 6
"""Calls that count for where one stands now: what was done long ago says little."""
ENOUGH = 3
"""Opportunities a strategy needs before it is called strong or weak."""
STRONG, WEAK = 0.75, 0.5


@dataclass(frozen=True)
class Standing:
    """One strategy over the latest calls in which it was due: times done, of how many opportunities.

    ``path``: its score in each of those calls, oldest first, each 0-1.
    """

    strategy: str
    met: int
    opportunities: int
    broken: int
    path: tuple[float, ...]

    @property
    def share(self) -> float:
        """Done, of the opportunities there were: 0-1."""
        return self.met / self.opportunities if self.opportunities else 0.0


def by_strategy(results: Iterable[Result]) -> list[Standing]:
    """The standing of every strategy with an opportunity, the weakest first. Results come by call, oldest first."""
    kept: dict[str, list[Result]] = {}
    for result in results:
        if result.met + result.missed + result.broken:
            kept.setdefault(result.strategy, []).append(result)
    found = []
    for strategy, of_it in kept.items():
        latest = of_it[-LATEST:]
        found.append(
            Standing(
                strategy,
                sum(r.met for r in latest),
                sum(r.met + r.missed + r.broken for r in latest),
                sum(r.broken for r in latest),
                tuple(r.score for r in latest if r.score is not None),
            )
        )
    return sorted(found, key=lambda s: (s.share, -s.broken, -s.opportunities, s.strategy))


def weak(standings: Iterable[Standing]) -> list[Standing]:
    """Those done less than half the time, weakest first."""
    return [s for s in standings if s.opportunities >= ENOUGH and s.share < WEAK]


def strong(standings: Iterable[Standing]) -> list[Standing]:
    """Those done three times out of four or more, strongest first."""
    found = [s for s in standings if s.opportunities >= ENOUGH and s.share >= STRONG]
    return sorted(found, key=lambda s: (-s.share, -s.opportunities, s.strategy))
