"""Vectors of questions: those of the shared families are shipped, others are made when they are met."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Meanings:
    """Unit vectors of short texts. Making some thousands when a call begins would take seconds; so they are kept."""

    def __init__(self, path: Path, embed: Callable[[Sequence[str]], Floats]) -> None:
        """Load ``questions.npz``. Raises OSError, KeyError or ValueError if it is missing or damaged."""
        with np.load(path, allow_pickle=False) as arrays:
            table = arrays["vectors"].astype(np.float32)
            keys = arrays["keys"]
        length = np.sqrt((table * table).sum(axis=1, keepdims=True))
        self._kept: Floats = table / np.maximum(length, 1e-9)
        self._row = {int(key): row for row, key in enumerate(keys)}
        self._embed = embed

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape: (texts, dimensions)."""
        out = np.zeros((len(texts), self._kept.shape[1]), dtype=np.float32)
        rows = [self._row.get(key(text), -1) for text in texts]
        known = [i for i, row in enumerate(rows) if row >= 0]
        out[known] = self._kept[[rows[i] for i in known]]
        new = [i for i, row in enumerate(rows) if row < 0]
        if new:
            out[new] = self._embed([texts[i] for i in new])
        return out


def key(text: str) -> int:
    """What a text is kept under: two checksums, 64 bits."""
    raw = text.encode()
    return zlib.crc32(raw) << 32 | zlib.adler32(raw)


def save(path: Path, texts: Sequence[str], vectors: Floats) -> None:
    """Write ``questions.npz``: eight bits a number (unit vectors lose nothing that matters)."""
    packed = np.round(vectors * 127 / np.abs(vectors).max(axis=1, keepdims=True)).astype(np.int8)
    keys = np.array([key(text) for text in texts], dtype=np.uint64)
    np.savez_compressed(path, vectors=packed, keys=keys)
