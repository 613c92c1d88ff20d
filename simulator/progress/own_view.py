"""Own view against score. Handlers say that they ask more often than recordings show (digest, section 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from simulator.grading import Scorecard, StrategyScore
from simulator.store import Believed, Result

ASKED = 6
"""Strategies asked about after a call: more would be a form to fill in."""
WORTH: dict[Believed, float] = {"yes": 1.0, "partly": 0.5, "no": 0.0}
FAR = 0.34
"""Difference between own view and score from which they are said to part."""


@dataclass(frozen=True)
class Gap:
    """One strategy: what the trainee believed, and the score 0-1 (None: every reading unsure)."""

    strategy: str
    believed: Believed
    score: float | None

    @property
    def difference(self) -> float | None:
        """Own view less score: above 0, the trainee thought better of it than the words showed."""
        return None if self.score is None else WORTH[self.believed] - self.score

    @property
    def kind(self) -> str:
        """``over``, ``under``, ``alike`` or ``unknown``."""
        if self.difference is None:
            return "unknown"
        return "over" if self.difference > FAR else "under" if self.difference < -FAR else "alike"


def asked_about(card: Scorecard) -> tuple[StrategyScore, ...]:
    """The strategies due in this call that are worth asking about: weightiest first, then the most often due."""
    due = [score for score in card.strategies if score.counted]
    due.sort(key=lambda s: (-s.weight, -len(s.counted), s.strategy.id))
    return tuple(due[:ASKED])


def compare(card: Scorecard, believed: Mapping[str, Believed]) -> tuple[Gap, ...]:
    """Each strategy the trainee had a view of, against what the scorecard says."""
    scores = {score.strategy.id: score.score for score in card.strategies}
    return tuple(Gap(strategy, view, scores.get(strategy)) for strategy, view in believed.items())


def over_calls(
    views: Mapping[int, Mapping[str, Believed]], results: Iterable[Result]
) -> list[tuple[str, float, int]]:
    """For each strategy: the mean of own view less score over all calls, and how many; the most overrated first."""
    scores = {(r.call, r.strategy): r.score for r in results}
    found: dict[str, list[float]] = {}
    for call, view in views.items():
        for strategy, believed in view.items():
            difference = Gap(strategy, believed, scores.get((call, strategy))).difference
            if difference is not None:
                found.setdefault(strategy, []).append(difference)
    means = [(strategy, sum(gaps) / len(gaps), len(gaps)) for strategy, gaps in found.items()]
    return sorted(means, key=lambda one: (-one[1], one[0]))


def overrating(gaps: Iterable[Gap]) -> float | None:
    """The mean of own view less score over many gaps, -1 to 1; None without any."""
    found = [gap.difference for gap in gaps if gap.difference is not None]
    return sum(found) / len(found) if found else None
