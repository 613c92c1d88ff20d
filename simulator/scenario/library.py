"""Finding and loading scenarios: the shipped ones and files of a trainer's own."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from simulator.codebook import codebook
from simulator.language import N_, ToldError
from simulator.scenario.check import check
from simulator.scenario.common import Common, read_common
from simulator.scenario.packs import Pack, pack_of, packs
from simulator.scenario.schema import Scenario
from simulator.shipped_files import shipped
from simulator.sourcefile import SourceError, parse_source, read_text, validate


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

    @property
    def digest(self) -> str:
        """A short fingerprint of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@cache
def common() -> Common:
    """The shared files shipped with the program. Raises SourceError if they are faulty."""
    return read_common(shipped("scenarios") / "common")


def scenario_files() -> dict[str, Path]:
    """The shipped scenario files by id (the file's name), in the order of their folders; then those of packs."""
    folder = shipped("scenarios")
    found = {path.stem: path for path in sorted(folder.glob("*/*.yaml")) if path.parent.name != "common"}
    for pack in packs():
        if isinstance(pack, Pack):
            found |= pack.scenario_files()
    return found


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
    """Load and check one scenario file. One that lies in a pack gets the pack's id before its own.

    Raises:
        SourceError: with every error found.
    """
    return load_text(read_text(path), str(path), pack_of(path))


@lru_cache(maxsize=4)
def load_text(text: str, name: str, pack: str = "") -> Loaded:
    """Load a scenario from its text, as kept with a stored call; ``pack``: the pack it is of. Raises SourceError."""
    source = parse_source(text, name)
    scenario = validate(source, Scenario)
    errors = check(source, scenario, codebook(), common())
    if errors:
        raise SourceError(errors)
    if pack:
        scenario = scenario.model_copy(update={"id": f"{pack}/{scenario.id}"})
    return Loaded(scenario, text, common())


def shelf() -> Iterator[Loaded | SourceError]:
    """Every scenario of the library and of packs, or what is wrong with it."""
    for path in scenario_files().values():
        try:
            yield load(path)
        except SourceError as error:
            yield error
