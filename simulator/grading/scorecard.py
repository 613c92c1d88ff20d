"""``grade(transcript, scenario)``: the scorecard, every point of it traceable to words and a slot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulator.call import Transcript
from simulator.caller import Change, Reason
from simulator.codebook import PARTS, Codebook, PartName, Strategy
from simulator.grading.opportunities import Opportunity, opportunities
from simulator.scenario import Scenario

SHORTEST = 4
"""Handler turns under which a call is too short to judge."""
LEAST_JUDGED = 4
"""Opportunities judged (not unsure) under which no total is given."""
BROKEN = -0.5
"""What a broken slot counts, where met counts 1 and missed 0: worse than doing nothing."""
TRAINED = 2.0
"""Weight of a strategy that the scenario trains, against 1 for others."""
INFERRED = 0.5
"""Weight of a strategy that rests on inference alone, times the above."""


@dataclass(frozen=True)
class Judged:
    """An opportunity with what it led to: the caller's reasons and the changes the words caused."""

    opportunity: Opportunity
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class StrategyScore:
    """One strategy in this call. ``score`` is 0-1, or None where every reading was unsure."""

    strategy: Strategy
    judged: tuple[Judged, ...]
    weight: float

    @property
    def counted(self) -> tuple[Judged, ...]:
        """The opportunities that weigh: all but the unsure."""
        return tuple(j for j in self.judged if j.opportunity.outcome != "unsure")

    @property
    def score(self) -> float | None:
        """Met 1, missed 0, broken -0.5, averaged and not below 0."""
        values = {"met": 1.0, "missed": 0.0, "broken": BROKEN}
        counted = [values[j.opportunity.outcome] for j in self.counted]
        return max(0.0, sum(counted) / len(counted)) if counted else None

    def count(self, outcome: str) -> int:
        """How many opportunities ended so."""
        return sum(j.opportunity.outcome == outcome for j in self.judged)


@dataclass(frozen=True)
class PartScore:
    """A part of the call. ``score`` is 0-100, or None where no opportunity arose."""

    part: PartName
    score: int | None
    opportunities: int


@dataclass(frozen=True)
class Disclosure:
    """How far a hidden matter was told: ``told`` of ``steps`` rungs; ``never_said``: her words unsaid."""

    matter: str
    kind: str
    about: dict[str, str]
    told: int
    steps: int
    reached: bool
    turns: tuple[int, ...]
    never_said: tuple[str, ...]


@dataclass(frozen=True)
class Scorecard:
    """The whole result. ``total`` is 0-100, or None with ``why_none`` where it cannot be judged."""

    total: int | None
    why_none: str
    parts: tuple[PartScore, ...]
    strategies: tuple[StrategyScore, ...]
    disclosures: tuple[Disclosure, ...]

    @property
    def opportunities(self) -> int:
        """How many opportunities weigh in the total."""
        return sum(len(s.counted) for s in self.strategies)

    @property
    def to_practise(self) -> tuple[StrategyScore, ...]:
        """The strategies not fully done, in the order they are worth practising: by weight times what is lacking."""
        weak = [s for s in self.strategies if s.score is not None and s.score < 1]
        weak.sort(key=lambda s: (-(1 - (s.score or 0)) * s.weight, -s.count("broken"), -len(s.judged)))
        return tuple(weak)

    @property
    def unsure(self) -> int:
        """How many readings were too unsure to weigh."""
        return sum(s.count("unsure") for s in self.strategies)


def grade(transcript: Transcript, scenario: Scenario | None, book: Codebook) -> Scorecard:
    """Grade a transcript. Without a scenario nothing is known of what the caller held back."""
    if scenario:
        book = book.without(exempt.strategy for exempt in scenario.exempt)
    by_strategy: dict[str, list[Judged]] = {}
    for opportunity in opportunities(transcript, book):
        by_strategy.setdefault(opportunity.strategy, []).append(consequences(opportunity, transcript))
    trained = set(scenario.trains) if scenario else set()
    scores = tuple(
        StrategyScore(strategy, tuple(by_strategy[strategy.id]), _weight(strategy, trained))
        for strategy in book.strategies.values()
        if strategy.id in by_strategy
    )
    parts = tuple(_part(part, [s for s in scores if s.strategy.part == part]) for part in PARTS)
    why_none = ""
    if len(transcript.exchanges) < SHORTEST:
        why_none = "too-short"
    elif sum(len(s.counted) for s in scores) < LEAST_JUDGED:
        why_none = "too-few"
    total = None if why_none else _mean(scores)
    disclosures = _disclosures(transcript, scenario) if scenario else ()
    return Scorecard(total, why_none, parts, scores, disclosures)


def _weight(strategy: Strategy, trained: set[str]) -> float:
    weight = TRAINED if strategy.id in trained else 1.0
    return weight * INFERRED if strategy.inferred else weight


def _mean(scores: Iterable[StrategyScore]) -> int | None:
    weighed = [(s.score, s.weight) for s in scores if s.score is not None]
    if not weighed:
        return None
    return round(100 * sum(score * weight for score, weight in weighed) / sum(w for _, w in weighed))


def _part(part: PartName, scores: Sequence[StrategyScore]) -> PartScore:
    return PartScore(part, _mean(scores), sum(len(s.counted) for s in scores))


def consequences(opportunity: Opportunity, transcript: Transcript) -> Judged:
    """An opportunity with what the caller did because of the judged turn: what the opportunity's own move caused."""
    exchange = transcript.exchanges[opportunity.turn - 1]
    codes = _GOOD if opportunity.outcome == "met" else _BAD
    reasons = tuple(
        reason
        for reason in exchange.reply.reasons
        if reason.code in codes and (opportunity.outcome == "missed" or reason.move == opportunity.move)
    )
    changes = tuple(change for change in exchange.changes if change.cause == opportunity.move)
    return Judged(opportunity, reasons, changes)


_GOOD = frozenset({"opened", "opened-follow-up"})
_BAD = frozenset({"denied-tilted", "too-early", "held-back", "stung", "unanswered"})


def _disclosures(transcript: Transcript, scenario: Scenario) -> tuple[Disclosure, ...]:
    said = {
        (line.matter, line.step): n
        for n, exchange in enumerate(transcript.exchanges, 1)
        for line in exchange.reply.lines
        if line.step
    }
    found = []
    for matter in scenario.hidden:
        turns = [said.get((matter.id, step.id), 0) for step in matter.steps]
        goal = matter.reached or matter.steps[-1].id
        reached = bool(turns[[step.id for step in matter.steps].index(goal)])
        unsaid = tuple(step.say[0] for step, turn in zip(matter.steps, turns, strict=True) if not turn)
        told = sum(turn > 0 for turn in turns)
        heard = tuple(turn for turn in turns if turn)
        about = {"sv": matter.about.sv, "en": matter.about.en}
        found.append(Disclosure(matter.id, matter.kind, about, told, len(turns), reached, heard, unsaid))
    return tuple(found)
