"""Chooses, on the dev split, how encoder and n-grams are mixed, each move's threshold, and the unsure band."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from simulator.reading.mix import Mix
from simulator.training.measure import f1

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
GRID = np.arange(0.06, 0.75, 0.02)
OWN = 30.0
"""A move's own best threshold counts as much as the common one when it occurs this many times in dev."""
SURE = 0.5
"""A move is sure from the least probability at which, on dev, it is likelier there than not."""


@dataclass(frozen=True)
class Settings:
    """What is chosen on dev. ``thresholds`` and ``sure``: (moves,)."""

    mix: Mix
    thresholds: Floats
    sure: Floats


def choose(encoder: Floats, linear: Floats, y: Flags) -> Settings:
    """Least log loss for the mix; best F1 for the thresholds, drawn towards the common one where a move is rare."""
    use = [bool(np.any(encoder)), bool(np.any(linear))]
    x = np.column_stack([encoder.ravel(), linear.ravel()])[:, use]
    model = LogisticRegression(C=1e4).fit(x, y.ravel())
    weights = np.zeros(2)
    weights[use] = model.coef_[0]
    mix = Mix(float(weights[0]), float(weights[1]), float(model.intercept_[0]))
    p = mix.probabilities(encoder, linear)
    thresholds = best_thresholds(p, y)
    return Settings(mix, thresholds, sure_from(p, y, thresholds))


def best_thresholds(p: Floats, y: Flags) -> Floats:
    """Each move's threshold: (n * own + OWN * common) / (n + OWN), n being how often it occurs. Shape: (moves,)."""
    scores = np.array([f1(p >= t, y) for t in GRID])
    smooth = np.apply_along_axis(
        lambda s: np.convolve(np.pad(s, 2, mode="edge"), np.ones(5) / 5, "valid"), 0, scores
    )
    common = GRID[scores.mean(axis=1).argmax()]
    support = y.sum(axis=0)
    own = GRID[smooth.argmax(axis=0)]
    return np.asarray((support * own + OWN * common) / (support + OWN), dtype=np.float64)


def sure_from(p: Floats, y: Flags, thresholds: Floats) -> Floats:
    """The unsure band: from each move's threshold up to the least p where ``SURE`` of what is found nearby is there.

    Found over all moves (a move alone has too few), and never below a move's own threshold. Shape: (moves,).
    """
    found = p >= thresholds
    least = 0.5
    for start in np.arange(0.1, 0.9, 0.05):
        near = found & (p >= start) & (p < start + 0.1)
        if near.sum() >= 10 and y[near].mean() >= SURE:
            least = float(start)
            break
    return np.maximum(thresholds, round(least, 2))
