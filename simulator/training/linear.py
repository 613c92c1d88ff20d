"""Fits the linear reader: one logistic model per move, thresholds and calibration from held-out folds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from simulator.reading.features import SIZE, hashed
from simulator.reading.form import letter_groups, sentences, words
from simulator.training.corpus import Labelled

Array = NDArray[np.float64]
C = 20.0
FOLDS = 5
FAMILIAR_LEAST = 3
"""Occurrences in the corpus before a group of letters counts as familiar."""


@dataclass
class Fitted:
    """Weights before they are packed: coefficients (moves, buckets) and biases (moves,)."""

    moves: list[str]
    coefficients: Array
    biases: Array

    def logits(self, x: Any) -> Array:
        """Shape (rows, moves)."""
        return np.asarray(x @ self.coefficients.T + self.biases)


@dataclass
class Settings:
    """What is chosen on held-out folds: see ``choose``."""

    sentence_weight: float
    slope: float
    thresholds: Array
    sure: float


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


def labels(rows: Sequence[Labelled], moves: Sequence[str]) -> NDArray[np.bool_]:
    """Which moves each row has. Shape: (rows, moves)."""
    return np.array([[move in row.moves for move in moves] for row in rows])


def fit(x: Any, y: NDArray[np.bool_], moves: list[str]) -> Fitted:
    """One logistic regression per move; a move with fewer than two examples is never found."""
    coefficients = np.zeros((len(moves), SIZE))
    biases = np.full(len(moves), -20.0)
    for number in range(len(moves)):
        if y[:, number].sum() < 2:
            continue
        model = LogisticRegression(C=C, solver="liblinear", tol=1e-3, random_state=0)
        model.fit(x, y[:, number])
        coefficients[number], biases[number] = model.coef_[0], model.intercept_[0]
    return Fitted(moves, coefficients, biases)


class Logits:
    """Logits of whole turns and of their sentences, mixed in any proportion afterwards."""

    def __init__(self, rows: Sequence[Labelled]) -> None:
        self.whole = matrix([(row.turn, row.caller) for row in rows])
        parts = [sentences(row.turn) or [row.turn] for row in rows]
        self.starts = np.cumsum([0, *map(len, parts)])[:-1]
        self.single = np.array([len(p) < 2 for p in parts])
        flat = [(text, row.caller) for row, texts in zip(rows, parts, strict=True) for text in texts]
        self.parts = matrix(flat)

    def of(self, fitted: Fitted, weight: float) -> Array:
        """Mixed logits. Shape (rows, moves)."""
        whole = fitted.logits(self.whole)
        best = np.maximum.reduceat(fitted.logits(self.parts), self.starts, axis=0)
        mixed = (1 - weight) * whole + weight * best
        return np.where(self.single[:, None], whole, mixed)


def held_out(rows: Sequence[Labelled], moves: list[str], weights: Sequence[float]) -> dict[float, Array]:
    """Logits of every row from a model that saw no row of its situation, for each sentence weight."""
    y = labels(rows, moves)
    groups = np.array([row.situation for row in rows])
    x = matrix([(row.turn, row.caller) for row in rows])
    found = {weight: np.zeros(y.shape) for weight in weights}
    for train, test in GroupKFold(FOLDS).split(x, y, groups):
        fitted = fit(x[train], y[train], moves)
        logits = Logits([rows[i] for i in test])
        for weight in weights:
            found[weight][test] = logits.of(fitted, weight)
    return found


def choose(by_weight: dict[float, Array], y: NDArray[np.bool_]) -> Settings:
    """Choose sentence weight, slope, thresholds and unsure band from held-out logits.

    Slope: least log loss. Thresholds: best F1 per move, drawn half-way towards the best common one, since
    few examples make a move's own threshold shaky. Sure: the least probability from which a move found is
    more likely there than not; from its threshold up to that, a move is found but unsure.
    """
    best: tuple[float, Settings] | None = None
    for weight, logits in by_weight.items():
        slopes = np.arange(0.6, 2.01, 0.1)
        slope = float(min(slopes, key=lambda s: _log_loss(sigmoid(logits * s), y)))
        p = sigmoid(logits * slope)
        grid = np.arange(0.06, 0.71, 0.02)
        scores = np.array([f1(p >= t, y) for t in grid])
        common = grid[scores.mean(axis=1).argmax()]
        thresholds = (grid[scores.argmax(axis=0)] + common) / 2
        value = float(f1(p >= thresholds, y).mean())
        if best is None or value > best[0]:
            best = (value, Settings(weight, slope, thresholds, _sure(p, y)))
    assert best is not None
    return best[1]


def _sure(p: Array, y: NDArray[np.bool_]) -> float:
    for least in np.arange(0.1, 0.6, 0.05):
        near = (p >= least) & (p < least + 0.05)
        if near.any() and y[near].mean() > 0.5:
            return round(float(least), 2)
    return 0.5


def f1(found: NDArray[np.bool_], y: NDArray[np.bool_]) -> Array:
    """F1 of each move; 0 where nothing was found and nothing was there. Shape: (moves,)."""
    hits = (found & y).sum(axis=0)
    return np.asarray(2 * hits / np.maximum(1, found.sum(axis=0) + y.sum(axis=0)))


def sigmoid(x: Array) -> Array:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -40, 40))))


def _log_loss(p: Array, y: NDArray[np.bool_]) -> float:
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-np.where(y, np.log(p), np.log(1 - p)).mean())


def pack(
    fitted: Fitted, settings: Settings, rows: Sequence[Labelled], bars: dict[str, float], out: Path
) -> None:
    """Write ``reader.json`` and ``weights.npz``: int8 weights for the buckets that matter."""
    peak = np.abs(fitted.coefficients).max(axis=1)
    scales = np.where(peak > 0, peak / 127, 1.0)
    packed = np.round(fitted.coefficients / scales[:, None]).astype(np.int8).T
    kept = np.flatnonzero(np.abs(packed).max(axis=1) > 1)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "weights.npz",
        buckets=kept.astype(np.uint32),
        weights=packed[kept],
        scales=scales.astype(np.float32),
        biases=fitted.biases.astype(np.float32),
    )
    seen = Counter(g for row in rows for word in words(row.turn) for g in letter_groups(word))
    card = {
        "name": "linear-1",
        "moves": fitted.moves,
        "thresholds": {m: round(float(t), 3) for m, t in zip(fitted.moves, settings.thresholds, strict=True)},
        "slope": round(settings.slope, 3),
        "sure": settings.sure,
        "sentence_weight": settings.sentence_weight,
        "bars": bars,
        "familiar": sorted(group for group, count in seen.items() if count >= FAMILIAR_LEAST),
    }
    text = json.dumps(card, ensure_ascii=False, indent=None, separators=(",", ":"), sort_keys=True)
    (out / "reader.json").write_text(text + "\n", "utf-8")
