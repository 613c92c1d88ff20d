"""What careless typing costs, and whether a greeting before a turn changes what is heard in it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from simulator.reading.reader import TrainedReader
from simulator.training.corpus import Labelled, pairs_of
from simulator.training.everyday import HABITS, greeted
from simulator.training.measure import ENOUGH, f1, labels, mean


def robustness(reader: TrainedReader, rows: Sequence[Labelled], seed: int = 0) -> dict[str, float]:
    """Macro-F1 as typed and under each habit, and the share of turns whose moves stay the same after a greeting.

    A greeting may add ``greet`` or ``farewell``; these are left out of the comparison.
    """
    y = labels(rows, reader.moves)
    counted = y.sum(axis=0) >= ENOUGH
    pairs = pairs_of(rows)
    found = reader.probabilities(pairs) >= reader.thresholds
    figures = {"turns": float(len(rows)), "as typed": mean(f1(found, y)[counted])}
    for name, habit in HABITS.items():
        rng = random.Random(seed)
        changed = reader.probabilities([(habit(turn, rng), before) for turn, before in pairs])
        figures[name] = mean(f1(changed >= reader.thresholds, y)[counted])
    padded = reader.probabilities([(greeted(turn), before) for turn, before in pairs]) >= reader.thresholds
    kept = [i for i, move in enumerate(reader.moves) if move not in ("greet", "farewell")]
    figures["same moves after a greeting"] = float((padded[:, kept] == found[:, kept]).all(axis=1).mean())
    return {name: round(value, 4) for name, value in figures.items()}
