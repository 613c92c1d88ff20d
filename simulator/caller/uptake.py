"""What she makes of a turn that neither asked for a fact nor touched what lies hidden."""

from __future__ import annotations

from simulator.caller.answering import tell_facts
from simulator.caller.draft import Draft
from simulator.caller.ending import something_left
from simulator.caller.ladder import Decision, next_step, recently_touched
from simulator.caller.odd import say_or_hang_up
from simulator.caller.pursuing import bring_back, raise_point
from simulator.caller.role import NO_ANSWER
from simulator.caller.state import Reason, Spoken
from simulator.caller.telling import act_on, tender

BRIEF = 4
"""Words up to which a question nobody could place is asked back."""
OFF_TOPIC = f"{NO_ANSWER}annat-"
"""What the ids of topics that have nothing to do with any call begin with."""


def guess_at_question(draft: Draft) -> None:
    """A direct question that nothing in the turn explains: the likeliest fact, or what she can say to it."""
    only_took_an_answer = draft.moved_on and not draft.answered
    if (
        (draft.lines and not only_took_an_answer)
        or draft.reading.form.open
        or not draft.reading.form.questions
    ):
        return
    if draft.reading.has(*draft.policy.takes, *draft.policy.continues, "invite-more", "close-off"):
        return
    facts, said = draft.role.facts, len(draft.lines)
    tell_facts(draft, [(facts[a.topic], a.p) for a in draft.faintly_asked if a.topic in facts][:1])
    if len(draft.lines) == said:
        draft.puzzled = _no_answer(draft)


def puzzling(draft: Draft) -> bool:
    """Whether the turn puts a definite question that nothing she can tell fits: she hesitates before she goes on."""
    reading = draft.reading
    definite = bool(reading.form.questions) and not reading.form.open
    return definite and not draft.lines and not any(asked.topic in draft.role.facts for asked in draft.asked)


def take_up(draft: Draft) -> None:
    """Nothing was asked that she could answer: take the turn for what it does."""
    reading, policy = draft.reading, draft.policy
    taken = next((move for move in policy.takes if reading.heard(move)), None)
    if reading.has("invite-more"):
        _asked_for_more(draft)
    elif reading.has("ask-violence"):
        draft.react("asked-again" if _told_of(draft, "violence") else "ask-violence")
    elif reading.has("close-off"):
        draft.set(closing=True)
        draft.react("more-later" if something_left(draft) else "close-ok")
    elif (taken and reading.has(taken) and draft.react_as_herself(taken)) or _no_answer(draft):
        pass
    elif _well_received(draft):
        draft.react("received")
    elif _half_answered(draft):
        draft.react("accept")
    elif taken and (draft.react(taken) or draft.react("accept")):
        pass
    elif reading.has("greet") and not reading.has(*policy.continues):
        draft.react("greeting")
    elif reading.moves or reading.form.open:
        _go_on(draft)
    elif tender(draft):
        draft.react("received")
    else:
        draft.shake("off-topic")
        draft.react("off-topic")


def _no_answer(draft: Draft) -> bool:
    """A question she has no authored answer to; she says so in character."""
    reading = draft.reading
    unmet = [asked for asked in draft.asked if asked.topic.startswith(NO_ANSWER)]
    near = any(asked.p >= draft.policy.limits.near for asked in unmet)
    understood = reading.heard(*draft.policy.takes, *draft.policy.continues)
    if not reading.form.questions or (not unmet and understood) or (reading.form.open and not near):
        return False
    if any(asked.topic.startswith(OFF_TOPIC) for asked in unmet) and near:
        draft.shake("off-topic")
        return draft.react("off-topic")
    if any(asked.topic.removeprefix(NO_ANSWER) in draft.policy.personal for asked in unmet):
        return draft.react("evasive")
    if not near:  # what it was about is not clear: an answer that any question bears
        return draft.react("vague" if unmet or len(reading.turn.split()) > BRIEF else "ask-back")
    return draft.react("cannot-answer")


def _half_answered(draft: Draft) -> bool:
    return draft.errand.half_answered(draft.state, draft.reading)


def _told_of(draft: Draft, kind: str) -> bool:
    """Whether a matter of this kind has been told, at least in part."""
    return any(draft.state.rungs.get(m.id, 0) for m in draft.role.scenario.hidden if m.kind == kind)


def _well_received(draft: Draft) -> bool:
    """Whether she told something lately and the turn took it well."""
    touched = any(recently_touched(m, draft.state, draft.role) for m in draft.role.scenario.hidden)
    return bool(touched and draft.reading.heard("receive-disclosure", "empathy", "normalise-reaction"))


def _go_on(draft: Draft) -> None:
    """She goes on about the errand by herself."""
    more = [Spoken(text, said.act) for said in draft.role.scenario.elaborations for text in said.say]
    if not draft.say(more) and not draft.react("continue"):
        stall(draft)


def _asked_for_more(draft: Draft) -> None:
    """'Is there anything else?' put so that it can be answered: the next point, a hint, or no."""
    if draft.errand.open(draft.state):
        if draft.state.raised:
            bring_back(draft)
        else:
            raise_point(draft)
        return
    waiting = [(m, step) for m in draft.role.scenario.hidden if (step := next_step(m, draft.state))]
    for matter, step in waiting:
        if step.gate in ("free", "receipt") and draft.state.trust >= draft.policy.gates[step.gate]:
            heard = draft.reading.found("invite-more")
            reason = Reason("opened", matter.id, "invite-more", heard.evidence if heard else "")
            act_on(draft, Decision("tell", matter, step, reason))
            return
    draft.react("more-later" if waiting else "no-more")
    draft.set(closing=True)


def stall(draft: Draft) -> None:
    """The handler gave nothing to go on."""
    draft.shake("stalled")
    raised = draft.errand.open(draft.state) and draft.state.raised
    if not (raised and draft.say(draft.errand.again(draft.state))):
        say_or_hang_up(draft, "stalled")
