"""``samtal train``: from the corpus to a reader's folder, with the same seed to the same figures within noise."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.codebook import codebook
from simulator.reading.encoder import Encoder
from simulator.reading.form import letter_groups, words
from simulator.reading.linear import LinearModel
from simulator.reading.match import Bars
from simulator.reading.meanings import Meanings, save
from simulator.scenario.common import QuestionFamily
from simulator.training import blend, linear
from simulator.training.corpus import Corpus, CorpusError, Labelled, pairs_of
from simulator.training.evidence import choose_evidence_mix
from simulator.training.export import export
from simulator.training.finetune import Plan, finetune
from simulator.training.matching import choose_bars, held_out
from simulator.training.measure import labels
from simulator.training.network import Words

NAME = "samtal-2"
NO_SPLIT = "train and dev need coded turns; more situations are needed"
FAMILIAR_LEAST = 3
"""Occurrences in the corpus before a group of letters counts as familiar (else a turn may be nonsense)."""
Told = Callable[[str, int, int, str], None]
"""Called with the stage's name, steps done, steps in all, and a note."""


def train(
    corpus: Corpus,
    base: Path,
    families: Sequence[QuestionFamily],
    out: Path,
    plan: Plan,
    work: Path,
    told: Told,
) -> None:
    """Train a reader and write it to ``out``, whole or not at all.

    Args:
        corpus: train rows are learned from, dev rows chosen on; test rows are not looked at.
        base: the encoder to begin with, in Hugging Face form.
        families: shared question families; a fifth of them are kept from training, for measuring.
        out: the reader's folder.
        plan: how to fine-tune.
        work: folder for checkpoints and half-made files.
        told: is told how far it has come.
    """
    moves = list(codebook().moves)
    rows, dev = corpus.of("train"), corpus.of("dev")
    if not any(row.moves for row in rows) or not any(row.moves for row in dev):
        raise CorpusError(str(corpus.folder), NO_SPLIT)
    made = work / "reader"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    y = labels(rows, moves)
    fitted = linear.fit(pairs_of(rows), y, lambda done, of: told("n-grams", done, of, ""))
    fitted.save(made / "linear.npz")
    learned, _measured = held_out(families)
    network = finetune(
        base,
        rows,
        y,
        [family.ask for family in learned],
        plan,
        work,
        lambda step, steps, loss: told("encoder", step, steps, f"{loss:.2f}"),
    )
    told("packing", 0, 3, "")
    export(network, Words.load(base), made)
    encoder = Encoder(made)
    asked = list(dict.fromkeys(text for family in families for text in family.ask))
    save(made / "questions.npz", asked, encoder.vectors(asked))
    told("packing", 1, 3, "")
    worded = LinearModel(made / "linear.npz")
    settings = blend.choose(*logits_of(encoder, worded, dev), labels(dev, moves))
    told("packing", 2, 3, "")
    bars = choose_bars(families, Meanings(made / "questions.npz", encoder.vectors))
    evidence_mix = choose_evidence_mix(encoder, worded, dev, moves)
    _write_card(made, moves, settings, evidence_mix, bars, rows)
    told("packing", 3, 3, "")
    _put(made, out)


def own_texts(corpus: Corpus, families: Sequence[QuestionFamily]) -> list[str]:
    """All Swedish that the base may learn from: train turns, the callers' lines before them, train families."""
    rows = corpus.of("train")
    asked = [text for family in held_out(families)[0] for text in family.ask]
    return list(dict.fromkeys([text for row in rows for text in (row.caller, row.turn) if text] + asked))


def logits_of(
    encoder: Encoder, worded: LinearModel, rows: Sequence[Labelled]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the two parts make of each row, as packed. Shapes: (rows, moves)."""
    pairs = pairs_of(rows)
    deep = np.array([found.logits for found in encoder.read(pairs)], dtype=np.float64)
    return deep, np.array([worded.logits(*pair) for pair in pairs])


def _write_card(
    out: Path,
    moves: list[str],
    settings: blend.Settings,
    evidence_mix: float,
    bars: Bars,
    rows: Sequence[Labelled],
) -> None:
    seen = Counter(g for row in rows for word in words(row.turn) for g in letter_groups(word))
    card: dict[str, Any] = {
        "name": NAME,
        "moves": moves,
        "thresholds": _by_move(moves, settings.thresholds),
        "sure": _by_move(moves, settings.sure),
        "mix": {name: round(value, 4) for name, value in vars(settings.mix).items()},
        "evidence_mix": evidence_mix,
        "bars": vars(bars),
        "familiar": sorted(group for group, count in seen.items() if count >= FAMILIAR_LEAST),
    }
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (out / "reader.json").write_text(text + "\n", "utf-8")


def _by_move(moves: list[str], values: NDArray[np.float64]) -> dict[str, float]:
    return {move: round(float(value), 3) for move, value in zip(moves, values, strict=True)}


def _put(made: Path, out: Path) -> None:
    """Put the new folder in the old one's place, when all of it is there."""
    new, old = out.with_name(f"{out.name}.new"), out.with_name(f"{out.name}.old")
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(made, new)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)
