"""The errand: which point is open, whether a turn dealt with it, and the words for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.caller.answers import Answer, answer_to, spoiled
from simulator.caller.role import Role
from simulator.caller.state import Spoken, State
from simulator.reading import Reading
from simulator.scenario.schema import ErrandPoint


@dataclass(frozen=True)
class Errand:
    """The points of a role's errand, looked at in a state."""

    role: Role

    def current(self, state: State) -> ErrandPoint | None:
        """The point now due, or None when all are dealt with."""
        points = self.role.scenario.errand
        return points[state.point] if state.point < len(points) else None

    def next_after(self, state: State) -> int:
        """The place of the next point, past those that have been answered ahead of being raised."""
        points = self.role.scenario.errand
        rest = range(state.point + 1, len(points))
        return next((place for place in rest if points[place].id not in state.ahead), len(points))

    def open(self, state: State) -> bool:
        """Whether a point is left."""
        return self.current(state) is not None

    def point_id(self, state: State) -> str:
        """The current point's id, or nothing."""
        point = self.current(state)
        return point.id if point else ""

    def answered(self, state: State, reading: Reading) -> Answer | None:
        """What dealt with the current point, if it was raised and the turn dealt with it."""
        point = self.current(state)
        return answer_to(self.role, state, reading, point) if point and state.raised else None

    def half_answered(self, state: State, reading: Reading) -> bool:
        """Whether the turn may have dealt with the point, but was not heard for sure."""
        point = self.current(state)
        if point is None or not state.raised or reading.form.questions or spoiled(self.role, reading):
            return False
        return reading.heard(*(point.answered_by or self.role.policy.answers)) is not None

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
