"""``samtal check``: scenario files, folders of them, and codebook folders, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.caller import policy
from simulator.codebook import read_codebook
from simulator.codebook.load import FILES
from simulator.language import N_, Message
from simulator.scenario import Loaded, load
from simulator.scenario.common import read_common
from simulator.scenario.schema import EVENTS
from simulator.sourcefile import Problem, SourceError, parse_source

COMMON = ("rules.yaml", "support.yaml", "lines.yaml", "questions.yaml")


@dataclass(frozen=True)
class Report:
    """What was found in one file or folder."""

    path: Path
    problems: tuple[Problem, ...]


def check_paths(paths: Iterable[Path]) -> Iterator[Report]:
    """Check each path: a scenario file, a codebook file or folder, or a folder of scenarios."""
    for path in paths:
        yield from _check(path)


def _check(path: Path) -> Iterator[Report]:
    if not path.exists():
        problem = Problem(str(path), 1, 1, Message(N_("Filen eller mappen finns inte.")))
        yield Report(path, (problem,))
    elif path.is_dir():
        names = {child.name for child in path.iterdir()}
        if set(FILES) <= names:
            yield _attempt(path, lambda: read_codebook(path))
        elif names.intersection(COMMON):
            yield _attempt(path, lambda: read_common(path))
        else:
            for child in sorted(path.iterdir()):
                if child.is_dir() or child.suffix in (".yaml", ".yml"):
                    yield from _check(child)
    elif path.name in FILES:
        yield _attempt(path, lambda: read_codebook(path.parent))
    elif path.name in COMMON and path.parent.name == "common":
        yield _attempt(path, lambda: read_common(path.parent))
    else:
        try:
            loaded = load(path)
            yield Report(path, (*loaded.advice, *_unheard(path, loaded)))
        except SourceError as error:
            yield Report(path, tuple(error.problems))


def _unheard(path: Path, loaded: Loaded) -> Iterator[Problem]:
    """Reactions to moves that callers answer in other ways, so that the lines are never said."""
    heard = policy().reacted_to.union(EVENTS)
    source = parse_source(loaded.text, str(path))
    for n, reaction in enumerate(loaded.scenario.reactions):
        if reaction.on not in heard:
            template = N_("Replikerna för ”{on}” sägs aldrig: på det draget svarar inringare på annat sätt.")
            yield source.problem(("reactions", n, "on"), template, advice=True, on=reaction.on)


def _attempt(path: Path, read: Callable[[], object]) -> Report:
    try:
        read()
    except SourceError as error:
        return Report(path, tuple(error.problems))
    return Report(path, ())
