"""When a hidden matter is told: the gate between what the handler does and the next rung.

Rules from the call studies (digest E4): the next increment is held until the handler does more than
"mm"; a no-tilted question gets a no even when the truth is yes; a neutral question that comes too early
gets a hedge; a plain no is not final - one fitting follow-up may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from simulator.caller.role import NO_ANSWER, Role
from simulator.caller.state import Reason, State
from simulator.reading import MoveFound, Reading
from simulator.scenario import Hidden, Step

How = Literal["", "tilted", "question", "receipt"]
Outcome = Literal["tell", "deny", "hedge", "hold", "done"]


@dataclass(frozen=True)
class Decision:
    """What she does about a hidden matter this turn, and why.

    ``leaps``: asked straight, and trusting enough, she tells one rung more in the same breath.
    ``hedged``: asked straight before any hint, she is vague and lets the hint fall. ``receipt``: nothing
    was asked; she goes on because what she told was taken up. Outcome ``done``: it is told to its end.
    """

    outcome: Outcome
    matter: Hidden
    step: Step | None
    reason: Reason
    leaps: bool = False
    receipt: bool = False
    hedged: bool = False


@dataclass(frozen=True)
class _Approach:
    """How a turn comes near a matter. ``meant``: it asks straight at this one, or names what was told of it."""

    how: How
    aimed: bool
    move: str = ""
    evidence: str = ""
    concrete: bool = False
    meant: bool = False


def next_step(matter: Hidden, state: State) -> Step | None:
    """The first rung not yet told, or None at the top."""
    told = state.rungs.get(matter.id, 0)
    return matter.steps[told] if told < len(matter.steps) else None


def recently_touched(matter: Hidden, state: State, role: Role) -> bool:
    """Whether something of this matter was told so lately that the handler may still take it up."""
    return matter.id == state.touched and state.turn - state.touched_at <= role.policy.limits.touched


def decide(role: Role, state: State, reading: Reading) -> Decision | None:
    """The gate. ``state`` is the state after the turn's effects; None: no matter is concerned."""
    chill = reading.found(*role.policy.chills)
    if chill and chill.p < role.policy.limits.harsh:
        chill = None  # a misreading must not shut her up
    for matter, approach in _nearest(role, state, reading):
        step = next_step(matter, state)
        if step is None:
            if approach.meant:  # what was meant for it opens nothing else
                done = Reason("told-all", matter.id, approach.move, approach.evidence)
                return None if approach.how == "receipt" else Decision("done", matter, None, done)
            continue
        reason = Reason("", matter.id, approach.move, approach.evidence)
        if approach.how == "tilted":
            return Decision("deny", matter, None, replace(reason, code="denied-tilted"))
        if not approach.aimed and not state.rungs.get(matter.id, 0) and state.ajar != matter.id:
            continue  # an invitation to tell of the errand is no interest in what has not been hinted at
        if chill:
            if recently_touched(matter, state, role):
                return _held(matter, chill)
            continue
        if _opens(role, state, matter, step, approach):
            code = "opened-follow-up" if state.ajar == matter.id else "opened"
            leaps = approach.aimed and state.trust >= role.policy.leap
            hedged = approach.aimed and step.gate == "free" and matter.kind in role.policy.concrete
            receipt = approach.how == "receipt"
            reason = replace(reason, code=code)
            return Decision("tell", matter, step, reason, leaps and not hedged, receipt, hedged)
        if approach.how == "question" and (approach.aimed or state.rungs.get(matter.id, 0) > 0):
            return Decision("hedge", matter, None, replace(reason, code="too-early"))
    if chill:
        for matter in role.scenario.hidden:
            if recently_touched(matter, state, role) and next_step(matter, state):
                return _held(matter, chill)
    return None


def _held(matter: Hidden, chill: MoveFound) -> Decision:
    return Decision("hold", matter, None, Reason("held-back", matter.id, chill.id, chill.evidence))


def let_fall(role: Role, state: State, reading: Reading) -> Decision | None:
    """A hint said in passing, unasked: the next rung, where its gate is free and nothing has shut her up."""
    limits = role.policy.limits
    if state.trust < role.policy.gates["free"] or reading.has(*role.policy.chills):
        return None
    if state.turn - state.told_free_at < limits.free_pause or reading.has(*role.policy.answers_first):
        return None
    understood = any(asked.topic in role.facts for asked in reading.asked)
    kinds = {role.book.moves[move.id].kind for move in reading.moves if not move.unsure}
    if not understood and not kinds.intersection(("good", "neutral")):
        return None
    waiting = [(matter, step) for matter in role.scenario.hidden if (step := next_step(matter, state))]
    free = [(matter, step) for matter, step in waiting if step.gate == "free"]
    if not free:
        return None
    matter, step = min(free, key=lambda pair: state.rungs.get(pair[0].id, 0))
    return Decision("tell", matter, step, Reason("in-passing", matter.id))


def named_matter(role: Role, state: State, reading: Reading) -> str:
    """The matter whose told lines share most telling words with the turn, if one does more than the others.

    Words of talk in general, and words that lines told of another matter share, tell nothing.
    """
    stems: dict[str, set[str]] = {}
    for matter in role.scenario.hidden:
        told = matter.steps[: state.rungs.get(matter.id, 0)]
        said = [text for step in told for text in step.say if text in state.used]
        stems[matter.id] = {stem for text in said for stem in role.telling(text)}
    turn = role.telling(reading.turn)
    score = {
        name: len((own & turn) - set().union(*(other for key, other in stems.items() if key != name)))
        for name, own in stems.items()
    }
    best = max(score, key=lambda name: score[name], default="")
    return best if best and score[best] > 0 and list(score.values()).count(score[best]) == 1 else ""


def _opens(role: Role, state: State, matter: Hidden, step: Step, approach: _Approach) -> bool:
    need = step.trust if step.trust is not None else role.policy.gates[step.gate]
    if state.ajar == matter.id:
        need -= role.policy.follow_up
    if state.trust < need or _label_only(role, matter, step, approach):
        return False
    return step.gate in ("free", "receipt") or approach.how == "question"


def _label_only(role: Role, matter: Hidden, step: Step, approach: _Approach) -> bool:
    """A straight question that names no act, put while only hints have been told."""
    wanted = role.policy.concrete.get(matter.kind)
    return bool(wanted) and approach.aimed and step.gate in ("free", "receipt") and not approach.concrete


def _nearest(role: Role, state: State, reading: Reading) -> Iterator[tuple[Hidden, _Approach]]:
    """Matters the turn comes near: the one aimed at first, then the one named, then the one just touched."""
    named = named_matter(role, state, reading)
    found = [(matter, _approach(role, state, reading, matter, named)) for matter in role.scenario.hidden]
    near = [(matter, approach) for matter, approach in found if approach.how]

    def rank(pair: tuple[Hidden, _Approach]) -> tuple[bool, bool, bool]:
        matter, approach = pair
        return (not approach.aimed, matter.id != named, not recently_touched(matter, state, role))

    yield from sorted(near, key=rank)


def _approach(role: Role, state: State, reading: Reading, matter: Hidden, named: str) -> _Approach:
    policy = role.policy
    touched = matter.id == named or (not named and recently_touched(matter, state, role))
    elsewhere = any(recently_touched(m, state, role) for m in role.scenario.hidden if m.id != matter.id)
    general = () if elsewhere else policy.families[matter.kind]  # "how are you?" follows what was just told
    straight_at = {matter.id, *(f"{NO_ANSWER}{family}" for family in general)}
    plainly = [asked for asked in reading.asked if asked.p >= policy.limits.plain]
    straight = next((asked for asked in plainly if asked.topic in straight_at), None)
    aimed = reading.found(*policy.aimed[matter.kind])
    tilt = reading.found(*policy.tilts)
    if tilt and (aimed or straight or (touched and _tilts_what_was_told(role, reading, matter))):
        return _Approach("tilted", True, tilt.id, tilt.evidence)
    concrete = reading.heard(*policy.concrete.get(matter.kind, [])) is not None
    meant = (straight is not None and straight.topic == matter.id) or matter.id == named
    if aimed:
        return _Approach("question", True, aimed.id, aimed.evidence, concrete, meant)
    if straight:
        return _Approach("question", True, "", straight.evidence, True, meant)
    asks = reading.found(*policy.near[matter.kind].question)
    taken_up = reading.heard(*policy.pursues) if touched else None
    if not asks and taken_up and taken_up.p >= policy.limits.pursued:
        asks = taken_up
    if not asks and matter.id == named and reading.form.questions and not _asks_for_a_fact(role, reading):
        asks = reading.heard("ask-facts")  # a question about the very thing that was told
    if asks:
        return _Approach("question", False, asks.id, asks.evidence, meant=meant)
    receives = reading.heard(*policy.near[matter.kind].receipt)
    if receives and (touched or state.ajar == matter.id):
        return _Approach("receipt", False, receives.id, receives.evidence, meant=meant)
    touching = {fact.id for fact in role.scenario.facts if fact.opens == matter.id}
    fresh = {fact for fact in touching if state.asked.get(fact, 0) <= 1}  # asking again opens nothing more
    nearby = next((asked for asked in plainly if asked.topic in fresh), None)
    if nearby:
        return _Approach("receipt", False, "", nearby.evidence)
    return _Approach("", False)


def _tilts_what_was_told(role: Role, reading: Reading, matter: Hidden) -> bool:
    """Whether a question built for a no is about what was just told, and not about something else by name.

    Playing a thing down without asking is no question: it chills, and gets no no.
    """
    policy = role.policy
    if not reading.has("denial-tilt"):
        return False
    elsewhere = [move for kind, moves in policy.aimed.items() if kind != matter.kind for move in moves]
    return not _asks_for_a_fact(role, reading, matter.id) and not reading.has(*elsewhere)


def _asks_for_a_fact(role: Role, reading: Reading, but: str = "") -> bool:
    """Whether a fact is plainly asked for, other than one that opens the matter ``but``."""
    facts = {fact.id for fact in role.scenario.facts if not but or fact.opens != but}
    return any(asked.topic in facts and asked.p >= role.policy.limits.plain for asked in reading.asked)
