"""Fits the n-gram part of the reader: one logistic regression a move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from simulator.reading.features import SIZE, hashed

Array = NDArray[np.float64]
C = 20.0
"""Inverse strength of the L2 penalty. Chosen by the dev split."""


@dataclass
class Fitted:
    """Weights before they are packed: coefficients (moves, buckets) and biases (moves,)."""

    coefficients: Array
    biases: Array

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """Of (turn, line before) pairs. Shape (pairs, moves)."""
        return np.asarray(matrix(pairs) @ self.coefficients.T + self.biases)

    def save(self, path: Path) -> None:
        """Write ``linear.npz``: eight-bit weights for the buckets that matter."""
        peak = np.abs(self.coefficients).max(axis=1)
        scales = np.where(peak > 0, peak / 127, 1.0)
        packed = np.round(self.coefficients / scales[:, None]).astype(np.int8).T
        packed[np.abs(packed) <= 1] = 0
        kept = np.flatnonzero(np.abs(packed).max(axis=1) > LEAST)
        np.savez_compressed(
            path,
            buckets=kept.astype(np.uint32),
            weights=packed[kept],
            scales=scales.astype(np.float32),
            biases=self.biases.astype(np.float32),
        )


LEAST = 3
"""A bucket is kept if its largest weight is above this share (of 127) of its move's largest."""


def matrix(pairs: Sequence[tuple[str, str]]) -> Any:
    """Sparse features of (turn, line before) pairs. Shape: (pairs, buckets)."""
    starts, buckets, weights = [0], [], []
    for turn, before in pairs:
        found, weight = hashed(turn, before)
        buckets.append(found)
        weights.append(weight)
        starts.append(starts[-1] + len(found))
    return sp.csr_matrix(
        (np.concatenate(weights), np.concatenate(buckets), np.array(starts)), shape=(len(pairs), SIZE)
    )


def fit(pairs: Sequence[tuple[str, str]], y: NDArray[np.bool_], step: Callable[[int, int], None]) -> Fitted:
    """One logistic regression per move; a move with fewer than two examples is never found.

    Args:
        pairs: (turn, line before).
        y: moves coded, shape (pairs, moves).
        step: called when a move is done, with moves done and moves in all.
    """
    x = matrix(pairs)
    coefficients = np.zeros((y.shape[1], SIZE))
    biases = np.full(y.shape[1], -20.0)
    for number in range(y.shape[1]):
        if 2 <= y[:, number].sum() < len(y):
            model = LogisticRegression(C=C, solver="liblinear", tol=1e-3, random_state=0)
            model.fit(x, y[:, number])
            coefficients[number], biases[number] = model.coef_[0], model.intercept_[0]
        step(number + 1, y.shape[1])
    return Fitted(coefficients, biases)
