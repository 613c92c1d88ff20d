"""How well questions find their fact: recall@1 and false matches, on question families the encoder was not trained on.

As in a call: some topics are known (the caller has an answer), and a question may be about one of them or not.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.reading.match import Bars, Index, asked_about
from simulator.reading.meanings import Meanings
from simulator.reading.model import Topic
from simulator.scenario.common import QuestionFamily

HELD_BACK = 3
"""Ways of asking of each measured family that are kept out of the index and asked instead."""
FALSE, STATEMENT, LEAD = 0.05, 0.2, 0.03
"""Share of false matches that is borne; what a statement needs above a question; see ``Bars``."""
KNOWN = 25
"""Topics a caller has an answer to."""


@dataclass(frozen=True)
class MatchFigures:
    """``recall``: questions about a known topic that find it first; ``answered``: that also reach the bar.

    ``false``: questions about something else that are taken for a known topic.
    """

    questions: int
    recall: float
    answered: float
    false: float

    def as_data(self) -> dict[str, Any]:
        """Plain data."""
        return {name: round(value, 4) for name, value in vars(self).items()}


def held_out(families: Sequence[QuestionFamily]) -> tuple[list[QuestionFamily], list[QuestionFamily]]:
    """Families to train on, and (a tenth) to measure on; another tenth, ``for_bars``, is in neither.

    By a checksum of the id, so that new families do not move old ones.
    """
    place = {family.id: zlib.crc32(family.id.encode()) % 10 for family in families}
    enough = {family.id for family in families if len(family.ask) > HELD_BACK + 2}
    measured = [f for f in families if place[f.id] == 0 and f.id in enough]
    return [f for f in families if place[f.id] not in (0, 5) or f.id not in enough], measured


def for_bars(families: Sequence[QuestionFamily]) -> list[QuestionFamily]:
    """The families that the bars are chosen on: neither trained on nor measured."""
    train, measured = held_out(families)
    ids = {family.id for family in [*train, *measured]}
    return [family for family in families if family.id not in ids]


def measure(
    train: Sequence[QuestionFamily],
    measured: Sequence[QuestionFamily],
    meanings: Meanings,
    bars: Bars,
    distractors: bool,
    seed: int = 0,
) -> MatchFigures:
    """Ask the held-back wordings of the measured families, ``KNOWN`` of which the caller has an answer to at a time.

    Args:
        train: the other families; they stand beside as topics without an answer if ``distractors``.
        measured: families the encoder was not trained on.
        meanings: vectors of questions.
        bars: least likenesses.
        distractors: whether topics without an answer stand beside the known ones, as they do in a call.
        seed: for the grouping.
    """
    return _measured(list(_trials(train, measured, meanings, distractors, seed)), bars)


@dataclass(frozen=True)
class _Trial:
    """An index as in one call, the ids known in it, and questions with the family that each is about."""

    index: Index
    known: frozenset[str]
    questions: list[tuple[str, str]]


def _trials(
    train: Sequence[QuestionFamily],
    measured: Sequence[QuestionFamily],
    meanings: Meanings,
    distractors: bool,
    seed: int = 0,
) -> Iterator[_Trial]:
    rng = random.Random(seed)
    order = sorted(measured, key=lambda family: family.id)
    rng.shuffle(order)
    for start in range(0, len(order), KNOWN):
        known = order[start : start + KNOWN]
        ids = frozenset(family.id for family in known)
        rest = [family for family in order if family.id not in ids]
        topics = [Topic(f.id, tuple(f.ask[:-HELD_BACK])) for f in known]
        if distractors:
            topics += [Topic(f.id, tuple(f.ask[:-HELD_BACK]), known=False) for f in rest]
            topics += [Topic(f.id, tuple(f.ask), known=False) for f in train]
        asked = [*known, *rng.sample(rest, min(len(rest), KNOWN))]
        questions = [(text, family.id) for family in asked for text in family.ask[-HELD_BACK:]]
        yield _Trial(Index(topics, meanings), ids, questions)


def _measured(trials: Sequence[_Trial], bars: Bars) -> MatchFigures:
    right = answered = asked = 0
    for trial in trials:
        for text, family in trial.questions:
            if family in trial.known:
                best = int(np.argmax(trial.index.likeness(text)))
                right += trial.index.topics[best].id == family
                answered += _taken(text, trial.index, bars) == family
                asked += 1
    return MatchFigures(asked, right / max(1, asked), answered / max(1, asked), _false(trials, bars))


def _false(trials: Sequence[_Trial], bars: Bars) -> float:
    """Share of the questions about something else that are taken for a known topic."""
    taken = [
        _taken(text, trial.index, bars) in trial.known
        for trial in trials
        for text, family in trial.questions
        if family not in trial.known
    ]
    return sum(taken) / max(1, len(taken))


def choose_bars(families: Sequence[QuestionFamily], meanings: Meanings) -> Bars:
    """The least likeness with which at most one question in twenty about something else is taken for a known topic.

    As in a call, with all other families beside. Statements, which ask less plainly, need ``STATEMENT`` more.
    """
    trials = list(_trials(held_out(families)[0], for_bars(families), meanings, distractors=True))
    best = Bars(0.9, 0.95, 0.0)
    for bar in np.arange(0.8, 0.28, -0.04):
        bars = Bars(round(float(bar), 2), round(float(bar) + STATEMENT, 2), LEAD)
        if _false(trials, bars) > FALSE:
            break
        best = bars
    return best


def _taken(text: str, index: Index, bars: Bars) -> str | None:
    found = asked_about(text, (text,), index, bars)
    return found[0].topic if found else None
