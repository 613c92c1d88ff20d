"""Words and letters of short texts as n-grams, for likeness of wording between questions."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulator.reading.form import words

BUCKETS = 1 << 15
"""Number of buckets. A power of two, so that hashing is a mask; and few enough that numpy sorts them by counting."""
_LETTERS = (3, 5)
_WORD, _PAIR, _PART = 1.0, 0.5, 0.3
"""What a word, a pair of words and a group of letters weigh."""


@dataclass(frozen=True)
class Grams:
    """The n-grams of some texts: bucket, number of the text, and weight. Sorted by bucket and then by text."""

    buckets: NDArray[np.int64]
    texts: NDArray[np.int64]
    weights: NDArray[np.float64]


def grams(texts: Sequence[str]) -> Grams:
    """The n-grams of all the texts; what falls in the same bucket in the same text is summed."""
    known: dict[str, list[int]] = {}  # thousands of questions are made of the same few thousand words
    buckets: list[int] = []
    weights: list[float] = []
    sizes = []
    for text in texts:
        said = words(text[:2000])
        before = len(buckets)
        for word in said:
            if word not in known:
                known[word] = [_bucket(name) for name in _names(word)]
            buckets += known[word]
            weights += [_WORD] + [_PART] * (len(known[word]) - 1)
        buckets += [_bucket(f"w {first} {second}") for first, second in pairwise(said)]
        weights += [_PAIR] * max(0, len(said) - 1)
        sizes.append(len(buckets) - before)
    numbers = np.repeat(np.arange(len(texts)), sizes)
    return _summed(np.array(buckets, np.int64), numbers, np.array(weights, np.float64))


def _names(word: str) -> Iterator[str]:
    """The word itself, and its groups of letters."""
    yield f"w {word}"
    marked = f"<{word}>"
    for size in range(_LETTERS[0], _LETTERS[1] + 1):
        for start in range(len(marked) - size + 1):
            yield f"c {marked[start : start + size]}"


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) & (BUCKETS - 1)


def _summed(buckets: NDArray[np.int64], texts: NDArray[np.int64], weights: NDArray[np.float64]) -> Grams:
    # texts run upwards as they come, and a stable sort keeps them so within each bucket
    order = np.argsort(buckets.astype(np.uint16), kind="stable")
    buckets, texts = buckets[order], texts[order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (buckets[1:] != buckets[:-1]) | (texts[1:] != texts[:-1])
    summed = np.bincount(np.cumsum(new) - 1, weights[order])
    return Grams(buckets[new], texts[new], np.asarray(summed, dtype=np.float64))
