"""All figures of a reader: what ``samtal evaluate`` shows, and what stands in ``models/figures.json``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import numpy as np

from simulator.reading.match import Bars
from simulator.reading.reader import TrainedReader
from simulator.scenario.common import QuestionFamily
from simulator.training.corpus import Corpus, CorpusError, Labelled, pairs_of
from simulator.training.evidence import evidence_accuracy
from simulator.training.matching import held_out, measure
from simulator.training.measure import Figures, figures, labels
from simulator.training.robustness import robustness

Told = Callable[[str], None]


def evaluate_rows(reader: TrainedReader, rows: Sequence[Labelled], before: bool = True) -> Figures:
    """The reader's figures on coded turns.

    Args:
        reader: a loaded reader.
        rows: coded turns.
        before: give the caller's line too; without it one sees what it is worth.
    """
    p = reader.probabilities([(row.turn, row.caller if before else "") for row in rows])
    return figures(p, p >= reader.thresholds, p >= reader.sure, labels(rows, reader.moves), reader.moves)


def evaluate_corpus(
    reader: TrainedReader, corpus: Corpus, families: Sequence[QuestionFamily], told: Told
) -> dict[str, Any]:
    """Everything that is measured: moves, evidence, robustness, questions, speed."""
    situations = corpus.of_source("test", whole_files=False)
    outside = corpus.of_source("test", whole_files=True)
    found: dict[str, Any] = {"reader": reader.version}
    told("moves")
    if not situations:
        raise CorpusError(str(corpus.folder), "no turns in the test split")
    found["held-out situations"] = evaluate_rows(reader, situations).as_data()
    first = corpus.of_source("test", whole_files=False, first=True) or situations
    found["held-out situations, written first"] = evaluate_rows(reader, first).as_data()
    without = evaluate_rows(reader, first, before=False)
    found["held-out situations, written first, without the caller's line"] = without.as_data()
    for name, rows in corpus.whole_test_files().items():
        found[f"outside, {name}"] = evaluate_rows(reader, rows).as_data()
    told("evidence")
    found["evidence"] = evidence_accuracy(reader, situations + outside)
    told("robustness")
    found["robustness"] = robustness(reader, first)
    told("questions")
    found["questions"] = questions(reader, families)
    told("speed")
    found["speed"] = speed(reader, situations[:600])
    return found


def questions(reader: TrainedReader, families: Sequence[QuestionFamily]) -> dict[str, Any]:
    """Recall@1 and false matches on families held out, with and without distractors."""
    train, measured = held_out(families)
    bars: Bars = reader.bars
    return {
        "families": len(families),
        "families held out": len(measured),
        "alone": measure(train, measured, reader.meanings, bars, distractors=False).as_data(),
        "with distractors": measure(train, measured, reader.meanings, bars, distractors=True).as_data(),
        "bars": vars(bars),
    }


def speed(reader: TrainedReader, rows: Sequence[Labelled]) -> dict[str, float]:
    """Milliseconds for one turn (median, 95th percentile) and turns a second in batches, on this machine."""
    pairs = pairs_of(rows)
    taken = []
    for turn, before in pairs[:200]:
        start = time.perf_counter()
        reader.read(turn, before)
        taken.append((time.perf_counter() - start) * 1000)
    start = time.perf_counter()
    reader.probabilities(pairs)
    rate = len(pairs) / max(1e-9, time.perf_counter() - start)
    return {
        "cores": os.cpu_count() or 0,
        "median ms": round(median(taken), 1),
        "95 % ms": round(float(np.percentile(taken, 95)), 1),
        "turns a second in batches": round(rate),
    }
