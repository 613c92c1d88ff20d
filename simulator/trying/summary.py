"""What came of many trials: lines said and never said, ladders climbed, scores, slots that nobody met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, pstdev

from simulator.call import Call
from simulator.scenario import Loaded
from simulator.scenario.schema import caller_lines
from simulator.sourcefile import Key
from simulator.trying.trial import Trial


@dataclass(frozen=True)
class LineCount:
    """One line of the scenario: where it stands in the file, and in how many trials it was said."""

    key: Key
    act: str
    text: str
    calls: int


@dataclass(frozen=True)
class Climb:
    """How far one handler got up a ladder: share of calls that reached each step (0-1), and the goal."""

    matter: str
    steps: tuple[str, ...]
    goal: str
    shares: tuple[float, ...]
    reached: float


@dataclass(frozen=True)
class Handled:
    """One scripted handler's calls together. ``mean`` and the like are of totals 0-100; None: none was judged."""

    handler: str
    calls: int
    turns: float
    totals: tuple[int, ...]
    climbs: tuple[Climb, ...]
    all_reached: float
    """Share of calls in which every hidden matter was told as far as counts."""
    any_reached: float
    ended: dict[str, int]

    @property
    def mean(self) -> float | None:
        """Mean total."""
        return mean(self.totals) if self.totals else None

    @property
    def spread(self) -> float:
        """Standard deviation of the totals."""
        return pstdev(self.totals) if self.totals else 0.0


@dataclass(frozen=True)
class SlotCount:
    """A strategy over all trials: opportunities that arose, and how many were met."""

    strategy: str
    trained: bool
    arose: int
    met: int


@dataclass(frozen=True)
class Summary:
    """Everything counted over the trials of one scenario."""

    lines: tuple[LineCount, ...]
    handled: tuple[Handled, ...]
    slots: tuple[SlotCount, ...]
    doubles: tuple[str, ...]
    """Lines said twice in one call: there should be none."""
    calls: int

    @property
    def never_said(self) -> tuple[LineCount, ...]:
        """The lines no trial brought out."""
        return tuple(line for line in self.lines if not line.calls)

    @property
    def said_share(self) -> float:
        """Share of the scenario's lines that were said in some trial, 0-1."""
        return 1 - len(self.never_said) / len(self.lines)

    @property
    def never_met(self) -> tuple[SlotCount, ...]:
        """Strategies whose slot arose, or that the scenario trains, and that nobody met."""
        return tuple(slot for slot in self.slots if not slot.met)

    def of(self, handler: str) -> Handled | None:
        """One handler's calls."""
        return next((handled for handled in self.handled if handled.handler == handler), None)


def summarise(loaded: Loaded, trials: Iterable[Trial]) -> Summary:
    """Count over trials. Raises ValueError if there are none."""
    trials = list(trials)
    if not trials:
        raise ValueError("no trials")
    said: Counter[str] = Counter()
    doubles: dict[str, None] = {}
    for trial in trials:
        texts = spoken(trial.call)
        said.update(set(texts))
        doubles.update(dict.fromkeys(text for text, n in Counter(texts).items() if n > 1))
    lines = tuple(LineCount(key, act, text, said[text]) for key, act, text in caller_lines(loaded.scenario))
    names = dict.fromkeys(trial.handler for trial in trials)
    handled = tuple(_handled(name, [t for t in trials if t.handler == name]) for name in names)
    return Summary(lines, handled, _slots(loaded, trials), tuple(doubles), len(trials))


def spoken(call: Call) -> list[str]:
    """Every line the caller said in a call, last words included."""
    replies = [exchange.reply for exchange in call.exchanges]
    replies += [call.last_words] if call.last_words else []
    return [line.text for reply in replies for line in reply.lines]


def _handled(name: str, trials: Sequence[Trial]) -> Handled:
    scenario = trials[0].call.role.scenario
    climbs = []
    for matter in scenario.hidden:
        ids = tuple(step.id for step in matter.steps)
        told = [trial.call.state.rungs.get(matter.id, 0) for trial in trials]
        shares = tuple(mean(float(n > place) for n in told) for place in range(len(ids)))
        goal = matter.reached or ids[-1]
        climbs.append(Climb(matter.id, ids, goal, shares, shares[ids.index(goal)]))
    reached = [[d.reached for d in trial.card.disclosures] for trial in trials]
    return Handled(
        name,
        len(trials),
        mean(len(trial.call.exchanges) for trial in trials),
        tuple(trial.card.total for trial in trials if trial.card.total is not None),
        tuple(climbs),
        mean(float(all(one)) for one in reached),
        mean(float(any(one)) for one in reached),
        dict(Counter(trial.call.end_reason for trial in trials)),
    )


def _slots(loaded: Loaded, trials: Sequence[Trial]) -> tuple[SlotCount, ...]:
    arose: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for trial in trials:
        for score in trial.card.strategies:
            arose[score.strategy.id] += len(score.judged)
            met[score.strategy.id] += score.count("met")
    trained = loaded.scenario.trains
    names = dict.fromkeys((*trained, *arose))
    return tuple(SlotCount(name, name in trained, arose[name], met[name]) for name in names)
