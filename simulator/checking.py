"""``samtal check``: scenario files, folders of them, and codebook folders, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.codebook import read_codebook
from simulator.codebook.load import FILES
from simulator.language import N_, Message
from simulator.scenario import load
from simulator.scenario.common import read_common
from simulator.sourcefile import Problem, SourceError

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
            yield Report(path, load(path).advice)
        except SourceError as error:
            yield Report(path, tuple(error.problems))


def _attempt(path: Path, read: Callable[[], object]) -> Report:
    try:
        read()
    except SourceError as error:
        return Report(path, tuple(error.problems))
    return Report(path, ())
