"""What a reader finds in a handler's turn, and the protocol every reader follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class MoveFound:
    """A move heard in a turn: its probability, the sentence that shows it, and whether it is unsure."""

    id: str
    p: float
    evidence: str
    unsure: bool = False


@dataclass(frozen=True)
class Asked:
    """Something the turn asks about: a topic's id, how alike the wording is (0-1), and the words."""

    topic: str
    p: float
    evidence: str


@dataclass(frozen=True)
class Form:
    """What can be seen in the turn's form without a model. See ``simulator.reading.form``."""

    words: int = 0
    empty: bool = False
    nonsense: bool = False
    english: bool = False
    greeting: bool = False
    robot: bool = False
    abuse: bool = False
    questions: tuple[str, ...] = ()
    open: bool = False
    offer: bool = False


@dataclass(frozen=True)
class Reading:
    """One handler turn, read: moves, topics asked about, form, and which reader read it."""

    turn: str
    moves: tuple[MoveFound, ...] = ()
    asked: tuple[Asked, ...] = ()
    form: Form = Form()
    version: str = ""

    def found(self, *ids: str) -> MoveFound | None:
        """The likeliest of these moves that was found for sure, if any."""
        sure = [m for m in self.moves if m.id in ids and not m.unsure]
        return max(sure, key=lambda m: m.p, default=None)

    def heard(self, *ids: str) -> MoveFound | None:
        """The likeliest of these moves that was found at all, also if unsure."""
        return max((m for m in self.moves if m.id in ids), key=lambda m: m.p, default=None)

    def has(self, *ids: str) -> bool:
        """Whether any of these moves was found for sure."""
        return self.found(*ids) is not None

    def as_data(self) -> dict[str, Any]:
        """Plain data for the store; ``from_data`` makes the same reading of it."""
        return {
            "moves": [[m.id, m.p, m.evidence, m.unsure] for m in self.moves],
            "asked": [[a.topic, a.p, a.evidence] for a in self.asked],
            "form": vars(self.form) | {"questions": list(self.form.questions)},
            "version": self.version,
        }

    @classmethod
    def from_data(cls, turn: str, data: dict[str, Any]) -> Reading:
        """The reading that ``as_data`` described."""
        form = data["form"]
        return cls(
            turn,
            tuple(MoveFound(*move) for move in data["moves"]),
            tuple(Asked(*asked) for asked in data["asked"]),
            Form(**(form | {"questions": tuple(form["questions"])})),
            data["version"],
        )


@dataclass(frozen=True)
class Topic:
    """Something a caller can be asked about, with ways of asking. ``known``: this caller has an answer."""

    id: str
    phrasings: tuple[str, ...]
    known: bool = True


class Reader(Protocol):
    """Reads a handler's turn. A reader is deterministic: same words, same reading."""

    @property
    def version(self) -> str:
        """Names the reader and its weights; kept with every reading."""

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        """Read one turn.

        Args:
            turn: everything the handler said, any text.
            before: the caller's line just before, or empty.
            topics: what may be asked about in this call.
        """
