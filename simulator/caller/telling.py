"""Telling, denying, hedging and holding back: what a decision about a hidden matter becomes in words."""

from __future__ import annotations

from simulator.caller.draft import Draft
from simulator.caller.ladder import Decision
from simulator.caller.state import Spoken
from simulator.scenario import Hidden, Step


def tender(draft: Draft) -> bool:
    """Whether something was said, now or in her turn before, that needs room around it."""
    said = {line.act for line in draft.lines} | set(draft.state.acts)
    return bool(said.intersection(draft.policy.tender)) or draft.reading.has(*draft.policy.tender_moves)


def act_on(draft: Draft, decision: Decision) -> None:
    """Tell, deny, hedge, hold back or say that it is all told, and remember it."""
    matter = decision.matter
    if decision.hedged:
        _say_of(draft, matter, "hedge", "hedge")
    if decision.outcome == "tell" and decision.step:
        said = _tell(draft, matter, decision.step, passing=decision.reason.code == "in-passing")
    elif decision.outcome == "done":
        said = not draft.lines and draft.react("told-all")
    elif decision.outcome == "hold":
        said = _say_of(draft, matter, "hold", "holds-back")
        draft.set(touched="", ajar="")
    else:
        said = _say_of(draft, matter, decision.outcome, decision.outcome) or draft.react("pressed")
        draft.set(ajar=matter.id)
    if said:
        draft.reasons.append(decision.reason)


def _tell(draft: Draft, matter: Hidden, step: Step, *, passing: bool) -> bool:
    lines = draft.role.shuffled(step.say, f"{matter.id}:{step.id}")
    if not draft.say([Spoken(text, step.act, matter.id, step.id) for text in lines], must=True):
        return False
    turn = draft.state.turn
    rungs = draft.state.rungs | {matter.id: draft.state.rungs.get(matter.id, 0) + 1}
    draft.set(rungs=rungs, touched=matter.id, touched_at=turn, ajar="")
    if passing:
        draft.set(told_free_at=turn)
    draft.shake(step.act)
    return True


def _say_of(draft: Draft, matter: Hidden, part: str, act: str) -> bool:
    return draft.say(draft.role.worded(getattr(matter, part), act, f"{matter.id}:{part}"))
