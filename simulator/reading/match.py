"""Matching a question to what a caller knows, by likeness to example questions.

Example questions and the asked words are compared as weighted word and letter n-grams (cosine). Topics
that this caller has no answer to stand among the others, so that a question about the weather finds
the weather and not the nearest fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.reading.features import hashed
from simulator.reading.form import questions, sentences
from simulator.reading.model import Asked, Topic


@dataclass(frozen=True)
class Bars:
    """Least likeness for a match, measured on questions held out; ``statement``: without question form."""

    question: float
    statement: float
    lead: float
    """How much likelier than the best topic without an answer a known one must be."""


class Index:
    """Example questions of some topics, ready to be compared with."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = topics
        rows = [(number, text) for number, topic in enumerate(topics) for text in topic.phrasings]
        self.topic_of = np.array([number for number, _ in rows], dtype=np.int64)
        vectors = [hashed(text) for _, text in rows]
        seen: dict[int, int] = {}
        for buckets, _ in vectors:
            for bucket in buckets.tolist():
                seen[bucket] = seen.get(bucket, 0) + 1
        self.rarity = {b: float(np.log((len(rows) + 1) / (count + 0.5))) for b, count in seen.items()}
        postings: dict[int, list[tuple[int, float]]] = {}
        for row, vector in enumerate(vectors):
            for bucket, weight in self._weighed(*vector).items():
                postings.setdefault(bucket, []).append((row, weight))
        self.postings = {
            bucket: (np.array([r for r, _ in found]), np.array([w for _, w in found], dtype=np.float64))
            for bucket, found in postings.items()
        }

    def _weighed(self, buckets: NDArray[np.int64], weights: NDArray[np.float32]) -> dict[int, float]:
        pairs = zip(buckets.tolist(), weights.tolist(), strict=True)
        raw = {b: w * self.rarity[b] for b, w in pairs if b in self.rarity}
        length = sum(value * value for value in raw.values()) ** 0.5
        return {b: value / length for b, value in raw.items()} if length else {}

    def likeness(self, text: str) -> NDArray[np.float64]:
        """How alike a text is to each topic, 0-1: the mean of its two nearest example questions.

        Shape: (number of topics,).
        """
        scores = np.zeros(len(self.topic_of))
        for bucket, weight in self._weighed(*hashed(text)).items():
            rows, weights = self.postings[bucket]
            scores[rows] += weight * weights
        best = np.zeros(len(self.topics))
        second = np.zeros(len(self.topics))
        order = np.argsort(scores, kind="stable")
        for row in order[::-1][:60].tolist():
            topic = self.topic_of[row]
            if best[topic] == 0:
                best[topic] = scores[row]
            elif second[topic] == 0:
                second[topic] = scores[row]
        return 0.7 * best + 0.3 * second


def asked_about(turn: str, index: Index, bars: Bars) -> tuple[Asked, ...]:
    """The topics a turn asks about, in the order they are asked, each once."""
    asked = questions(turn)
    found: dict[str, Asked] = {}
    units = [(text, bars.question) for text in asked]
    rest = [s for s in sentences(turn) if not any(question in s for question in asked)]
    units += [(text, bars.statement) for text in rest]
    units.sort(key=lambda unit: turn.find(unit[0]))
    for text, bar in units:
        best = _best(text, index, bars, bar)
        if best and best.topic not in found:
            found[best.topic] = best
    return tuple(found.values())


def _best(text: str, index: Index, bars: Bars, bar: float) -> Asked | None:
    likeness = index.likeness(text)
    if not likeness.size:
        return None
    order = np.argsort(-likeness, kind="stable")
    top = int(order[0])
    if likeness[top] < bar:
        return None
    known = next((int(i) for i in order[:3] if index.topics[int(i)].known), None)
    if known is not None and likeness[known] >= bar and likeness[known] >= likeness[top] - bars.lead:
        top = known
    return Asked(index.topics[top].id, round(float(min(likeness[top], 1.0)), 4), text)


def known_ids(topics: Iterable[Topic]) -> set[str]:
    """Ids of the topics this caller has an answer to."""
    return {topic.id for topic in topics if topic.known}
