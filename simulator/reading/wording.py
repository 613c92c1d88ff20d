"""Words and letters of a short text as n-grams, for likeness of wording between questions."""

from __future__ import annotations

import zlib
from itertools import pairwise

from simulator.reading.form import words

BUCKETS = 1 << 15
"""Number of buckets. A power of two, so that hashing is a mask."""
_LETTERS = (3, 5)
_WEIGHTS = {"word": 1.0, "pair": 0.5, "letters": 0.3}


def grams(text: str) -> dict[int, float]:
    """The buckets of a text's n-grams, with their weights summed."""
    said = words(text[:2000])
    found: dict[int, float] = {}

    def add(name: str, weight: float) -> None:
        bucket = zlib.crc32(name.encode()) & (BUCKETS - 1)
        found[bucket] = found.get(bucket, 0.0) + weight

    for word in said:
        add(f"w {word}", _WEIGHTS["word"])
        marked = f"<{word}>"
        for size in range(_LETTERS[0], _LETTERS[1] + 1):
            for start in range(len(marked) - size + 1):
                add(f"c {marked[start : start + size]}", _WEIGHTS["letters"])
    for first, second in pairwise(said):
        add(f"w {first} {second}", _WEIGHTS["pair"])
    return found
