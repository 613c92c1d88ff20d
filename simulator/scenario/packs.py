"""Packs: scenarios from another folder or an installed package, with an id space of their own.

A pack is a folder with ``pack.yaml`` and scenario files, in it or in folders of it. Its scenarios are called
``pack/scenario``, so that two packs never contend for an id. Folders are listed in the settings and in
``SAMTAL_PACKS``; an installed package offers its folder through the entry point group ``samtal.packs``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from simulator.codebook.model import Text
from simulator.language import N_, Message, ToldError
from simulator.scenario.schema import Id, Part
from simulator.settings import save, settings
from simulator.sourcefile import Problem, SourceError, read_source, validate

FILE = "pack.yaml"
GROUP = "samtal.packs"


class PackFile(Part):
    """``pack.yaml``: the id its scenarios are called by, and its version."""

    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+){0,2}$")]
    title: Text
    by: str = ""


@dataclass(frozen=True)
class Pack:
    """A pack that can be used. ``package``: the installed package it came with, or empty."""

    about: PackFile
    folder: Path
    package: str = ""

    @property
    def id(self) -> str:
        """What its scenarios' ids begin with."""
        return self.about.id

    def scenario_files(self) -> dict[str, Path]:
        """Its scenario files by full id."""
        found = sorted([*self.folder.glob("*.yaml"), *self.folder.glob("*/*.yaml")])
        return {f"{self.id}/{path.stem}": path for path in found if path.name != FILE}


class PackError(ToldError):
    """A pack cannot be added or removed; the message says why."""


def packs() -> Iterator[Pack | SourceError]:
    """Every pack there is, or what is wrong with it; of two with one id, the first counts."""
    seen: dict[str, Path] = {}
    for folder, package in _folders():
        try:
            pack = Pack(validate(read_source(folder / FILE), PackFile), folder, package)
        except SourceError as error:
            yield error
            continue
        if pack.id in seen:
            template = N_("Paketet ”{id}” finns redan i {folder}. Ett paket-id får finnas en gång.")
            values = {"id": pack.id, "folder": seen[pack.id]}
            yield SourceError([Problem(str(folder / FILE), 1, 1, Message(template, values))])
            continue
        seen[pack.id] = folder
        yield pack


def pack_of(path: Path) -> str:
    """The id of the pack a scenario file lies in; empty if it lies in none. Raises SourceError: pack.yaml is faulty."""
    for folder in list(path.resolve().parents)[:2]:
        if (folder / FILE).is_file():
            return validate(read_source(folder / FILE), PackFile).id
    return ""


def add_pack(folder: Path) -> Pack:
    """Put a folder among the settings' packs.

    Raises:
        SourceError: its ``pack.yaml`` is faulty.
        PackError: it has none, or there is a pack of that id.
    """
    folder = folder.expanduser().resolve()
    if not (folder / FILE).is_file():
        template = N_("Mappen {folder} har ingen {file}. Skriv en med id, version och title, se guiden.")
        raise PackError(template, folder=folder, file=FILE)
    pack = Pack(validate(read_source(folder / FILE), PackFile), folder)
    for other in packs():
        if isinstance(other, Pack) and other.id == pack.id:
            template = N_("Paketet ”{id}” finns redan i {folder}. Ett paket-id får finnas en gång.")
            raise PackError(template, id=pack.id, folder=other.folder)
    if os.pathsep in str(folder):
        raise PackError(N_("Mappens namn får inte innehålla ”{sign}”."), sign=os.pathsep)
    save(settings().with_(packs=os.pathsep.join([*_split(settings().packs), str(folder)])))
    return pack


def remove_pack(wanted: str) -> Path:
    """Take a pack, by id or folder, out of the settings; its files stay. Raises PackError: it is not among them."""
    listed = _split(settings().packs)
    for folder in listed:
        known = next((p for p in packs() if isinstance(p, Pack) and p.folder == Path(folder)), None)
        if wanted in (folder, known.id if known else ""):
            save(settings().with_(packs=os.pathsep.join(one for one in listed if one != folder)))
            return Path(folder)
    raise PackError(N_("”{wanted}” är inget paket som lagts till här. Se: samtal packs"), wanted=wanted)


def _folders() -> Iterator[tuple[Path, str]]:
    for listed in (*_split(os.environ.get("SAMTAL_PACKS", "")), *_split(settings().packs)):
        yield Path(listed).expanduser(), ""
    for point in entry_points(group=GROUP):
        folder = _folder_of(point)
        if folder:
            yield folder, point.dist.name if point.dist else point.name


def _folder_of(point: EntryPoint) -> Path | None:
    """The folder an installed package offers: of the module, or of ``module:attribute`` naming a folder in it."""
    module, _colon, inner = point.value.partition(":")
    try:
        found = Path(str(files(module)))
    except (ModuleNotFoundError, TypeError):
        return None
    return found / inner if inner else found


def _split(paths: str) -> list[str]:
    return [path for path in paths.split(os.pathsep) if path]
