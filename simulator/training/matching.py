"""How well questions find their fact: recall@1 and false matches, on question families the encoder was not trained on.

As in a call: some topics are known (the caller has an answer), and a question may be about one of them or not.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.reading.match import Bars, Index, asked_about
from simulator.reading.meanings import Meanings
from simulator.reading.model import Topic
from simulator.scenario.common import QuestionFamily

HELD_BACK = 3
"""Ways of asking of each measured family that are kept out of the index and asked instead."""
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
    """Families to train on, and (a fifth) to measure on. By id, so that new families do not move old ones."""
    measured = [f for f in families if zlib.crc32(f.id.encode()) % 5 == 0 and len(f.ask) > HELD_BACK + 2]
    ids = {family.id for family in measured}
    return [f for f in families if f.id not in ids], measured


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
    rng = random.Random(seed)
    order = sorted(measured, key=lambda family: family.id)
    rng.shuffle(order)
    right = answered = asked = false = other = 0
    for start in range(0, len(order), KNOWN):
        known = order[start : start + KNOWN]
        ids = {family.id for family in known}
        rest = [family for family in order if family.id not in ids]
        topics = [Topic(f.id, tuple(f.ask[:-HELD_BACK])) for f in known]
        if distractors:
            topics += [Topic(f.id, tuple(f.ask[:-HELD_BACK]), known=False) for f in rest]
            topics += [Topic(f.id, tuple(f.ask), known=False) for f in train]
        index = Index(topics, meanings)
        for family in known:
            for text in family.ask[-HELD_BACK:]:
                best = int(np.argmax(index.likeness(text)))
                right += index.topics[best].id == family.id
                answered += _taken(text, index, bars) == family.id
                asked += 1
        for family in rng.sample(rest, min(len(rest), KNOWN)):
            for text in family.ask[-HELD_BACK:]:
                false += _taken(text, index, bars) in ids
                other += 1
    return MatchFigures(asked, right / max(1, asked), answered / max(1, asked), false / max(1, other))


def choose_bars(families: Sequence[QuestionFamily], meanings: Meanings) -> Bars:
    """The least likeness with which at most one question in twenty about something else is taken for a known topic.

    Chosen on families that were trained on, so that the measured ones stay unseen.
    """
    best = Bars(0.9, 0.95, 0.0)
    for bar in np.arange(0.9, 0.3, -0.04):
        bars = Bars(round(float(bar), 2), round(float(bar) + 0.15, 2), 0.0)
        found = measure([], families[: 4 * KNOWN], meanings, bars, distractors=False)
        if found.false > 0.05:
            break
        best = bars
    return best


def _taken(text: str, index: Index, bars: Bars) -> str | None:
    found = asked_about(text, (text,), index, bars)
    return found[0].topic if found else None
