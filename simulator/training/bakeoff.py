"""The bake-off: ways of building the reader, trained on the same turns and measured on the same held-out situations.

Each row gives logits for the dev split (mix and thresholds are chosen there, as for the shipped reader) and for the
test splits. A row that is done is kept, so that the command can be stopped and taken up again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.codebook import codebook
from simulator.scenario.common import QuestionFamily
from simulator.shipped_files import shipped
from simulator.training import blend, linear
from simulator.training.base import Teaching, english_encoder, teach
from simulator.training.corpus import Corpus, Labelled, pairs_of
from simulator.training.encoders import EncoderError, encoder_folder
from simulator.training.files import write_whole
from simulator.training.finetune import Plan, finetune, fingerprint, predict
from simulator.training.matching import held_out
from simulator.training.measure import figures, labels
from simulator.training.network import Words
from simulator.training.pipeline import Told, own_texts

Logits = NDArray[np.float64]


@dataclass
class Made:
    """Logits of one part for dev, test and outside turns; megabytes packed; milliseconds a turn before packing."""

    logits: list[Logits]
    megabytes: float
    ms: float


@dataclass
class Kitchen:
    """What the rows share. ``pairs``: parallel sentences, needed by the row that does without masked words."""

    corpus: Corpus
    families: Sequence[QuestionFamily]
    work: Path
    pairs: Sequence[tuple[str, str]] | None
    seed: int
    told: Told
    plan: Plan = field(default_factory=Plan)
    made: dict[str, Made] = field(default_factory=dict)

    @property
    def moves(self) -> list[str]:
        """Ids, in the order of the columns."""
        return list(codebook().moves)

    @property
    def sets(self) -> list[list[Labelled]]:
        """Dev, test and outside turns."""
        c = self.corpus
        return [c.of("dev"), c.of_source("test", whole_files=False), c.of_source("test", whole_files=True)]

    def words(self) -> Made:
        """The n-gram part."""
        if "words" not in self.made:
            rows = self.corpus.of("train")
            y = labels(rows, self.moves)
            fitted = linear.fit(pairs_of(rows), y, lambda done, of: self.told("n-grams", done, of, ""))
            path = self.work / "words.npz"
            path.parent.mkdir(parents=True, exist_ok=True)
            fitted.save(path)
            self.made["words"] = _timed(fitted.logits, self.sets, path.stat().st_size / 1e6)
        return self.made["words"]

    def deep(self, name: str, base: Callable[[], Path], **changed: Any) -> Made:
        """An encoder, fine-tuned (or with ``frozen=True`` only its heads)."""
        if name not in self.made:
            rows, folder = self.corpus.of("train"), base()
            plan = replace(self.plan, seed=self.seed, **changed)
            asked = [family.ask for family in held_out(self.families)[0]]
            network = finetune(
                folder,
                rows,
                labels(rows, self.moves),
                asked,
                plan,
                self.work,
                lambda step, of, loss: self.told(name[:12], step, of, f"{loss:.2f}"),
            )
            words = Words.load(folder)
            size = sum(p.numel() for p in network.parameters()) / 1e6

            def logits(pairs: list[tuple[str, str]]) -> Logits:
                return predict(network, words, [(t, b if plan.caller else "") for t, b in pairs])

            self.made[name] = _timed(logits, self.sets, size)
        return self.made[name]

    def swedish(self) -> Path:
        """The Swedish base in the repository."""
        return encoder_folder(str(shipped("base")), self.work)

    def distilled_only(self) -> Path:
        """The Swedish base without masked words: taught by parallel sentences alone."""
        if not self.pairs:
            raise EncoderError("distilled only", "--pairs is needed")
        folder = self.work / "distilled-only"
        teach(
            self.pairs,
            own_texts(self.corpus, self.families),
            Teaching(masked=0.0, seed=self.seed),
            folder,
            lambda step, of, loss: self.told("distilling", step, of, f"{loss:.2f}"),
        )
        return folder

    def english(self) -> Path:
        """all-MiniLM-L6-v2 as it is packaged."""
        return encoder_folder(str(english_encoder()), self.work / "english")


ROWS: dict[str, Callable[[Kitchen], list[Made | None]]] = {
    "a n-grams": lambda k: [None, k.words()],
    "b english, frozen": lambda k: [k.deep("b english, frozen", k.english, frozen=True), None],
    "b english, fine-tuned": lambda k: [k.deep("b english, fine-tuned", k.english), None],
    "c distilled, frozen": lambda k: [k.deep("c distilled, frozen", k.distilled_only, frozen=True), None],
    "c distilled": lambda k: [k.deep("c distilled", k.distilled_only), None],
    "d base (distilled + masked words)": lambda k: [k.deep("d base", k.swedish), None],
    "d base, without the caller's line": lambda k: [k.deep("d base, no line", k.swedish, caller=False), None],
    "e base + n-grams": lambda k: [k.deep("d base", k.swedish), k.words()],
    "e two bases + n-grams": lambda k: [
        _mean(k.deep("d base", k.swedish), k.deep("d base again", k.swedish, epochs=k.plan.epochs + 1)),
        k.words(),
    ],
}
"""Name -> the encoder part and the n-gram part, either of which may be left out."""


def bake(kitchen: Kitchen, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Build and measure the rows. Rows measured before with this corpus, base and seed are not built again."""
    kitchen.work.mkdir(parents=True, exist_ok=True)
    base = shipped("base")
    asked = [family.ask for family in kitchen.families]
    plan = replace(kitchen.plan, seed=kitchen.seed)
    kept = kitchen.work / f"figures-{fingerprint(base, kitchen.corpus.rows, asked, plan)}.json"
    found: dict[str, dict[str, float]] = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    for name in names:
        if name in found:
            continue
        start = time.monotonic()
        found[name] = _measured(kitchen, *ROWS[name](kitchen))
        found[name]["minutes"] = round((time.monotonic() - start) / 60, 1)
        write_whole(kept, json.dumps(found, indent=1))
    return {name: found[name] for name in names}


def _measured(kitchen: Kitchen, deep: Made | None, words: Made | None) -> dict[str, float]:
    dev, test, outside = kitchen.sets
    y = [labels(rows, kitchen.moves) for rows in (dev, test, outside)]
    parts = [
        (deep.logits[i] if deep else np.zeros(one.shape), words.logits[i] if words else np.zeros(one.shape))
        for i, one in enumerate(y)
    ]
    settings = blend.choose(*parts[0], y[0])
    row: dict[str, float] = {}
    for name, part, truth in (("test", parts[1], y[1]), ("outside", parts[2], y[2])):
        if not len(truth):
            continue
        p = settings.mix.probabilities(*part)
        one = figures(p, p >= settings.thresholds, p >= settings.sure, truth, kitchen.moves)
        if name == "outside":
            row["outside"] = round(one.macro_f1, 3)
        else:
            row |= {
                key: round(getattr(one, key), 3) for key in ("macro_f1", "faults_macro_f1", "micro_f1", "ece")
            }
    row["megabytes, eight bits"] = round(sum(part.megabytes for part in (deep, words) if part), 1)
    row["ms a turn, unpacked"] = round(sum(part.ms for part in (deep, words) if part), 1)
    return row


def _mean(one: Made, other: Made) -> Made:
    logits = [(a + b) / 2 for a, b in zip(one.logits, other.logits, strict=True)]
    return Made(logits, one.megabytes + other.megabytes, one.ms + other.ms)


def _timed(
    logits: Callable[[list[tuple[str, str]]], Logits], sets: list[list[Labelled]], megabytes: float
) -> Made:
    start = time.perf_counter()
    found = [logits(pairs_of(rows)) if rows else np.zeros((0, len(codebook().moves))) for rows in sets]
    taken = time.perf_counter() - start
    return Made(found, megabytes, taken * 1000 / max(1, sum(map(len, sets))))
