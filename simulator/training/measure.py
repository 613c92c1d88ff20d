"""Figures: how well the moves that were found agree with the moves that were coded.

Everything here is arithmetic on two boolean arrays of shape (turns, moves); see Sokolova & Lapalme's macro and micro
averages, Cohen's kappa, and the expected calibration error in ten bins of equal width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.codebook import codebook
from simulator.training.corpus import Labelled

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
ENOUGH = 5
"""Times a move must be coded before its F1 counts in the averages."""


@dataclass(frozen=True)
class MoveFigures:
    """One move's figures. ``support``: how often it was coded; ``found``: how often it was found."""

    precision: float
    recall: float
    f1: float
    kappa: float
    support: int
    found: int


@dataclass(frozen=True)
class Confusion:
    """In ``count`` turns the first move was coded and missed, and the second found and not coded."""

    missed: str
    instead: str
    count: int


@dataclass(frozen=True)
class Figures:
    """All figures of one measuring. Averages are over the moves coded ``ENOUGH`` times or more."""

    turns: int
    counted: int
    macro_f1: float
    faults_macro_f1: float
    micro_f1: float
    mean_kappa: float
    ece: float
    sure_right: float
    sure_caught: float
    moves: dict[str, MoveFigures]
    confusions: list[Confusion]

    def as_data(self) -> dict[str, Any]:
        """Plain data, rounded to four places."""
        data: dict[str, Any] = {
            name: _rounded(value) for name, value in vars(self).items() if name not in ("moves", "confusions")
        }
        data["moves"] = {
            move: {name: _rounded(value) for name, value in vars(figures).items()}
            for move, figures in self.moves.items()
        }
        data["confusions"] = [vars(confusion) for confusion in self.confusions]
        return data


def labels(rows: Sequence[Labelled], moves: Sequence[str]) -> Flags:
    """Which moves each row has. Shape: (rows, moves)."""
    return np.array([[move in row.moves for move in moves] for row in rows], dtype=np.bool_).reshape(
        len(rows), len(moves)
    )


def figures(p: Floats, found: Flags, sure: Flags, y: Flags, moves: Sequence[str]) -> Figures:
    """All figures.

    Args:
        p: probabilities, shape (turns, moves).
        found: moves found, same shape.
        sure: moves found and not marked unsure, same shape.
        y: moves coded, same shape.
        moves: ids, in the order of the columns.
    """
    scores, support = f1(found, y), y.sum(axis=0)
    enough = support >= ENOUGH
    fault = np.array([codebook().moves[move].kind == "fault" for move in moves])
    hits = (found & y).sum(axis=0)
    precision = hits / np.maximum(1, found.sum(axis=0))
    recall = hits / np.maximum(1, support)
    kappas = kappa(found, y)
    each = {
        move: MoveFigures(
            float(precision[i]),
            float(recall[i]),
            float(scores[i]),
            float(kappas[i]),
            int(support[i]),
            int(found[:, i].sum()),
        )
        for i, move in enumerate(moves)
    }
    return Figures(
        turns=len(y),
        counted=int(enough.sum()),
        macro_f1=mean(scores[enough]),
        faults_macro_f1=mean(scores[enough & fault]),
        micro_f1=float(2 * hits.sum() / max(1, found.sum() + y.sum())),
        mean_kappa=mean(kappas[enough]),
        ece=calibration_error(p, y),
        sure_right=float((sure & y).sum() / max(1, sure.sum())),
        sure_caught=float((sure & y).sum() / max(1, y.sum())),
        moves=each,
        confusions=confusions(found, y, moves),
    )


def f1(found: Flags, y: Flags) -> Floats:
    """F1 of each move; 0 where nothing was found and nothing was there. Shape: (moves,)."""
    hits = (found & y).sum(axis=0)
    return np.asarray(2 * hits / np.maximum(1, found.sum(axis=0) + y.sum(axis=0)), dtype=np.float64)


def kappa(one: Flags, other: Flags) -> Floats:
    """Cohen's kappa of each move: agreement beyond chance. 1 where both agree on all. Shape: (moves,)."""
    agreed = (one == other).mean(axis=0)
    a, b = one.mean(axis=0), other.mean(axis=0)
    chance = a * b + (1 - a) * (1 - b)
    return np.asarray(
        np.where(chance < 1, (agreed - chance) / np.maximum(1e-9, 1 - chance), 1.0), dtype=np.float64
    )


def calibration_error(p: Floats, y: Flags) -> float:
    """Expected calibration error over all (turn, move) pairs that have any likelihood (p of 0.02 or more).

    The many pairs that are plainly not there would otherwise drown the error to nothing.
    """
    likely = p >= 0.02
    p, y = p[likely], y[likely]
    if not p.size:
        return 0.0
    bins = np.minimum((p * 10).astype(int), 9)
    return float(
        sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    )


def confusions(found: Flags, y: Flags, moves: Sequence[str], most: int = 20) -> list[Confusion]:
    """The commonest pairs of a missed move and a falsely found one in the same turn."""
    pairs = (y & ~found).astype(np.int64).T @ (found & ~y).astype(np.int64)
    order = np.argsort(-pairs, axis=None, kind="stable")[:most]
    places = [np.unravel_index(place, pairs.shape) for place in order]
    return [Confusion(moves[i], moves[j], int(pairs[i, j])) for i, j in places if pairs[i, j] > 0]


def mean(values: Floats) -> float:
    """The mean; 0 of nothing."""
    return float(values.mean()) if values.size else 0.0


def _rounded(value: float | int) -> float | int:
    return round(value, 4) if isinstance(value, float) else value
