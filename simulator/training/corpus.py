"""The labelled corpus: JSON lines of handler turns with the caller's line before and the moves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from simulator.codebook import codebook


class CorpusError(Exception):
    """A corpus file that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Labelled:
    """One coded turn. ``situation`` keeps near-copies together when the corpus is split."""

    situation: str
    caller: str
    turn: str
    moves: frozenset[str]


def read_corpus(path: Path) -> list[Labelled]:
    """Read one file.

    Raises:
        CorpusError: a line is not JSON, lacks a key, or names an unknown move.
    """
    known = codebook().moves
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            row = Labelled(data["situation"], data["caller"], data["turn"], frozenset(data["moves"]))
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path}:{number}: {error!r}") from error
        unknown = row.moves - set(known)
        if unknown:
            raise CorpusError(f"{path}:{number}: unknown moves {sorted(unknown)}")
        rows.append(row)
    return rows
