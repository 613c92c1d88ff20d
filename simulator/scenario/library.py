"""Finding and loading scenarios: the shipped ones and files of a trainer's own."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from simulator.codebook import codebook
from simulator.language import N_, Message, ToldError
from simulator.scenario.check import check
from simulator.scenario.common import Common, read_common
from simulator.scenario.schema import Scenario
from simulator.shipped_files import shipped
from simulator.sourcefile import Problem, SourceError, parse_source, read_text, validate


class UnknownScenarioError(ToldError):
    """No scenario has this id; ``near`` is the nearest that has, if any."""

    def __init__(self, wanted: str, near: str | None) -> None:
        self.wanted, self.near = wanted, near
        template = N_("Det finns inget samtal som heter ”{wanted}”.")
        if near:
            template = N_("Det finns inget samtal som heter ”{wanted}”. Menade du ”{near}”?")
        super().__init__(template, wanted=wanted, near=near)


@dataclass(frozen=True)
class Loaded:
    """A scenario ready to play, with the text it was read from (kept with a call, for exact replay)."""

    scenario: Scenario
    text: str
    common: Common
    advice: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """A short fingerprint of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@cache
def common() -> Common:
    """The shared files shipped with the program. Raises SourceError if they are faulty."""
    return read_common(shipped("scenarios") / "common")


def scenario_files() -> dict[str, Path]:
    """The shipped scenario files by id (the file's name), in the order of their folders."""
    folder = shipped("scenarios")
    return {path.stem: path for path in sorted(folder.glob("*/*.yaml")) if path.parent.name != "common"}


def find(wanted: str) -> Path:
    """The file for a scenario id, or for a path to a YAML file. Raises UnknownScenarioError."""
    files = scenario_files()
    if wanted in files:
        return files[wanted]
    path = Path(wanted)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return path
    near = difflib.get_close_matches(wanted, files, n=1, cutoff=0.3)
    raise UnknownScenarioError(wanted, near[0] if near else None)


def load(path: Path) -> Loaded:
    """Load and check one scenario file.

    Raises:
        SourceError: with every error found; advice does not stop a scenario.
    """
    loaded = load_text(read_text(path), str(path))
    if path.stem == loaded.scenario.id:
        return loaded
    template = N_("Filen heter {file} men scenariot {id}. Låt filen heta {id}.yaml.")
    values = {"file": path.name, "id": loaded.scenario.id}
    misnamed = Problem(str(path), 1, 1, Message(template, values), advice=True)
    return replace(loaded, advice=(misnamed, *loaded.advice))


@lru_cache(maxsize=4)
def load_text(text: str, name: str) -> Loaded:
    """Load a scenario from its text, as kept with a stored call. Raises SourceError."""
    source = parse_source(text, name)
    scenario = validate(source, Scenario)
    found = check(source, scenario, codebook(), common())
    errors = [problem for problem in found if not problem.advice]
    if errors:
        raise SourceError(errors)
    return Loaded(scenario, text, common(), tuple(found))


def shelf() -> Iterator[Loaded | SourceError]:
    """Every shipped scenario, or what is wrong with it."""
    for path in scenario_files().values():
        try:
            yield load(path)
        except SourceError as error:
            yield error
