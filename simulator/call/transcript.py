"""What was said in a call, turn by turn: all that grading needs, whether played here or read from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from simulator.caller import Change, Reason, Reply, Spoken
from simulator.reading import Reading

EndedBy = Literal["caller", "handler", "left", ""]
"""``left``: the trainee left the call or input ended; empty: the call goes on."""


@dataclass(frozen=True)
class Exchange:
    """One handler turn as it was read, and the caller's answer to it with the changes it made."""

    reading: Reading
    reply: Reply
    changes: tuple[Change, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Plain data for the store."""
        reply = self.reply
        return {
            "reading": self.reading.as_data(),
            "lines": [[line.text, line.act, line.matter, line.step] for line in reply.lines],
            "reasons": [[r.code, r.matter, r.move, r.evidence] for r in reply.reasons],
            "ended": [reply.ended, reply.end_reason],
            "changes": [[c.quantity, c.before, c.after, c.cause, c.evidence] for c in self.changes],
        }

    @classmethod
    def from_data(cls, turn: str, data: dict[str, Any]) -> Exchange:
        """The exchange that ``as_data`` described."""
        ended, reason = data["ended"]
        lines = tuple(Spoken(*line) for line in data["lines"])
        reply = Reply(lines, tuple(Reason(*r) for r in data["reasons"]), ended, reason)
        changes = tuple(Change(*change) for change in data["changes"])
        return cls(Reading.from_data(turn, data["reading"]), reply, changes)


@dataclass(frozen=True)
class Transcript:
    """All exchanges in order. Handler turn n and the caller's reply to it have number n, from 1."""

    exchanges: tuple[Exchange, ...] = ()
    ended_by: EndedBy = ""
    end_reason: str = ""
    last_words: Reply | None = None
    """The caller's words after the handler ended the call outside any turn."""
