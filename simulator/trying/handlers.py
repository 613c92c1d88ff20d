"""The scripted handlers and their phrases as typed data (``handlers.yaml``, ``phrases.yaml``)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.codebook import codebook
from simulator.codebook.load import known_or
from simulator.codebook.model import Id, Text
from simulator.sourcefile import Problem, SourceError, read_source, validate

_FOLDER = Path(__file__).parent
EVENTS = ("off-topic", "nonsense", "english", "robot", "abuse")
"""What a handler may do besides moves, with phrases of its own; silence needs none."""

Share = Annotated[float, Field(ge=0, le=1)]
Stray = Literal["good", "neutral", "fault", "event"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Handler(_Data):
    """How a scripted handler takes a call: see the comments in ``handlers.yaml``."""

    id: Id
    name: Text
    turns: Annotated[int, Field(ge=2, le=79)]
    meets: Share
    answers: Share
    pursues: Share
    asks: Share
    tilts: Share
    facts: Annotated[tuple[int, int], Field(strict=False)]
    strays: Share
    strays_to: list[Stray]
    habits: dict[Id, Share]
    bare: Share
    closing: Annotated[list[list[Id]], Field(min_length=1)]


class HandlerFile(_Data):
    """``handlers.yaml``."""

    version: int
    handlers: Annotated[list[Handler], Field(min_length=1)]

    @model_validator(mode="after")
    def _least_before_most(self) -> HandlerFile:
        for handler in self.handlers:
            if handler.facts[0] > handler.facts[1]:
                raise ValueError(f"{handler.id}: facts: least is more than most")
        return self


class PhraseFile(_Data):
    """``phrases.yaml``: phrases by the move they make."""

    version: int
    phrases: dict[Id, Annotated[list[str], Field(min_length=1)]]


@cache
def handlers() -> dict[str, Handler]:
    """The scripted handlers by id, in the order of the file. Raises SourceError."""
    source = read_source(_FOLDER / "handlers.yaml")
    found = validate(source, HandlerFile).handlers
    problems: list[Problem] = []
    for number, handler in enumerate(found):
        for move in (*handler.habits, *(move for turn in handler.closing for move in turn)):
            known_or(source, ("handlers", number), move, phrases(), problems)
    if problems:
        raise SourceError(problems)
    return {handler.id: handler for handler in found}


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Phrases by move or event. Raises SourceError."""
    source = read_source(_FOLDER / "phrases.yaml")
    found = validate(source, PhraseFile).phrases
    problems: list[Problem] = []
    for move in found:
        known_or(source, ("phrases", move), move, (*codebook().moves, *EVENTS), problems)
    if problems:
        raise SourceError(problems)
    return {move: tuple(texts) for move, texts in found.items()}


_TURNED = {
    "jag": "du", "mig": "dig", "mej": "dig", "min": "din", "mitt": "ditt", "mina": "dina", "vi": "ni",
    "oss": "er", "vår": "er", "vårt": "ert", "våra": "era",
}  # fmt: skip
_OWN = re.compile(rf"\b({'|'.join(_TURNED)})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?…]+")


def echo(line: str) -> str:
    """The caller's last whole sentence as the other party would say it back: "jag" becomes "du"."""
    parts = [part.strip(" ,–-”\"'") for part in _SENTENCE.findall(line)]
    whole = [part for part in parts if len(part.split()) > 2] or parts or [line]
    turned = _OWN.sub(lambda found: _TURNED[found[0].casefold()], whole[-1])
    return turned[:1].lower() + turned[1:]
