"""A call as a fold over its turns: same scenario, seed, reader and turns - the same call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulator.call.transcript import EndedBy, Exchange, Transcript
from simulator.caller import Reply, Role, State, leave, policy, respond
from simulator.codebook import codebook
from simulator.reading import Reader, Reading
from simulator.scenario import Loaded


@dataclass(frozen=True)
class Call:
    """A call so far. Never changed: every step returns a new one, so taking back is keeping an old one."""

    role: Role
    states: tuple[State, ...]
    exchanges: tuple[Exchange, ...] = ()
    ended_by: EndedBy = ""
    end_reason: str = ""
    last_words: Reply | None = None

    @property
    def before(self) -> str:
        """The caller's last turn, or nothing at the opening."""
        return self.exchanges[-1].reply.text if self.exchanges else ""

    @property
    def state(self) -> State:
        """The caller's state now."""
        return self.states[-1]

    @property
    def transcript(self) -> Transcript:
        """The call as grading sees it."""
        return Transcript(self.exchanges, self.ended_by, self.end_reason, self.last_words)

    def read(self, turn: str, reader: Reader) -> Reading:
        """Read a turn where this call now stands."""
        return reader.read(turn, self.before, self.role.topics)

    def hear(self, reading: Reading) -> Call:
        """The caller answers a turn. Raises ValueError if the call has ended."""
        if self.ended_by:
            raise ValueError("the call has ended")
        state, reply, changes = respond(self.role, self.state, reading)
        return replace(
            self,
            states=(*self.states, state),
            exchanges=(*self.exchanges, Exchange(reading, reply, changes)),
            ended_by=reply.ended or "",
            end_reason=reply.end_reason,
        )

    def back(self, turns: int) -> Call:
        """The call as it was that many handler turns ago; also opens an ended call again.

        Raises:
            ValueError: fewer turns than that have been taken, or the number is not positive.
        """
        if not 1 <= turns <= len(self.exchanges):
            raise ValueError(turns)
        kept = len(self.exchanges) - turns
        return Call(self.role, self.states[: kept + 1], self.exchanges[:kept])

    def finish(self) -> Call:
        """The handler ends the call; the caller says her last words. Raises ValueError if it has ended."""
        if self.ended_by:
            raise ValueError("the call has ended")
        if not self.exchanges:
            return replace(self, ended_by="left", end_reason="at-once")
        _state, reply = leave(self.role, self.state)
        return replace(self, ended_by="handler", end_reason=reply.end_reason, last_words=reply)

    def abandon(self) -> Call:
        """The trainee leaves, or input ends: nothing more is said and the last slot is not judged."""
        return self if self.ended_by else replace(self, ended_by="left", end_reason="left")


def begin(loaded: Loaded, seed: int) -> Call:
    """A call about to be answered."""
    book = codebook().without(exempt.strategy for exempt in loaded.scenario.exempt)
    role = Role(loaded.scenario, loaded.common, policy(), book, seed)
    return Call(role, (role.start(),))


def replay(loaded: Loaded, seed: int, readings: Iterable[Reading]) -> Call:
    """Play stored readings again, up to the end of the call or of the readings."""
    call = begin(loaded, seed)
    for reading in readings:
        if call.ended_by:
            break
        call = call.hear(reading)
    return call
