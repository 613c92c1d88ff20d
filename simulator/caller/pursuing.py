"""The errand pursued: taking an answer, raising the next point, coming back to what was not answered."""

from __future__ import annotations

from simulator.caller.answers import answered_ahead
from simulator.caller.draft import Draft
from simulator.caller.ladder import Decision
from simulator.caller.telling import tender


def settle_errand(draft: Draft) -> None:
    """Take an answer to the open point, before anything else is told."""
    draft.set(ahead=draft.state.ahead | answered_ahead(draft.role, draft.state, draft.reading))
    state = draft.state
    heard = draft.errand.answered(state, draft.reading)
    if heard and _lost(draft):
        draft.react("lost")
        draft.set(lost_at=state.point, waiting=-1)  # she is still asking when the turn is over
    elif heard:
        draft.because("answered", draft.errand.point_id(state), heard.move, heard.evidence)
        draft.say(draft.errand.accept(state))
        draft.set(point=draft.errand.next_after(draft.state), raised=False, waiting=0)
        draft.moved_on = True


def move_errand_on(draft: Draft, decision: Decision | None) -> None:
    """Raise the next point, or bring the talk back to what was not answered."""
    state, limits = draft.state, draft.policy.limits
    told = decision.step if decision and decision.outcome == "tell" else None
    answered_first = draft.reading.has(*draft.policy.answers_first) and bool(draft.lines)
    if not draft.errand.open(state):
        return
    if draft.moved_on:
        if not told and len(draft.lines) < 2 and not tender(draft):
            raise_point(draft)
        return
    draft.set(waiting=state.waiting + 1)
    if tender(draft) or answered_first or (told and told.gate != "free"):
        return
    long_since = draft.state.waiting >= limits.wait and draft.room()
    if state.raised and long_since and not told:
        bring_back(draft)
    elif not state.raised and (long_since or (not draft.lines and _has_the_floor(draft))):
        raise_point(draft)


def _lost(draft: Draft) -> bool:
    """Whether she takes no more in: told once a point, and never of an answer in plain words."""
    state = draft.state
    plain = draft.reading.heard("plain-words")
    return state.understanding <= draft.policy.limits.lost and state.lost_at != state.point and not plain


def raise_point(draft: Draft) -> None:
    """Say the errand point that is next."""
    if draft.errand.open(draft.state) and draft.say(draft.errand.say(draft.state)):
        draft.set(raised=True, waiting=0)


def bring_back(draft: Draft) -> None:
    """The errand has waited too long: she says it again in other words."""
    draft.shake("unanswered")
    if draft.say(draft.errand.again(draft.state)) or draft.react("returns"):
        draft.because("unanswered", draft.errand.point_id(draft.state))
    draft.set(waiting=0)


def _has_the_floor(draft: Draft) -> bool:
    """Whether the turn leaves the floor to her without a question of its own to answer."""
    reading = draft.reading
    if reading.has("invite-more", "open-inquiry"):
        return True
    return not reading.form.questions and not reading.has(
        *(f for f in draft.role.book.moves if f.startswith("ask-"))
    )
