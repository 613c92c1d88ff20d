"""A linear model over word and letter n-grams. It sees wordings that the encoder blurs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.reading.features import hashed

Floats = NDArray[np.float64]


class LinearModel:
    """``linear.npz``: eight-bit weights, (buckets kept, moves), for the buckets that matter."""

    def __init__(self, path: Path) -> None:
        """Load the file. Raises OSError, ValueError, KeyError where it is missing or damaged."""
        with np.load(path, allow_pickle=False) as arrays:
            self._buckets: NDArray[np.int64] = arrays["buckets"].astype(np.int64)
            self._weights: NDArray[np.int8] = arrays["weights"]
            self._scales: NDArray[np.float32] = arrays["scales"]
            self._biases: NDArray[np.float32] = arrays["biases"]

    def logits(self, turn: str, before: str) -> Floats:
        """Shape: (moves,)."""
        buckets, weights = hashed(turn, before)
        places = np.searchsorted(self._buckets, buckets)
        places = np.minimum(places, len(self._buckets) - 1)
        hit = self._buckets[places] == buckets
        rows = self._weights[places[hit]].astype(np.float32)
        return np.asarray((weights[hit] @ rows) * self._scales + self._biases, dtype=np.float64)
