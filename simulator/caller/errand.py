"""The errand: which point is open, whether a turn dealt with it, and the words for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.caller.role import Role
from simulator.caller.state import Spoken, State
from simulator.reading import MoveFound, Reading
from simulator.reading.form import sentences, words
from simulator.scenario.schema import ErrandPoint
from simulator.scenario.stems import EMPTY, stems


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
        """The move that dealt with the point, if it was raised and the turn dealt with it.

        A question is no answer, nor is a sentence that rather does something else. An evasion in the
        same turn undoes the answer, unless the turn also offers a way on; pressing, blaming or playing
        down undoes it even if heard faintly. Where the turn also takes up something else, a move not heard
        plainly must speak of the point; a move heard faintly may do, if it does.
        """
        policy, answers = self.role.policy, self._answers(state, reading)
        heard = reading.found(*answers)
        faint = reading.heard(*answers)
        if (
            heard is None
            and faint
            and self.speaks_of_it(state, faint.evidence)
            and not reading.has("reflect")
        ):
            heard = faint
        if heard and heard.p < policy.limits.plainly_answered and self._busy(state, reading):
            heard = heard if self.speaks_of_it(state, heard.evidence) else None
        if heard is None or any(heard.evidence.startswith(asked) for asked in reading.form.questions):
            return None
        said = [move for move in reading.moves if move.evidence == heard.evidence and move.id not in answers]
        if any(move.p > heard.p for move in said):
            return None  # the sentence does something else rather
        evaded = reading.has(*policy.evades) and not reading.has(*policy.way_on)
        return None if evaded else heard

    def speaks_of_it(self, state: State, said: str) -> bool:
        """Whether words share something telling with what she has said of the point."""
        point = self.current(state)
        if point is None:
            return False
        own = {stem for text in (*point.say, *point.again) for stem in self.role.telling(text, EMPTY)}
        return bool(own & self.role.telling(said, EMPTY))

    def stated(self, state: State, reading: Reading) -> str:
        """A sentence of the turn that speaks of the point and is no question; empty if there is none.

        Taken as an answer where no move was heard: people answer in more ways than a reader knows. Her own
        words said back to her are none.
        """
        if (
            not self._answers(state, reading)
            or reading.heard("reflect")
            or reading.has(*self.role.policy.evades)
        ):
            return ""
        for sentence in sentences(reading.turn):
            asks = any(asked in sentence for asked in reading.form.questions)
            long_enough = len(words(sentence)) >= self.role.policy.limits.statement
            if (
                long_enough
                and not asks
                and self.speaks_of_it(state, sentence)
                and not self._echoes(state, sentence)
            ):
                return sentence
        return ""

    def _echoes(self, state: State, sentence: str) -> bool:
        """Whether most of what a sentence says was said by her."""
        said = {stem for text in state.used for stem in stems(text)}
        own = stems(sentence)
        return 2 * len(own & said) > len(own)

    def _busy(self, state: State, reading: Reading) -> bool:
        """Whether the turn takes up something besides the point: what was just told, or the call itself."""
        just_told = state.turn - state.touched_at <= 1
        return reading.has(*self.role.policy.answers_first) or (just_told and bool(reading.form.questions))

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
