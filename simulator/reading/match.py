"""Matching a question to what a caller knows, by likeness to example questions.

Likeness is mostly of meaning (sentence vectors) and a little of wording (shared n-grams, so that names and
rare words count). Topics that this caller has no answer to stand among the others, so that a question
about the weather finds the weather and not the nearest fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.reading.form import core_of, is_brief_offer, is_follow_up, is_request, sentences
from simulator.reading.meanings import Meanings
from simulator.reading.model import Asked, Topic
from simulator.reading.wording import BUCKETS, Grams, grams

MEANING = 0.6
"""Share of meaning in likeness; wording has the rest."""


@dataclass(frozen=True)
class Bars:
    """Least likeness for a match, chosen on families not trained on; ``statement``: without question form.

    ``lead``: how much likelier the best topic without an answer must be to win over a known one.
    """

    question: float
    statement: float
    lead: float


class Index:
    """Example questions of some topics, ready to be compared with."""

    def __init__(self, topics: Sequence[Topic], meanings: Meanings) -> None:
        self.topics = topics
        self._texts = np.array([text for topic in topics for text in topic.phrasings], dtype=object)
        self._meanings = meanings
        rows = [(number, text) for number, topic in enumerate(topics) for text in topic.phrasings]
        self._topic_of = np.array([number for number, _ in rows], dtype=np.int64)
        texts = [text for _, text in rows]
        self._vectors = meanings.vectors(texts)
        found = grams(texts)
        count = np.bincount(found.buckets, minlength=BUCKETS)
        self._rarity = np.where(count, np.log((len(texts) + 1) / (count + 0.5)), 0.0)
        self._starts = np.concatenate([[0], np.cumsum(count)])  # where each bucket's examples begin
        self._rows = found.texts
        self._weights = self._weighed(found).astype(np.float32)

    def likeness(self, text: str, leave_out: str = "") -> NDArray[np.float64]:
        """How alike a text is to each topic, up to 1: from its two nearest example questions.

        ``leave_out``: an example question that does not count. Shape: (number of topics,).
        """
        found = grams([text])
        meaning = self._vectors @ self._meanings.vectors([text])[0]
        wording = np.zeros(len(self._topic_of), dtype=np.float32)
        starts, ends = self._starts[found.buckets], self._starts[found.buckets + 1]
        for start, end, weight in zip(starts, ends, self._weighed(found).tolist(), strict=True):
            wording[self._rows[start:end]] += weight * self._weights[start:end]
        scores = MEANING * meaning + (1 - MEANING) * wording
        if leave_out:
            scores = np.where(self._texts == leave_out, -1.0, scores)
        best = np.full(len(self.topics), -1.0)
        np.maximum.at(best, self._topic_of, scores)
        second = np.full(len(self.topics), -1.0)
        lower = np.where(scores < best[self._topic_of], scores, -1.0)
        np.maximum.at(second, self._topic_of, lower)
        return np.asarray(0.7 * best + 0.3 * np.maximum(second, 0), dtype=np.float64)

    def _weighed(self, found: Grams) -> NDArray[np.float64]:
        """Weights by rarity, of length one in each text; a bucket that no example has weighs nothing."""
        raw = found.weights * self._rarity[found.buckets]
        length = np.sqrt(np.bincount(found.texts, raw * raw))
        return np.asarray(raw / np.maximum(length, 1e-9)[found.texts], dtype=np.float64)


def asked_about(turn: str, asked: Sequence[str], index: Index, bars: Bars) -> tuple[Asked, ...]:
    """The topics a turn asks about, in the order they are asked, each once; ``asked``: its questions."""
    rest = [s for s in sentences(turn) if not any(q in s for q in asked) and is_request(s)]
    units = [(text, bars.question) for text in asked if not (is_follow_up(text) or is_brief_offer(text))]
    units += [(text, bars.statement) for text in rest]
    units.sort(key=lambda unit: turn.find(unit[0]))
    found: dict[str, Asked] = {}
    for text, bar in units:
        best = _best(text, index, bars, bar)
        if best and best.topic not in found:
            found[best.topic] = best
    return tuple(found.values())


def _best(text: str, index: Index, bars: Bars, bar: float) -> Asked | None:
    """The topic likest to a question, or to what is left of it without its run-up."""
    found = [_likest(part, index, bars) for part in (text, *core_of(text))]
    topic, likeness = max(found, key=lambda pair: pair[1])
    return Asked(topic, round(min(likeness, 1.0), 4), text) if likeness >= bar else None


def _likest(text: str, index: Index, bars: Bars) -> tuple[str, float]:
    likeness = index.likeness(text)
    if not likeness.size:
        return "", -1.0
    order = [int(i) for i in np.argsort(-likeness, kind="stable")[:3]]
    top = order[0]
    known = next((i for i in order if index.topics[i].known), None)
    if known is not None and likeness[known] >= likeness[top] - bars.lead:
        top = known
    return index.topics[top].id, float(likeness[top])
