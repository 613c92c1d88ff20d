"""Whether a turn dealt with a point of the errand: by a move that answers, or by words that speak of the point."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.caller.role import Role
from simulator.caller.state import State
from simulator.reading import MoveFound, Reading
from simulator.reading.form import begins_with_yes_or_no, sentences, words
from simulator.scenario.schema import ErrandPoint
from simulator.scenario.stems import EMPTY, EVERYDAY, stems


@dataclass(frozen=True)
class Answer:
    """What dealt with a point: the move (empty where none was heard) and the words."""

    move: str
    evidence: str


def answer_to(role: Role, state: State, reading: Reading, point: ErrandPoint) -> Answer | None:
    """What in the turn dealt with the point she has raised, if anything did.

    A question is no answer, nor is a word or two ("Jaha."), nor a sentence that rather does something else. An evasion
    undoes it, unless the turn also offers a way on; pressing, blaming or playing down undoes it even if heard faintly.
    Right after she has asked, any answer will do; later, or where the turn also takes up something else and the move is
    not heard plainly, the words must speak of the point. So must words in which no move was heard for sure.
    """
    policy = role.policy
    if spoiled(role, reading):
        return None
    moves = point.answered_by or policy.answers
    heard = reading.found(*moves)
    if heard and _stated(role, state, reading, heard.evidence) and not _does_rather(reading, heard, moves):
        plain = heard.p >= policy.limits.plainly_answered or not _busy(role, state, reading)
        fits = speaks_of(role, point, heard.evidence) or _just_what_was_asked(role, point, heard)
        if state.waiting == 0 and plain and not set(state.acts) & set(policy.tender):
            fits = True
        if fits and not _echoes(state, heard.evidence) and not _evaded(role, reading, heard):
            return Answer(heard.id, heard.evidence)
    if reading.form.questions or reading.heard("reflect") or reading.has(*policy.evades):
        return None  # words that lead up to a question are none
    for sentence in sentences(reading.turn):
        long = len(words(sentence)) >= policy.limits.statement
        told = long and _stated(role, state, reading, sentence) and speaks_of(role, point, sentence)
        if told and not _echoes(state, sentence):
            faint = [move.id for move in reading.moves if move.id in moves and move.evidence == sentence]
            return Answer(faint[0] if faint else "", sentence)
    return None


def spoiled(role: Role, reading: Reading) -> bool:
    """Whether pressing, blaming or playing down was heard, also if not for sure: no answer is taken in beside it."""
    heard = reading.heard(*role.policy.spoils)
    return heard is not None and heard.p >= role.policy.limits.spoiled


def answered_ahead(role: Role, state: State, reading: Reading) -> frozenset[str]:
    """The points not yet raised that the turn has dealt with all the same: their own words, in a move that answers."""
    points = role.scenario.errand[state.point + bool(state.raised) :]
    found = set()
    for point in points:
        heard = reading.found(*(point.answered_by or role.policy.answers))
        if heard and _stated(role, state, reading, heard.evidence) and _speaks_plainly_of(role, point, heard):
            found.add(point.id)
    return frozenset(found)


def _speaks_plainly_of(role: Role, point: ErrandPoint, heard: MoveFound) -> bool:
    """Whether an answer given unasked is to this point: several of its words, a rare one, or just what it asks for."""
    said = heard.evidence
    several = speaks_of(role, point, said, shared=2) or speaks_of(role, point, said, least=EVERYDAY)
    return several or _just_what_was_asked(role, point, heard)


def speaks_of(role: Role, point: ErrandPoint, said: str, shared: int = 1, least: int = EMPTY) -> bool:
    """Whether words share so many stems with what she says of the point, leaving out those too common (``least``)."""
    own = {stem for text in (*point.say, *point.again, *point.accept) for stem in role.telling(text, least)}
    return len(own & role.telling(said, least)) >= shared


def _just_what_was_asked(role: Role, point: ErrandPoint, heard: MoveFound) -> bool:
    """Whether the point asks for one thing in particular ("does he get to know?") and the move plainly does it."""
    return (
        heard.p >= role.policy.limits.plainly_answered
        and heard.id in role.policy.particular
        and heard.id in (point.answered_by or ())
    )


def _stated(role: Role, state: State, reading: Reading, sentence: str) -> bool:
    """Whether a sentence states something: no question, and more than a word or two unless it says yes or no."""
    if sentence.rstrip().endswith("?") or any(asked in sentence for asked in reading.form.questions):
        return False
    if len(words(sentence)) >= role.policy.limits.statement:
        return True
    return begins_with_yes_or_no(sentence) and state.waiting == 0 and "question" in state.acts


def _does_rather(reading: Reading, heard: MoveFound, moves: list[str]) -> bool:
    """Whether the sentence more likely does something that is no answer."""
    return any(m.p > heard.p and m.evidence == heard.evidence and m.id not in moves for m in reading.moves)


def _evaded(role: Role, reading: Reading, heard: MoveFound) -> bool:
    """Whether an evasion heard more plainly than the answer undoes it."""
    evasion = reading.found(*role.policy.evades)
    return evasion is not None and evasion.p >= heard.p - EVASION and not reading.has(*role.policy.way_on)


EVASION = 0.25
"""How much less plainly than the answer an evasion may be heard and still undo it."""


def _busy(role: Role, state: State, reading: Reading) -> bool:
    """Whether the turn takes up something besides the point: what was just told, or the call itself."""
    just_told = state.turn - state.touched_at <= 1
    return reading.has(*role.policy.answers_first) or (just_told and bool(reading.form.questions))


def _echoes(state: State, sentence: str) -> bool:
    """Whether most of what a sentence says was said by her. A yes or a no before it makes it an answer."""
    if begins_with_yes_or_no(sentence):
        return False
    said = {stem for text in state.used for stem in stems(text)}
    own = stems(sentence)
    return 2 * len(own & said) > len(own)
