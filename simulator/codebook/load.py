"""Reads the four vocabulary files once and checks that they agree with one another."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from simulator.codebook.model import (
    Act,
    ActFile,
    Move,
    MoveFile,
    Strategy,
    StrategyFile,
    Study,
    StudyFile,
)
from simulator.language import N_
from simulator.sourcefile import Problem, Source, SourceError, read_source, validate

DATA = Path(__file__).parent / "data"
FILES = ("moves.yaml", "acts.yaml", "strategies.yaml", "studies.yaml")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True)
class Codebook:
    """The whole vocabulary, each part by id in the order of its file."""

    moves: dict[str, Move]
    acts: dict[str, Act]
    strategies: dict[str, Strategy]
    studies: dict[str, Study]

    def without(self, strategies: Iterable[str]) -> Codebook:
        """The same vocabulary but for these strategies."""
        left_out = set(strategies)
        if not left_out:
            return self
        kept = {name: strategy for name, strategy in self.strategies.items() if name not in left_out}
        return Codebook(self.moves, self.acts, kept, self.studies)

    @cached_property
    def opened_by(self) -> dict[str, tuple[str, ...]]:
        """For each caller act, the strategies whose slot a line of that act opens."""
        return {
            act: tuple(s.id for s in self.strategies.values() if act in (s.slot.after or ()))
            for act in self.acts
        }

    def slots(self, acts: Iterable[str]) -> tuple[str, ...]:
        """The strategies due in answer to a caller turn made of these acts, in the file's order."""
        due = {strategy for act in acts for strategy in self.opened_by.get(act, ())}
        return tuple(strategy for strategy in self.strategies if strategy in due)


@cache
def codebook() -> Codebook:
    """The vocabulary shipped with the program, read once. Raises SourceError if it is faulty."""
    return read_codebook(DATA)


def read_codebook(folder: Path) -> Codebook:
    """Read and check the vocabulary in a folder holding the four files.

    Raises:
        SourceError: with every unknown or doubled id, every slot that nothing can open, and every
            strategy without a source, each with file and line.
    """
    moves = read_source(folder / "moves.yaml")
    acts = read_source(folder / "acts.yaml")
    strategies = read_source(folder / "strategies.yaml")
    studies = read_source(folder / "studies.yaml")
    problems: list[Problem] = []
    listed = validate(moves, MoveFile).moves
    due = validate(strategies, StrategyFile).strategies
    book = Codebook(
        _by_id(moves, "moves", listed, problems),
        _by_id(acts, "acts", validate(acts, ActFile).acts, problems),
        _by_id(strategies, "strategies", due, problems),
        _by_id(studies, "studies", validate(studies, StudyFile).studies, problems),
    )
    for number, move in enumerate(listed):
        for other in move.contrast:
            known_or(moves, ("moves", number, "not", other), other, book.moves, problems)
    for number, strategy in enumerate(due):
        _check_strategy(strategies, number, strategy, book, problems)
    if problems:
        raise SourceError(problems)
    return book


def known_or(
    source: Source, key: tuple[str | int, ...], value: str, known: Iterable[str], problems: list[Problem]
) -> None:
    """Note a problem if ``value`` is not among the known ids, with the nearest one as a suggestion."""
    names = list(known)
    if value in names:
        return
    near = difflib.get_close_matches(value, names, n=1, cutoff=0.5)
    if near:
        template = N_("”{value}” finns inte. Menade du ”{near}”?")
        problems.append(source.problem(key, template, value=value, near=near[0]))
    else:
        problems.append(source.problem(key, N_("”{value}” finns inte."), value=value))


def _by_id(source: Source, part: str, entries: Sequence[N], problems: list[Problem]) -> dict[str, N]:
    found: dict[str, N] = {}
    for number, entry in enumerate(entries):
        if entry.id in found:
            template = N_("”{value}” finns redan. Ett id får stå en gång.")
            problems.append(source.problem((part, number, "id"), template, value=entry.id))
        found[entry.id] = entry
    return found


def _check_strategy(
    source: Source, number: int, strategy: Strategy, book: Codebook, problems: list[Problem]
) -> None:
    here: tuple[str | int, ...] = ("strategies", number)
    slot = strategy.slot
    if len(slot.forms) != 1:
        template = N_("En lucka ska ha en form, en av: after, with, before, at, call. Här står: {forms}.")
        forms = ", ".join(slot.forms) or "-"
        problems.append(source.problem((*here, "slot"), template, forms=forms))
    lists: dict[tuple[str | int, ...], tuple[list[str] | None, Iterable[str]]] = {
        ("slot", "after"): (slot.after, book.acts),
        ("slot", "when"): (slot.when, book.acts),
        ("slot", "with"): (slot.with_, book.moves),
        ("slot", "before"): (slot.before, book.moves),
        ("met_by",): (strategy.met_by, book.moves),
        ("broken_by",): (strategy.broken_by, book.moves),
        ("sources",): (list(strategy.sources), book.studies),
    }
    for key, (values, known) in lists.items():
        for index, value in enumerate(values or ()):
            known_or(source, (*here, *key, index), value, known, problems)
    if not strategy.met_by and not strategy.broken_by:
        template = N_("”{value}” kan varken uppfyllas eller brytas: fyll i met_by eller broken_by.")
        problems.append(source.problem((*here, "met_by"), template, value=strategy.id))
    if not strategy.met_by and (slot.after or slot.before or slot.at):
        template = N_(
            "”{value}” ska göras i sin lucka (slot), men met_by är tom: vad skulle visa att det gjordes?"
        )
        problems.append(source.problem((*here, "met_by"), template, value=strategy.id))
    for move in set(strategy.met_by) & set(strategy.broken_by):
        template = N_("”{value}” kan inte både uppfylla och bryta samma strategi.")
        problems.append(source.problem((*here, "broken_by"), template, value=move))
