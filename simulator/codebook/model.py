"""The shared vocabulary, typed: moves, caller acts, strategies and the studies behind them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
PartName = Literal["opening", "listening", "asking", "informing", "helping", "closing"]
PARTS: tuple[PartName, ...] = ("opening", "listening", "asking", "informing", "helping", "closing")
Group = Literal["all", "money", "maintenance", "violence", "sickness", "child"]
Evidence = Literal["O+", "O-", "C", "S", "s", "G", "R", "I"]
RESTS_ON_INFERENCE = frozenset({"C", "I", "R"})
"""Codes that are no observation of the handler move itself (digest, section 6)."""


class Entry(BaseModel):
    """Base of the vocabulary's entries: unknown keys are errors, entries are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Entry):
    """A text shown to the user, in both languages of the interface."""

    sv: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def __getitem__(self, lang: str) -> str:
        return self.en if lang == "en" else self.sv


class Move(Entry):
    """What a handler does in a turn."""

    id: Id
    kind: Literal["good", "fault", "neutral"]
    sv: str
    en: str
    means: str
    examples: list[str]
    contrast: dict[Id, str] = Field(default_factory=dict, alias="not")


class Act(Entry):
    """What a caller's line does."""

    id: Id
    kind: Literal["service", "trouble", "danger", "child", "response", "frame"]
    sv: str
    en: str
    means: str


class Slot(Entry):
    """Where in the sequence a strategy is due. Exactly one form is used.

    ``after`` + ``within``: in answer to one of these caller acts, within so many handler turns.
    ``with``: in every turn that makes one of these moves. ``before``: earlier than, or in, the first
    turn that makes one of these moves. ``at``: the first or the last two handler turns. ``call`` +
    ``when``: once for the whole call, if the caller did one of ``when``. ``prior``: the handler turn
    that brought the act counts too (asking about danger brings the danger out). ``most``: no more
    opportunities than this in a call, where doing it every time would be pressing.
    """

    after: list[Id] | None = None
    within: Annotated[int, Field(ge=1, le=5)] = 1
    prior: bool = False
    most: Annotated[int, Field(ge=1)] | None = None
    with_: list[Id] | None = Field(default=None, alias="with")
    before: list[Id] | None = None
    at: Literal["opening", "closing"] | None = None
    call: bool = False
    when: list[Id] | None = None

    @property
    def forms(self) -> list[str]:
        """The names of the forms in use; a well-made slot has one."""
        given = {
            "after": self.after,
            "with": self.with_,
            "before": self.before,
            "at": self.at,
            "call": self.call,
        }
        return [name for name, value in given.items() if value]


class Strategy(Entry):
    """Something the studies say is worth doing, the slot where it is due, and what shows it."""

    id: Id
    group: Group
    part: PartName
    slot: Slot
    met_by: list[Id]
    broken_by: list[Id]
    name: Text
    explanation: Text
    better: Text
    sources: Annotated[list[Id], Field(min_length=1)]
    evidence: Annotated[list[Evidence], Field(min_length=1)]

    @property
    def inferred(self) -> bool:
        """True where no study or guidance shows the handler move itself."""
        return RESTS_ON_INFERENCE.issuperset(self.evidence)


class Study(Entry):
    """A reference, with how much of it was seen when the digest was made."""

    id: Id
    authors: str | None = None
    year: int | None = None
    title: str | None = None
    venue: str | None = None
    data: Text | None = None
    finding: Text
    url: str
    setting: Literal["own-agency", "sibling", "guidance", "law"]
    seen: Literal["excerpt", "partial"]

    @property
    def short(self) -> str:
        """Author and year; the title or the journal where the author was not seen."""
        who = self.authors or self.title or self.venue or self.id
        return f"{who} ({self.year})" if self.year else who


class MoveFile(Entry):
    """``moves.yaml``."""

    version: int
    moves: list[Move]


class ActFile(Entry):
    """``acts.yaml``."""

    version: int
    acts: list[Act]


class StrategyFile(Entry):
    """``strategies.yaml``."""

    version: int
    strategies: list[Strategy]


class StudyFile(Entry):
    """``studies.yaml``."""

    version: int
    studies: list[Study]
