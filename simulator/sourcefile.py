"""YAML read safely, with the line and column of every key kept, and problems told all at once.

Only plain data is accepted: no tags, no anchors, no duplicate keys; ``on``, ``no`` and dates stay
text (YAML 1.2), because a trainer who writes ``on: blame`` means the word.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from simulator.language import N_, Message

MAX_BYTES = 1_000_000
MAX_DEPTH = 30

Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]*")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where (line and column from 1), what, and what would be right.

    ``advice`` is the code of a remark that does not make the file unusable; empty for an error.
    ``explained``: why the file's author does not follow it.
    """

    file: str
    line: int
    column: int
    message: Message
    advice: str = ""
    explained: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class SourceError(Exception):
    """A file that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.column))
        super().__init__("\n".join(str(p) for p in self.problems))


@dataclass
class Source:
    """The plain data of one file and the place of each key in it."""

    file: str
    data: Any
    places: dict[Key, tuple[int, int]] = field(default_factory=dict)

    def problem(self, key: Key, template: str, **values: Any) -> Problem:
        """An error at ``key``, or at the nearest key above it that stands in the file."""
        return self.advice("", key, template, **values)

    def advice(self, code: str, key: Key, template: str, **values: Any) -> Problem:
        """A piece of advice at ``key``, or at the nearest key above it that stands in the file."""
        while key and key not in self.places:
            key = key[:-1]
        line, column = self.places.get(key, (1, 1))
        return Problem(self.file, line, column, Message(template, values), code)


def read_text(path: Path) -> str:
    """The text of a file, of bounded size. Raises SourceError if it cannot be read or is not UTF-8."""
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        values = {"why": error.strerror or error}
        problem = Problem(file, 1, 1, Message(N_("Filen går inte att läsa: {why}."), values))
        raise SourceError([problem]) from error
    if len(raw) > MAX_BYTES:
        template = N_("Filen är för stor ({size} byte). Högst {limit} byte.")
        size = {"size": len(raw), "limit": MAX_BYTES}
        raise SourceError([Problem(file, 1, 1, Message(template, size))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        template = N_("Filen är inte UTF-8. Spara den som UTF-8 i redigeraren.")
        raise SourceError([Problem(file, line, 1, Message(template))]) from error


def read_source(path: Path) -> Source:
    """Read one YAML file. Raises SourceError: unreadable, not UTF-8, too large, not plain YAML."""
    return parse_source(read_text(path), str(path))


def parse_source(text: str, file: str) -> Source:
    """Parse YAML text; ``file`` is the name used in problems. Raises SourceError."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        template = N_(
            "Det här går inte att läsa som YAML ({why}). Se efter indrag, kolon och citattecken "
            "på raden och på raden före."
        )
        values = {"why": error.problem or error.context or "?"}
        raise SourceError([Problem(file, line, column, Message(template, values))]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        template = N_("Filen innehåller tecken eller nästling som inte går att läsa.")
        raise SourceError([Problem(file, 1, 1, Message(template))]) from error
    source = Source(file, None)
    walker = _Walker(source)
    source.data = walker.build(node, ()) if node is not None else None
    if walker.problems:
        raise SourceError(walker.problems)
    return source


class _Walker:
    """Turns YAML nodes into plain data, noting places and problems."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def complain(self, key: Key, template: str, **values: Any) -> None:
        self.problems.append(self.source.problem(key, template, **values))

    def build(self, node: Any, key: Key) -> Any:
        self.source.places.setdefault(key, (node.start_mark.line + 1, node.start_mark.column + 1))
        if id(node) in self.seen:
            self.complain(key, N_("Alias (*) används inte här. Skriv ut texten i stället."))
            return None
        self.seen.add(id(node))
        if len(key) > MAX_DEPTH:
            self.complain(key, N_("För många nivåer i varandra."))
            return None
        if node.tag not in _TAGS:
            template = N_("Taggen {tag} är inte tillåten. Skriv bara text, tal och listor.")
            self.complain(key, template, tag=node.tag)
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*key, number)) for number, child in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: Any, key: Key) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            name = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.complain(key, N_("En nyckel måste vara ett ord."))
            elif name in data:
                problem = Problem(
                    self.source.file,
                    *place,
                    Message(N_("Nyckeln ”{name}” står två gånger. Ta bort den ena."), {"name": name}),
                )
                self.problems.append(problem)
            self.source.places[(*key, name)] = place
            data[name] = self.build(value_node, (*key, name))
        return data

    @staticmethod
    def scalar(node: Any) -> Any:
        text: str = node.value
        if node.style:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INT.fullmatch(text):
            return int(text) if len(text) < 19 else text
        if _FLOAT.fullmatch(text):
            return float(text)
        return text


def validate(source: Source, model: type[M]) -> M:
    """Make a typed object of the data. Raises SourceError with a problem for each fault."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise SourceError(_problems(source, model, error)) from error


def _problems(source: Source, model: type[BaseModel], error: ValidationError) -> list[Problem]:
    problems = []
    for item in error.errors(include_url=False):
        key: Key = tuple(item["loc"])
        template, values = _explain(model, key, item)
        problems.append(source.problem(key, template, **values))
    return problems


_TEMPLATES = {
    "missing": N_("Nyckeln ”{name}” saknas här."),
    "string_type": N_("”{name}” ska vara text. Sätt citattecken om det ser ut som ett tal."),
    "int_type": N_("”{name}” ska vara ett heltal."),
    "int_parsing": N_("”{name}” ska vara ett heltal."),
    "float_parsing": N_("”{name}” ska vara ett tal."),
    "float_type": N_("”{name}” ska vara ett tal."),
    "list_type": N_("”{name}” ska vara en lista: en rad för var sak, med bindestreck först."),
    "model_type": N_("”{name}” ska ha nycklar under sig, inte bara en text."),
    "dict_type": N_("”{name}” ska ha nycklar under sig, inte bara en text."),
    "bool_type": N_("”{name}” ska vara true eller false."),
    "literal_error": N_("”{value}” går inte här. Välj bland: {expected}."),
    "string_pattern_mismatch": N_(
        "”{value}” är inget id. Ett id har små bokstäver a-z, siffror och bindestreck, t.ex. hyran-betald."
    ),
    "too_short": N_("”{name}” har för få: minst {min_length}."),
    "too_long": N_("”{name}” har för många: högst {max_length}."),
    "string_too_short": N_("”{name}” är tom."),
    "string_too_long": N_("Texten är för lång: högst {max_length} tecken. Dela den."),
    "greater_than_equal": N_("”{name}” är för litet: minst {ge}."),
    "less_than_equal": N_("”{name}” är för stort: högst {le}."),
}


def _explain(model: type[BaseModel], key: Key, item: Any) -> tuple[str, dict[str, Any]]:
    name = next((str(part) for part in reversed(key) if isinstance(part, str)), "?")
    values: dict[str, Any] = {"name": name, "value": item.get("input"), **(item.get("ctx") or {})}
    kind = item["type"]
    if kind == "extra_forbidden":
        known = list(_fields(model, key[:-1]))
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        if near:
            return N_("Nyckeln ”{name}” finns inte. Menade du ”{near}”?"), {"name": name, "near": near[0]}
        return N_("Nyckeln ”{name}” finns inte här. Här kan stå: {known}."), {
            "name": name,
            "known": ", ".join(known) or "-",
        }
    if kind == "literal_error":
        values["expected"] = re.sub(r" or (?='[^']*'$)", ", ", str(values["expected"])).replace("'", "")
    if kind == "string_type" and isinstance(values["value"], dict):
        return N_("Raden har ett kolon som läses som en nyckel. Sätt citattecken om hela texten."), values
    if kind == "value_error":
        return N_("Det går inte ihop: {why}."), {"why": str(values.get("error", item["msg"]))}
    return _TEMPLATES.get(kind, N_("Värdet går inte att använda här ({why}).")), {
        **values,
        "why": item["msg"],
    }


def _fields(model: type[BaseModel], key: Key) -> Iterable[str]:
    """The keys that may stand at ``key``, found by walking the models' annotations."""
    annotation: Any = model
    for part in key:
        annotation = _model_in(annotation)
        if isinstance(part, str) and annotation is not None:
            known = annotation.model_fields.get(part)
            annotation = known.annotation if known else None
    found = _model_in(annotation)
    return found.model_fields if found else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is None:
        return None
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)
