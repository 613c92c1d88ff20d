"""``python -m simulator.training``: train the linear reader from ``models/corpus`` and print what it reaches.

Needs the ``train`` extra. The test file is never trained on; its situations occur in no other file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from simulator.codebook import codebook
from simulator.reading.linear import LinearReader
from simulator.training.corpus import Labelled, read_corpus
from simulator.training.linear import choose, f1, fit, held_out, labels, matrix, pack, sigmoid

SENTENCE_WEIGHTS = (0.0, 0.2, 0.35, 0.5)


def main() -> None:
    """Train, measure on held-out folds and on the test file, and write the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("models/corpus"))
    parser.add_argument("--out", type=Path, default=Path("models/reader"))
    parser.add_argument("--figures", type=Path, default=Path("models/figures.json"))
    given = parser.parse_args()
    moves = list(codebook().moves)
    files = sorted(path for path in given.corpus.glob("*.jsonl") if path.stem != "test")
    rows = [row for path in files for row in read_corpus(path)]
    y = labels(rows, moves)
    by_weight = held_out(rows, moves, SENTENCE_WEIGHTS)
    settings = choose(by_weight, y)
    p = sigmoid(by_weight[settings.sentence_weight] * settings.slope)
    figures = {"folds": report(p >= settings.thresholds, p, y, moves, len(rows))}
    fitted = fit(matrix([(row.turn, row.caller) for row in rows]), y, moves)
    bars = {"question": 0.45, "statement": 0.72, "lead": 0.03}
    pack(fitted, settings, rows, bars, given.out)
    test = given.corpus / "test.jsonl"
    if test.is_file():
        figures["test"] = measure(LinearReader(given.out), read_corpus(test))
    given.figures.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    for name, found in figures.items():
        print(name, {key: value for key, value in found.items() if key != "moves"})


def measure(reader: LinearReader, rows: list[Labelled]) -> dict[str, object]:
    """What the packed reader reaches on coded turns."""
    p = np.array([reader.probabilities(row.turn, row.caller)[0] for row in rows])
    heard = p >= reader.thresholds
    return report(heard, p, labels(rows, reader.moves), reader.moves, len(rows))


def report(heard: object, p: object, y: object, moves: list[str], count: int) -> dict[str, object]:
    """Macro- and micro-F1, F1 of the faults, calibration error (ECE, ten bins), and F1 by move."""
    found, truth, likely = np.asarray(heard), np.asarray(y), np.asarray(p)
    scores = f1(found, truth)
    support = truth.sum(axis=0)
    enough = support >= 5
    faults = np.array([codebook().moves[move].kind == "fault" for move in moves])
    hits = (found & truth).sum()
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [
        abs(likely[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean() for b in set(bins.flat)
    ]
    return {
        "turns": count,
        "moves with 5 or more": int(enough.sum()),
        "macro-F1": round(float(scores[enough].mean()), 3),
        "macro-F1 of faults": round(float(scores[enough & faults].mean()), 3),
        "micro-F1": round(float(2 * hits / (found.sum() + truth.sum())), 3),
        "ECE": round(float(sum(gaps)), 4),
        "moves": {
            m: {"F1": round(float(s), 2), "support": int(n)}
            for m, s, n in zip(moves, scores, support, strict=True)
        },
    }


if __name__ == "__main__":
    main()
