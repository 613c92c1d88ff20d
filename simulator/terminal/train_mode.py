"""``samtal train`` and ``samtal bakeoff`` in the terminal: a progress bar, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from simulator.language import _
from simulator.reading.reader import TrainedReader
from simulator.scenario.library import common
from simulator.shipped_files import shipped
from simulator.terminal.corpus_mode import summary_line, table_lines
from simulator.training.bakeoff import ROWS, Kitchen, bake
from simulator.training.base import Teaching, read_pairs, teach
from simulator.training.corpus import Corpus, CorpusError, corpus_folder, read_folder
from simulator.training.encoders import encoder_folder
from simulator.training.evaluate import evaluate_rows
from simulator.training.finetune import Plan
from simulator.training.pipeline import Told, own_texts, train


@contextmanager
def _bar() -> Iterator[Told]:
    """A bar for each stage, on standard error; ``told(stage, done, of, note)`` moves it."""
    columns = [
        TextColumn("{task.description:>12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
    ]
    with Progress(
        *columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True)
    ) as progress:
        tasks: dict[str, object] = {}

        def told(stage: str, done: int, of: int, note: str) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=of, note=note)
            progress.update(tasks[stage], completed=done, total=of, note=note)  # type: ignore[arg-type]

        yield told


def train_reader(
    corpus: Path | None,
    out: Path,
    encoder: str | None,
    frozen: bool,
    pairs: Path | None,
    epochs: int | None,
    work: Path | None,
    seed: int,
) -> Iterator[str]:
    """Train, then measure on the test split. Yields lines to print."""
    read = read_folder(corpus_folder(corpus))
    kept = work or user_cache_path("samtal") / "training"
    families = list(common().families.values())
    plan = replace(Plan(), frozen=frozen, seed=seed)
    if epochs:
        plan = replace(plan, epochs=epochs)
    with _bar() as told:
        base = _base(read, encoder, pairs, kept, seed, told)
        train(read, base, families, out, plan, kept, told)
    rows = read.of_source("test", whole_files=False)
    if rows:
        yield summary_line(evaluate_rows(TrainedReader(out), rows).as_data())
    yield _("Den nya läsaren ligger i {path}").format(path=out)


def _base(read: Corpus, encoder: str | None, pairs: Path | None, kept: Path, seed: int, told: Told) -> Path:
    """The encoder to begin with: another one, one taught anew from parallel sentences, or the repository's."""
    if encoder:
        return encoder_folder(encoder, kept)
    if pairs is None:
        return encoder_folder(str(shipped("base")), kept)
    folder = kept / "base"
    texts = own_texts(read, list(common().families.values()))
    teach(
        read_pairs(pairs),
        texts,
        Teaching(seed=seed),
        folder,
        lambda step, of, loss: told("base", step, of, f"{loss:.2f}"),
    )
    return folder


def bakeoff_lines(
    corpus: Path | None, pairs: Path | None, only: list[str], work: Path | None, as_json: bool, seed: int
) -> Iterator[str]:
    """Build and measure each row of the bake-off. Yields lines to print."""
    unknown = set(only) - set(ROWS)
    if unknown:
        raise CorpusError("--only", f"{sorted(unknown)}; {', '.join(ROWS)}")
    read = read_folder(corpus_folder(corpus))
    kept = work or user_cache_path("samtal") / "bakeoff"
    with _bar() as told:
        kitchen = Kitchen(
            read, list(common().families.values()), kept, read_pairs(pairs) if pairs else None, seed, told
        )
        found = bake(kitchen, only or list(ROWS))
    if as_json:
        yield json.dumps(found, ensure_ascii=False, indent=1)
        return
    keys = (
        "macro_f1",
        "faults_macro_f1",
        "micro_f1",
        "ece",
        "outside",
        "megabytes, eight bits",
        "ms a turn, unpacked",
        "minutes",
    )
    table = Table(_("byggd av"), *keys, box=None)
    for name, one in found.items():
        table.add_row(name, *(str(one.get(key, "")) for key in keys))
    yield from table_lines(table)
