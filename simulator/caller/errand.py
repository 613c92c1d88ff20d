"""The errand: which point is open, whether a turn dealt with it, and the words for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.caller.role import Role
from simulator.caller.state import Spoken, State
from simulator.reading import MoveFound, Reading
from simulator.scenario.schema import ErrandPoint


@dataclass(frozen=True)
class Errand:
    """The points of a role's errand, looked at in a state."""

    role: Role

    def current(self, state: State) -> ErrandPoint | None:
        """The point now due, or None when all are dealt with."""
        points = self.role.scenario.errand
        return points[state.point] if state.point < len(points) else None

    def open(self, state: State) -> bool:
        """Whether a point is left."""
        return self.current(state) is not None

    def point_id(self, state: State) -> str:
        """The current point's id, or nothing."""
        point = self.current(state)
        return point.id if point else ""

    def answered(self, state: State, reading: Reading) -> MoveFound | None:
        """The move that dealt with the point, for sure, if it was raised and the turn dealt with it.

        A question is no answer, nor is a sentence that rather does something else. An evasion in the
        same turn undoes the answer, unless the turn also offers a way on; pressing, blaming or playing
        down undoes it even if heard faintly.
        """
        policy, answers = self.role.policy, self._answers(state, reading)
        heard = reading.found(*answers)
        if heard is None or heard.evidence in reading.form.questions:
            return None
        said = [move for move in reading.moves if move.evidence == heard.evidence and move.id not in answers]
        if any(move.p > heard.p for move in said):
            return None  # the sentence does something else rather
        evaded = reading.has(*policy.evades) and not reading.has(*policy.way_on)
        return None if evaded else heard

    def half_answered(self, state: State, reading: Reading) -> bool:
        """Whether the turn may have dealt with the point, but was not heard for sure."""
        return not reading.form.questions and reading.heard(*self._answers(state, reading)) is not None

    def _answers(self, state: State, reading: Reading) -> list[str]:
        """The moves that would deal with the point; none if it was not raised or the turn spoils them."""
        point = self.current(state)
        if point is None or not state.raised or reading.heard(*self.role.policy.spoils):
            return []
        return point.answered_by or self.role.policy.answers

    def say(self, state: State) -> Iterable[Spoken]:
        """Ways to raise the current point."""
        return self._lines(state, "say", "act")

    def again(self, state: State) -> Iterable[Spoken]:
        """Ways to raise it once more."""
        return self._lines(state, "again", "again_act")

    def accept(self, state: State) -> Iterable[Spoken]:
        """Ways to take a fair answer; the shared bank's when her own are used up."""
        yield from self._lines(state, "accept", "accept_act")
        yield from self.role.reactions("accept")

    def _lines(self, state: State, part: str, act: str) -> Iterable[Spoken]:
        point = self.current(state)
        if point is None:
            return
        yield from self.role.worded(getattr(point, part), getattr(point, act), f"{point.id}:{part}")
