"""Words to numbers: hashed word and letter n-grams, the same in training and in reading."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulator.reading.form import questions, words

SIZE = 1 << 17
"""Number of buckets. A power of two, so that hashing is a mask."""
LETTERS = (2, 5)
"""Shortest and longest letter n-gram, within a word with its edges marked."""
_LONGEST = 6_000


def counts(turn: str, before: str = "") -> Counter[str]:
    """Named features of a turn and of the caller's line before it, with how often each occurs."""
    turn = turn[:_LONGEST]
    said = words(turn)
    found: Counter[str] = Counter()
    found.update(f"w {word}" for word in said)
    found.update(f"w {a} {b}" for a, b in pairwise(said))
    found.update(f"w {a} {b} {c}" for a, b, c in zip(said, said[1:], said[2:], strict=False))
    for word in said:
        marked = f"<{word}>"
        for size in range(LETTERS[0], LETTERS[1] + 1):
            found.update(f"c {marked[i : i + size]}" for i in range(len(marked) - size + 1))
    found.update(f"b {word}" for word in set(words(before[-600:])))
    found.update(_shape(turn, before, said))
    return found


def _shape(turn: str, before: str, said: list[str]) -> Iterable[str]:
    """Form features: length, number of questions, how it opens and ends, what came before."""
    asked = len(questions(turn))
    yield f"f length {min(int(math.log2(len(said) + 1) * 2), 14)}"
    yield f"f questions {min(asked, 4)}"
    if said:
        yield f"f first {said[0]}"
        yield f"f last {said[-1]}"
    if not before:
        yield "f opening"
    elif before.rstrip().endswith("?"):
        yield "f was asked"


def hashed(turn: str, before: str = "") -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Buckets (unique, sorted) and weights of a turn: 1 + log count, scaled to length one by kind.

    Kinds are scaled apart (words, letters, the line before, form) so that a long turn's letters do not
    drown its words. Shapes: both (n,), n the number of different buckets.
    """
    by_kind: dict[str, dict[int, float]] = {}
    for name, count in counts(turn, before).items():
        bucket = zlib.crc32(name.encode()) & (SIZE - 1)
        kind = by_kind.setdefault(name[0], {})
        kind[bucket] = kind.get(bucket, 0.0) + 1.0 + math.log(count)
    total: dict[int, float] = {}
    for kind_name, kind in by_kind.items():
        length = math.sqrt(sum(value * value for value in kind.values()))
        scale = _SCALE[kind_name] / length
        for bucket, value in kind.items():
            total[bucket] = total.get(bucket, 0.0) + value * scale
    buckets = np.array(sorted(total), dtype=np.int64)
    weights = np.array([total[int(bucket)] for bucket in buckets], dtype=np.float32)
    return buckets, weights


_SCALE = {"w": 1.0, "c": 1.0, "b": 0.4, "f": 0.4}
