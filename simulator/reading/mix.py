"""How encoder and n-grams are weighed together into one probability; chosen in training, used in reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Mix:
    """``p = sigmoid(encoder * logit + linear * logit + bias)``, the same for all moves."""

    encoder: float
    linear: float
    bias: float

    def probabilities(self, encoder: Logits, linear: Logits) -> NDArray[np.float64]:
        """Of the two parts' logits, both of shape (moves,) or (rows, moves); so is what comes out."""
        mixed = self.encoder * encoder + self.linear * linear + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(mixed, -40, 40))), dtype=np.float64)
