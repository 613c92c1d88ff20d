"""The parts of an ordinary caller turn: stung, answering, telling or holding back, going on."""

from __future__ import annotations

from simulator.caller.draft import Draft
from simulator.caller.ending import something_left
from simulator.caller.ladder import Decision, next_step, recently_touched
from simulator.caller.odd import say_or_hang_up
from simulator.caller.state import Reason, Spoken
from simulator.scenario import Fact, Hidden, Step

OFF_TOPIC = "annat:annat-"
"""What the ids of topics that have nothing to do with any call begin with."""


def stung(draft: Draft) -> None:
    """Words for the fault that stings most, if the turn holds one."""
    for move in draft.policy.hurts:
        heard = draft.reading.found(move)
        if heard and heard.p >= draft.policy.limits.harsh and draft.react(move):
            draft.because("stung", "", move, heard.evidence)
            return


def overcome(draft: Draft) -> None:
    """Once in a call, when distress has grown great, her speech breaks down."""
    if draft.state.distress >= draft.policy.limits.overcome and not draft.state.overcome:
        draft.set(overcome=draft.react("overcome"))


def answer_first(draft: Draft) -> None:
    """Questions about the call itself and offers are answered before anything else.

    After hard things they are taken up even if heard faintly: better once too often than not at all.
    """
    hear = draft.reading.heard if tender(draft) else draft.reading.found
    for move in draft.policy.answers_first:
        if hear(move):
            draft.react(move)
            return


def tender(draft: Draft) -> bool:
    """Whether something was said, now or in her turn before, that needs room around it."""
    said = {line.act for line in draft.lines} | set(draft.state.acts)
    return bool(said.intersection(draft.policy.tender))


def answer_questions(draft: Draft) -> None:
    """Answers what was asked, in the order it was asked."""
    facts = {fact.id: fact for fact in draft.role.scenario.facts}
    asked = [facts[a.topic] for a in draft.asked if a.topic in facts]
    if not asked:
        meant = {family for move, family in draft.policy.stands_for.items() if draft.reading.has(move)}
        asked = [fact for fact in facts.values() if meant.intersection(fact.family)][:1]
    _tell_facts(draft, asked)


def guess_at_question(draft: Draft) -> None:
    """A direct question that nothing in the turn explains: the likeliest fact, or what she can say to it."""
    if draft.lines or draft.reading.form.open or not draft.reading.form.questions:
        return
    if draft.reading.has(*draft.policy.takes, *draft.policy.continues, "invite-more", "close-off"):
        return
    facts = {fact.id: fact for fact in draft.role.scenario.facts}
    _tell_facts(draft, [facts[a.topic] for a in draft.faintly_asked if a.topic in facts][:1])
    if not draft.lines:
        draft.puzzled = _no_answer(draft)


def _tell_facts(draft: Draft, asked: list[Fact]) -> None:
    for fact in asked[: draft.policy.limits.facts]:
        times = draft.state.asked.get(fact.id, 0)
        answers = [Spoken(text, fact.act) for text in fact.say[times:]]
        if draft.say(answers) or draft.react("asked-again"):
            draft.answered = True
            draft.set(asked=draft.state.asked | {fact.id: times + 1})


def act_on(draft: Draft, decision: Decision) -> None:
    """Tell, deny, hedge or hold back, and remember it."""
    matter = decision.matter
    if decision.hedged:
        _say_of(draft, matter, "hedge", "hedge")
    if decision.outcome == "tell" and decision.step:
        said = _tell(draft, matter, decision.step, passing=decision.reason.code == "in-passing")
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
    lines = draft.role.shuffled(getattr(matter, part), f"{matter.id}:{part}")
    return draft.say([Spoken(text, act) for text in lines])


def settle_errand(draft: Draft) -> None:
    """Take an answer to the open point, before anything else is told."""
    state = draft.state
    heard = draft.errand.answered(state, draft.reading)
    if heard and _lost(draft):
        draft.react("lost")
        draft.set(lost_at=state.point, waiting=0)
    elif heard:
        draft.because("answered", draft.errand.point_id(state), heard.id, heard.evidence)
        draft.say(draft.errand.accept(state))
        draft.set(point=state.point + 1, raised=False, waiting=0)
        draft.moved_on = True


def move_errand_on(draft: Draft, decision: Decision | None) -> None:
    """Raise the next point, or bring the talk back to what was not answered."""
    state, limits = draft.state, draft.policy.limits
    told = decision is not None and decision.outcome == "tell"
    answered_first = draft.reading.has(*draft.policy.answers_first) and bool(draft.lines)
    if not draft.errand.open(state):
        return
    if draft.moved_on:
        if not told and len(draft.lines) < 2 and not tender(draft):
            raise_point(draft)
        return
    draft.set(waiting=state.waiting + 1)
    if (
        tender(draft)
        or answered_first
        or (told and decision and decision.step and decision.step.gate != "free")
    ):
        return
    long_since = draft.state.waiting >= limits.wait and draft.room()
    if state.raised and long_since and not told:
        _bring_back(draft)
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


def _bring_back(draft: Draft) -> None:
    """The errand has waited too long: she says it again in other words."""
    draft.shake("unanswered")
    if draft.say(draft.errand.again(draft.state)) or draft.react("returns"):
        draft.because("unanswered", draft.errand.point_id(draft.state))
    draft.set(waiting=0)


def _has_the_floor(draft: Draft) -> bool:
    """Whether the turn leaves the floor to her without a question of its own to answer."""
    return not draft.reading.form.questions or draft.reading.has("invite-more", "open-inquiry", "ask-wish")


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
    elif _no_answer(draft) or (draft.errand.half_answered(draft.state, reading) and draft.react("accept")):
        pass
    elif _well_received(draft):
        draft.react("received")
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
    unknown = [a.topic.removeprefix("annat:") for a in draft.asked if a.topic.startswith("annat:")]
    near = any(a.p >= draft.policy.limits.near for a in draft.asked if a.topic.startswith("annat:"))
    understood = reading.heard(*draft.policy.takes, *draft.policy.continues)
    if not reading.form.questions or (not unknown and understood) or (reading.form.open and not near):
        return False
    if any(topic.startswith("annat-") for topic in unknown):
        draft.shake("off-topic")
        return draft.react("off-topic")
    if any(topic in draft.policy.personal for topic in unknown):
        return draft.react("evasive")
    return draft.react("cannot-answer" if unknown else "ask-back")


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
            _bring_back(draft)
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
    draft.set(closing=not draft.errand.open(draft.state))


def stall(draft: Draft) -> None:
    """The handler gave nothing to go on."""
    draft.shake("stalled")
    raised = draft.errand.open(draft.state) and draft.state.raised
    if not (raised and draft.say(draft.errand.again(draft.state))):
        say_or_hang_up(draft, "stalled")
