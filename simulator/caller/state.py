"""The caller's state: what she feels, what she has told, what she still wants. Never changed in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Change:
    """A change of state with its cause: the move and the handler's own words, or an event."""

    quantity: str
    before: float
    after: float
    cause: str
    evidence: str


@dataclass(frozen=True)
class Reason:
    """Why she said what she said: a code, the matter it concerns, the move and words behind it."""

    code: str
    matter: str = ""
    move: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Spoken:
    """One line the caller says, with its act and the rung of a ladder it is, if it is one."""

    text: str
    act: str
    matter: str = ""
    step: str = ""


By = Literal["caller", "handler"]


@dataclass(frozen=True)
class Reply:
    """The caller's turn."""

    lines: tuple[Spoken, ...]
    reasons: tuple[Reason, ...] = ()
    ended: By | None = None
    end_reason: str = ""

    @property
    def text(self) -> str:
        """All lines as one turn."""
        return " ".join(line.text for line in self.lines)

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts performed, in order."""
        return tuple(dict.fromkeys(line.act for line in self.lines))


@dataclass(frozen=True)
class State:
    """Everything the next reply depends on besides the turn just read.

    ``trust``, ``distress``, ``understanding``, ``patience``: 0-1. ``point``: index of the errand point
    now open; ``raised``: it has been said; ``waiting``: handler turns since then. ``rungs``: steps told
    of each hidden matter. ``touched``: the matter last told of, and ``touched_at`` the turn.
    ``ajar``: a matter just denied or hedged, which one fitting follow-up may open. ``told_free_at``: turn
    of the last hint let fall unasked. ``ahead``: errand points answered before she had raised them.
    ``overcome``: her speech has broken down once. ``lost_at``: the errand point of which she has said that
    she did not take the answer in.
    """

    turn: int = 0
    trust: float = 0.0
    distress: float = 0.0
    understanding: float = 0.0
    patience: float = 0.0
    point: int = 0
    raised: bool = False
    waiting: int = 0
    rungs: dict[str, int] = field(default_factory=dict)
    touched: str = ""
    touched_at: int = -99
    ajar: str = ""
    told_free_at: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    acts: tuple[str, ...] = ()
    abused: bool = False
    overcome: bool = False
    lost_at: int = -1
    ahead: frozenset[str] = frozenset()
    closing: bool = False
    ended: By | None = None
