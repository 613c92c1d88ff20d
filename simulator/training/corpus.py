"""The labelled corpus: JSON lines of handler turns with the caller's line before and the moves.

A corpus is a folder: ``*.jsonl`` with coded turns, and ``sources.yaml``, which says of each file how its turns
came to be. What split a turn belongs to follows from its situation, so that near-copies stay together and
nothing has to be listed: see ``split_of``.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from simulator.codebook import codebook
from simulator.language import N_, ToldError
from simulator.shipped_files import shipped
from simulator.sourcefile import read_source, validate
from simulator.training.files import write_whole

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "test")
SOURCES = "sources.yaml"


class CorpusError(ToldError):
    """A corpus, or something else to train from, that cannot be used; the message names file and line."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(N_("{where}: {why}"), where=where, why=why)


@dataclass(frozen=True)
class Labelled:
    """One coded turn.

    ``situation`` keeps near-copies together when the corpus is split. ``evidence`` gives, where somebody has marked
    it, the sentence that shows each move. ``near`` names, for a turn written as a near miss, the move that it could
    be taken for and does not carry.
    """

    situation: str
    caller: str
    turn: str
    moves: frozenset[str]
    evidence: dict[str, str] = field(default_factory=dict, hash=False)
    near: str = ""

    def as_data(self) -> dict[str, Any]:
        """The row as it stands in a file."""
        data: dict[str, Any] = {"situation": self.situation, "caller": self.caller, "turn": self.turn}
        data["moves"] = [move for move in codebook().moves if move in self.moves]
        data |= {"near": self.near} if self.near else {}
        return data | ({"evidence": self.evidence} if self.evidence else {})


class Source(BaseModel):
    """How the turns of one file came to be."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.jsonl$")]
    written: Literal["first", "aimed"]
    """``first``: with no label in mind, and coded afterwards by another hand; ``aimed``: for a move."""
    hands: Annotated[str, StringConstraints(min_length=10)]
    split: Literal["test"] | None = None
    """Where set, the whole file is kept for testing; else situations decide."""


class SourceFile(BaseModel):
    """``sources.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    files: list[Source]


@dataclass(frozen=True)
class Corpus:
    """All coded turns of a folder, with the source and split of each. The three lists run in parallel."""

    folder: Path
    rows: Sequence[Labelled]
    sources: Sequence[Source]
    splits: Sequence[Split]

    def of(self, *splits: Split) -> list[Labelled]:
        """The turns of some splits, in the order of the files."""
        return [row for row, split in zip(self.rows, self.splits, strict=True) if split in splits]

    def of_source(self, split: Split, whole_files: bool, first: bool = False) -> list[Labelled]:
        """A split's turns, from files kept whole for testing or from the others; ``first``: those written first."""
        return [
            row
            for row, source, its in zip(self.rows, self.sources, self.splits, strict=True)
            if its == split and bool(source.split) == whole_files and (source.written == "first" or not first)
        ]

    def whole_test_files(self) -> dict[str, list[Labelled]]:
        """The turns of each file that is kept whole for testing, by the file's name."""
        found: dict[str, list[Labelled]] = {}
        for row, source in zip(self.rows, self.sources, strict=True):
            if source.split:
                found.setdefault(source.file, []).append(row)
        return found


def pairs_of(rows: Iterable[Labelled]) -> list[tuple[str, str]]:
    """What a reader is given of each row: the turn, and the caller's line before it."""
    return [(row.turn, row.caller) for row in rows]


def split_of(situation: str) -> Split:
    """The split that a situation's turns belong to: a tenth each are kept for choosing and for testing."""
    place = zlib.crc32(situation.encode()) % 10
    return "test" if place == 0 else "dev" if place == 1 else "train"


def corpus_folder(given: Path | None) -> Path:
    """The given folder, or the repository's. Raises CorpusError where there is none."""
    folder = given or shipped("corpus")
    if not (folder / SOURCES).is_file():
        raise CorpusError(str(folder), f"{SOURCES} is missing; a corpus is a folder with it and *.jsonl")
    return folder


def read_sources(folder: Path) -> list[Source]:
    """What ``sources.yaml`` says. Raises CorpusError where it and the folder's files differ; SourceError."""
    told = validate(read_source(folder / SOURCES), SourceFile).files
    there = {path.name for path in folder.glob("*.jsonl")}
    listed = {source.file for source in told}
    if there != listed:
        raise CorpusError(str(folder / SOURCES), f"listed or there, not both: {sorted(there ^ listed)}")
    return told


def read_folder(folder: Path) -> Corpus:
    """Read a whole corpus. Raises CorpusError and SourceError."""
    rows: list[Labelled] = []
    sources: list[Source] = []
    splits: list[Split] = []
    for source in read_sources(folder):
        for row in read_corpus(folder / source.file):
            rows.append(row)
            sources.append(source)
            splits.append(source.split or split_of(row.situation))
    return Corpus(folder, rows, sources, splits)


def read_corpus(path: Path) -> list[Labelled]:
    """Read one file.

    Raises:
        CorpusError: a line is not JSON, lacks a key, or names an unknown move; or the file cannot be read.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(str(path), str(error)) from error
    return [_row(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]


def _row(where: str, line: str) -> Labelled:
    try:
        data = json.loads(line)
        texts = [data["situation"], data.get("caller") or "", data["turn"]]
        moves, evidence, near = data["moves"], data.get("evidence") or {}, data.get("near") or ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(where, repr(error)) from error
    words: list[Any] = [*texts, near, *evidence.values()] if isinstance(evidence, dict) else [None]
    if not (all(isinstance(word, str) for word in words) and isinstance(moves, list)):
        raise CorpusError(
            where, "situation, caller and turn are texts, moves a list, evidence a mapping to texts"
        )
    if any("\ud800" <= c <= "\udfff" for word in words for c in word):
        raise CorpusError(where, "half a character (a lone surrogate)")
    if not texts[0].strip() or not texts[2].strip():
        raise CorpusError(where, "situation and turn may not be empty")
    unknown = ({str(move) for move in moves} | set(evidence) | ({near} if near else set())) - set(
        codebook().moves
    )
    if unknown:
        raise CorpusError(where, f"unknown moves {sorted(unknown)}")
    return Labelled(texts[0], texts[1], texts[2], frozenset(moves), evidence, near)


def write_rows(path: Path, rows: Iterable[Labelled]) -> None:
    """Write a file anew, whole or not at all."""
    write_whole(path, "".join(json.dumps(row.as_data(), ensure_ascii=False) + "\n" for row in rows))
