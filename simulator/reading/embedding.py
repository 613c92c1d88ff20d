"""Sentence vectors from word and letter n-grams: small enough to ship, good enough to match questions.

Each n-gram has a vector; a sentence's vector is their weighted sum, scaled to length one. The vectors are
trained in ``simulator.training.embedding``: first to agree with what an English sentence encoder makes of
the same sentence in English, then to bring together different ways of asking the same thing.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.reading.form import words

BUCKETS = 1 << 15
"""Number of n-gram vectors. A power of two, so that hashing is a mask."""
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


class Embedding:
    """The trained n-gram vectors."""

    def __init__(self, path: Path) -> None:
        """Load them. Raises OSError, KeyError or ValueError if the file is missing or damaged."""
        with np.load(path, allow_pickle=False) as arrays:
            self._table: NDArray[np.int8] = arrays["table"]
            self._scales: NDArray[np.float32] = arrays["scales"].astype(np.float32)
        if self._table.shape[0] != BUCKETS or self._scales.shape != (BUCKETS,):
            raise ValueError("embedding.npz")

    def vectors(self, all_grams: Sequence[dict[int, float]]) -> NDArray[np.float32]:
        """Unit vectors, or zeros for a text without words. Shape: (texts, dimensions)."""
        out = np.zeros((len(all_grams), self._table.shape[1]), dtype=np.float32)
        for row, found in enumerate(all_grams):
            if not found:
                continue
            buckets = np.fromiter(found, dtype=np.int64)
            weights = np.fromiter(found.values(), dtype=np.float32) * self._scales[buckets]
            vector = weights @ self._table[buckets].astype(np.float32)
            length = float(np.sqrt(vector @ vector))
            out[row] = vector / length if length else 0
        return out
