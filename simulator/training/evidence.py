"""Whether the evidence points at the right sentence, measured on turns in which somebody has marked it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.reading.encoder import Encoder
from simulator.reading.form import sentences
from simulator.reading.linear import LinearModel
from simulator.reading.reader import TrainedReader, shows
from simulator.training.corpus import Labelled, pairs_of

GRID = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


def choose_evidence_mix(
    encoder: Encoder, worded: LinearModel, rows: Sequence[Labelled], moves: Sequence[str]
) -> float:
    """What the n-grams' view of each sentence counts beside the encoder's, chosen on marked dev turns; else 0.2."""
    rows = _marked(rows)
    if not rows:
        return 0.2
    read = encoder.read(pairs_of(rows))
    right = np.zeros(len(GRID))
    for row, encoded in zip(rows, read, strict=True):
        for place, mix in enumerate(GRID):
            found = shows(encoded, worded, row.turn, row.caller, mix)
            right[place] += sum(found[moves.index(move)] == shown for move, shown in row.evidence.items())
    return GRID[int(right.argmax())]


def evidence_accuracy(reader: TrainedReader, rows: Sequence[Labelled]) -> dict[str, float]:
    """Of moves marked in turns of two sentences or more: how often the marked sentence is pointed at.

    ``by chance`` is what pointing blindly would reach in the same turns.
    """
    right = chance = 0.0
    rows = _marked(rows)
    for row in rows:
        found = reader.evidence(row.turn, row.caller)
        for move, shown in row.evidence.items():
            right += found[reader.moves.index(move)] == shown
            chance += 1 / len(sentences(row.turn))
    marked = sum(len(row.evidence) for row in rows)
    each = max(1, marked)
    return {
        "turns": len(rows),
        "moves": marked,
        "right": round(right / each, 4),
        "by chance": round(chance / each, 4),
    }


def _marked(rows: Sequence[Labelled]) -> list[Labelled]:
    """Those in which evidence is marked and can be missed: turns of two sentences or more."""
    return [row for row in rows if row.evidence and len(sentences(row.turn)) > 1]
