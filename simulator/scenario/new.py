"""``samtal new``: the skeleton of a scenario, which already plays."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from simulator.language import N_, ToldError, _
from simulator.scenario.schema import Family, Kind
from simulator.sourcefile import parse_source, read_source

FAMILIES: tuple[str, ...] = get_args(Family)
KINDS: tuple[str, ...] = get_args(Kind)
PRONOUNS = ("hon", "han", "hen")


class SkeletonError(ToldError):
    """What was asked for cannot become a scenario; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """What a trainer says of the scenario to be: see ``samtal new --help``."""

    title: str
    family: str
    benefit: str
    errand: str
    kind: str
    name: str
    pronoun: str = "hon"


_FOLDER = Path(__file__).parent / "skeleton"


def slug(title: str) -> str:
    """The id a title gives: small letters a-z, digits and hyphens. Raises SkeletonError if nothing is left."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    if not found:
        raise SkeletonError(N_("Titeln ”{title}” ger inget id. Använd några bokstäver a-ö."), title=title)
    return found


def skeleton(wanted: Wanted) -> str:
    """The file's text. Raises SkeletonError: an unknown family, kind or pronoun, or an empty text."""
    for value, known in ((wanted.family, FAMILIES), (wanted.kind, KINDS), (wanted.pronoun, PRONOUNS)):
        if value not in known:
            template = N_("”{value}” går inte här. Välj bland: {expected}.")
            raise SkeletonError(template, value=value, expected=", ".join(known))
    for text in (wanted.title, wanted.benefit, wanted.errand, wanted.name):
        if not text.strip():
            raise SkeletonError(N_("Titel, förmån, ärende och namn får inte vara tomma."))
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("simulator.scenario", "skeleton"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # YAML, not HTML; what the trainer typed goes through ``quoted``
    )
    environment.install_gettext_callables(_, _, newstyle=False)  # type: ignore[attr-defined]
    environment.filters["quoted"] = _quoted
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    facts = {
        "bor": ["Det är jag och Love, mitt barn.", "Bara vi två."],
        "barn": ["Ett barn, Love, som är nio.", "Bara Love."],
    }
    text = environment.get_template("scenario.yaml.j2").render(
        **vars(wanted),
        **read_source(_FOLDER / "kinds.yaml").data[wanted.kind],
        id=slug(wanted.title),
        first=wanted.name.split()[0],
        facts=facts,
    )
    parse_source(text, wanted.title)
    return text


def _quoted(text: str) -> str:
    """A text as a YAML string within quotation marks."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def write_new(wanted: Wanted, folder: Path) -> Path:
    """Write the skeleton into a folder, under its id. Raises SkeletonError, or FileExistsError: never over a file."""
    path = folder / f"{slug(wanted.title)}.yaml"
    text = skeleton(wanted)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    return path
