"""One caller turn being put together: the lines so far and the state as it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from simulator.caller.errand import Errand
from simulator.caller.feelings import shaken
from simulator.caller.role import Role
from simulator.caller.state import By, Change, Reason, Reply, Spoken, State
from simulator.reading import Asked, Reading

QUOTE = 200
"""Longest stretch of a turn quoted as the cause of something."""


class Draft:
    """Mutable while a reply is made; nothing outside ``respond`` sees it."""

    def __init__(self, role: Role, state: State, reading: Reading) -> None:
        self.role, self.state, self.reading = role, state, reading
        self.policy = role.policy
        self.errand = Errand(role)
        self.lines: list[Spoken] = []
        self.reasons: list[Reason] = []
        self.changes: tuple[Change, ...] = ()
        self.end_reason = ""
        self.answered = False
        """Whether a question was answered in this turn."""
        self.puzzled = False
        """Whether a question was put that she could make nothing of."""
        self.moved_on = False
        """Whether this turn dealt with a point of the errand."""

    @property
    def quote(self) -> str:
        """The turn's own words, cut to a length fit for quoting."""
        return self.reading.turn[:QUOTE]

    @property
    def asked(self) -> list[Asked]:
        """What was really asked: likeness to an example counts for nothing where a move says otherwise."""
        return [asked for asked in self._candidates() if asked.p >= self.policy.limits.plain]

    @property
    def faintly_asked(self) -> list[Asked]:
        """What may have been asked: worth an answer where nothing else in the turn was understood."""
        limits = self.policy.limits
        return [asked for asked in self._candidates() if limits.guess <= asked.p < limits.plain]

    @property
    def asked_outright(self) -> list[Asked]:
        """What was asked in the form of a question."""
        return [asked for asked in self.asked if asked.evidence in self.reading.form.questions]

    def _candidates(self) -> list[Asked]:
        never = self._evidence(self.policy.not_asking)
        seldom = self._evidence(self.policy.seldom_asking)
        near = self.policy.limits.near
        return [
            asked
            for asked in self.reading.asked
            if not _within(asked.evidence, never) and (not _within(asked.evidence, seldom) or asked.p >= near)
        ]

    def _evidence(self, moves: Iterable[str]) -> set[str]:
        found = (self.reading.found(move) for move in moves)
        return {move.evidence for move in found if move and move.p >= self.policy.limits.offered}

    def set(self, **values: Any) -> None:
        """Change the state."""
        self.state = replace(self.state, **values)

    def room(self) -> bool:
        """Whether the turn is still short enough for one more line."""
        words = sum(len(line.text.split()) for line in self.lines)
        return len(self.lines) < self.policy.limits.lines and words < self.policy.limits.words

    def say(self, candidates: Iterable[Spoken], *, must: bool = False) -> bool:
        """Say the first candidate not yet said in this call; False if there is none, or no room."""
        if not must and not self.room():
            return False
        for spoken in candidates:
            if spoken.text not in self.state.used:
                self.lines.append(spoken)
                self.set(used=self.state.used | {spoken.text})
                return True
        return False

    def react(self, on: str) -> bool:
        """Say how this caller takes a move or an event."""
        return self.say(self.role.reactions(on))

    def react_as_herself(self, on: str) -> bool:
        """The same, in this scenario's own words only."""
        return self.say(self.role.own_reactions(on))

    def shake(self, event: str) -> None:
        """Let an event change what she feels."""
        self.state, changes = shaken(self.state, event, self.policy, self.quote)
        self.changes += changes

    def because(self, code: str, matter: str = "", move: str = "", evidence: str = "") -> None:
        """Note why something was said."""
        self.reasons.append(Reason(code, matter, move, evidence or self.quote))

    def end(self, by: By, reason: str, pools: Iterable[Iterable[Spoken]]) -> None:
        """Say last words and end the call."""
        any(self.say(pool, must=True) for pool in pools)
        self.set(ended=by)
        self.end_reason = reason

    def reply(self) -> Reply:
        """What was put together."""
        self.set(acts=tuple(dict.fromkeys(line.act for line in self.lines)))
        return Reply(tuple(self.lines), tuple(self.reasons), self.state.ended, self.end_reason)


def _within(part: str, wholes: set[str]) -> bool:
    """Whether a question is, or is part of, one of these sentences."""
    return any(part in whole for whole in wholes)
