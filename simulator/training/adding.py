"""``samtal corpus add``: new coded turns, taken in only if they are well-formed and no copies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from simulator.training.corpus import (
    SOURCES,
    Corpus,
    CorpusError,
    Labelled,
    Source,
    read_corpus,
    split_of,
    write_rows,
)
from simulator.training.duplicates import near_copies
from simulator.training.files import write_whole


@dataclass(frozen=True)
class Added:
    """What became of a file: rows taken, rows there already, and near-copies of turns in another split."""

    taken: int
    known: int
    copies: list[Labelled]


def add(corpus: Corpus, path: Path, source: Source) -> Added:
    """Take a file's rows into the corpus as ``source.file``, adding to that file if it is there.

    Rows that are there already are passed over; rows that nearly copy a turn of another split are left out and told.
    Nothing is written unless every line of the file is sound.

    Raises:
        CorpusError: a line is malformed, or ``source.file`` is there with another origin.
    """
    rows = read_corpus(path)
    listed = {one.file: one for one in corpus.sources}
    if source.file in listed and listed[source.file] != source:
        raise CorpusError(source.file, "is in the corpus with another origin; choose another name")
    seen = {(row.situation, row.caller, row.turn) for row in corpus.rows}
    new: list[Labelled] = []
    for row in rows:
        key = (row.situation, row.caller, row.turn)
        if key not in seen:
            seen.add(key)
            new.append(row)
    copies = _straddling(corpus, new, source)
    kept = [row for number, row in enumerate(new) if number not in copies]
    if kept:
        _write(corpus, source, kept)
    return Added(len(kept), len(rows) - len(new), [new[number] for number in sorted(copies)])


def _straddling(corpus: Corpus, new: list[Labelled], source: Source) -> set[int]:
    splits = [source.split or split_of(row.situation) for row in new]
    found: set[int] = set()
    for split in set(splits):
        mine = [number for number, one in enumerate(splits) if one == split]
        others = [row for row, one in zip(corpus.rows, corpus.splits, strict=True) if one != split]
        others += [row for row, one in zip(new, splits, strict=True) if one != split]
        found |= {mine[copy.left] for copy in near_copies([new[i] for i in mine], others)}
    return found


def _write(corpus: Corpus, source: Source, rows: list[Labelled]) -> None:
    path = corpus.folder / source.file
    there = read_corpus(path) if path.is_file() else []
    write_rows(path, [*there, *rows])
    if source.file not in {one.file for one in corpus.sources}:
        listed = corpus.folder / SOURCES
        entry = yaml.safe_dump(
            [source.model_dump(exclude_defaults=True)], allow_unicode=True, sort_keys=False, width=120
        )
        text = (
            listed.read_text("utf-8").rstrip("\n")
            + "\n"
            + "".join(f"  {line}\n" for line in entry.splitlines())
        )
        write_whole(listed, text)
