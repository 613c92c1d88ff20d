"""What is wrong with a corpus, and what it holds: ``samtal corpus check`` and ``samtal corpus stats``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.codebook import codebook
from simulator.language import N_, Message
from simulator.reading.form import sentences
from simulator.training.corpus import SPLITS, Corpus, CorpusError, Labelled, read_corpus
from simulator.training.measure import kappa, labels

LEAST = 150
"""Times every move should be coded."""
SOFT = 400
"""Times the soft moves and the faults that are hardest to hear should be coded."""
SOFT_MOVES = (
    *(
        "empathy",
        "reflect",
        "invite-telling",
        "minimal-response",
        "denial-tilt",
        "minimise",
        "doubt",
        "blame",
    ),
    *("deflect", "bare-reassurance", "overpromise", "presume-errand", "close-off", "jargon", "honest-limit"),
    *("alternative", "next-step"),
)
SECOND = "second-coding"
"""Folder beside the files with what a second coder made of some turns, coded without seeing the first."""


@dataclass(frozen=True)
class Finding:
    """Something about a corpus. ``fault``: it must be mended; else it is advice."""

    text: Message
    fault: bool = True


def check(corpus: Corpus, deep: bool = True) -> Iterator[Finding]:
    """What is wrong with a corpus that could be read.

    Args:
        corpus: read with ``read_folder``, which refuses malformed rows.
        deep: also look for near-copies across splits, which takes some seconds.
    """
    yield from _copies_within(corpus)
    yield from _split_situations(corpus)
    yield from _evidence(corpus)
    counts = Counter(move for row in corpus.rows for move in row.moves)
    for move in codebook().moves:
        wanted = SOFT if move in SOFT_MOVES else LEAST
        if counts[move] < wanted:
            told = _told(
                N_("draget {move} finns {n} gånger; {wanted} är önskvärt"),
                move=move,
                n=counts[move],
                wanted=wanted,
            )
            yield Finding(told, fault=False)
    if deep:
        yield from _straddling(corpus)


def _told(template: str, **values: object) -> Message:
    return Message(template, values)


def _copies_within(corpus: Corpus) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for row in corpus.rows:
        key = (row.situation, row.caller, row.turn)
        if key in seen:
            yield Finding(
                _told(
                    N_("samma tur två gånger i {situation}: {turn}"),
                    situation=row.situation,
                    turn=row.turn[:80],
                )
            )
        seen.add(key)


def _split_situations(corpus: Corpus) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for row, split in zip(corpus.rows, corpus.splits, strict=True):
        if seen.setdefault(row.situation, split) != split:
            text = N_("situationen {situation} står i både {a} och {b}")
            yield Finding(_told(text, situation=row.situation, a=seen[row.situation], b=split))
            seen[row.situation] = split


def _evidence(corpus: Corpus) -> Iterator[Finding]:
    for row in corpus.rows:
        parts = sentences(row.turn)
        for move, shown in row.evidence.items():
            if move not in row.moves or shown not in parts:
                text = N_(
                    "märkt bevis för {move} är inte en mening i turen, eller draget är inte kodat: {turn}"
                )
                yield Finding(_told(text, move=move, turn=row.turn[:80]))


def _straddling(corpus: Corpus) -> Iterator[Finding]:
    from simulator.training.duplicates import near_copies

    for left, right in (("test", "train"), ("dev", "train"), ("test", "dev")):
        rows, others = corpus.of(left), corpus.of(right)  # type: ignore[arg-type]
        for copy in near_copies(rows, others):
            text = N_("nästan samma tur i {left} och {right}: ”{a}” och ”{b}”")
            a, b = rows[copy.left].turn[:80], others[copy.right].turn[:80]
            yield Finding(_told(text, left=left, right=right, a=a, b=b))


def stats(corpus: Corpus) -> dict[str, Any]:
    """Counts by file, split and move, lengths, and how well two coders agree."""
    rows = corpus.rows
    moves = {move: {**dict.fromkeys(SPLITS, 0), "written first": 0} for move in codebook().moves}
    for row, source, split in zip(rows, corpus.sources, corpus.splits, strict=True):
        for move in row.moves:
            moves[move][split] += 1
            moves[move]["written first"] += source.written == "first"
    words = np.array([len(row.turn.split()) for row in rows])
    first = sum(source.written == "first" for source in corpus.sources)
    return {
        "turns": len(rows),
        "situations": len({row.situation for row in rows}),
        "written first": first,
        "share written first": round(first / max(1, len(rows)), 3),
        "near misses": sum(bool(row.near) for row in rows),
        "evidence marked": sum(bool(row.evidence) for row in rows),
        "splits": {split: corpus.splits.count(split) for split in SPLITS},
        "files": Counter(source.file for source in corpus.sources),
        "words": {f"{q} %": int(np.percentile(words, q)) for q in (10, 25, 50, 75, 90, 99)}
        if len(rows)
        else {},
        "moves a turn": round(sum(len(row.moves) for row in rows) / max(1, len(rows)), 2),
        "moves": moves,
        "agreement": agreement(corpus),
    }


def agreement(corpus: Corpus) -> dict[str, Any]:
    """Cohen's kappa of each move between two coders who did not see each other's codes.

    Raises:
        CorpusError: the two files of the second coding do not hold the same turns.
    """
    folder = corpus.folder / SECOND
    if not folder.is_dir():
        return {"turns": 0}
    one, other = (read_corpus(folder / f"{name}.jsonl") for name in ("first", "second"))
    if [_which(row) for row in one] != [_which(row) for row in other]:
        raise CorpusError(str(folder), "first.jsonl and second.jsonl hold different turns")
    moves = list(codebook().moves)
    a, b = labels(one, moves), labels(other, moves)
    k, support = kappa(a, b), (a | b).sum(axis=0)
    counted = support >= 10
    return {
        "turns": len(one),
        "mean kappa": round(float(k[counted].mean()), 3) if counted.any() else 0.0,
        "moves counted": int(counted.sum()),
        "by move": {
            m: {"kappa": round(float(v), 3), "coded": int(n)}
            for m, v, n in zip(moves, k, support, strict=True)
        },
    }


def _which(row: Labelled) -> tuple[str, str, str]:
    return row.situation, row.caller, row.turn
