"""What is said before anything else: stung, overcome, answering what was asked."""

from __future__ import annotations

from simulator.caller.draft import Draft
from simulator.caller.state import Spoken
from simulator.caller.telling import tender
from simulator.reading import MoveFound
from simulator.scenario import Fact


def stung(draft: Draft) -> None:
    """Words for the fault that stings most, if the turn holds one."""
    for move in draft.policy.hurts:
        heard = draft.reading.found(move)
        if move == "stacked-questions" and any(asked.topic in draft.role.facts for asked in draft.asked):
            continue  # she answers what she can instead
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
    likeliest = hear(*draft.policy.answers_first)
    if likeliest and not tender(draft) and _rather_something_else(draft, likeliest):
        return
    if likeliest and likeliest.id == "ask-suicide" and _hopeless(draft):
        draft.react_as_herself(likeliest.id)  # the shared bank says no
    elif likeliest:
        draft.react(likeliest.id)


def _rather_something_else(draft: Draft, heard: MoveFound) -> bool:
    """Whether it was heard too faintly, or its sentence more likely does something else."""
    if heard.id != "ask-suicide" or _hopeless(draft):
        return heard.p < draft.policy.limits.offered
    others = (m.p for m in draft.reading.moves if m.evidence == heard.evidence and m.id != heard.id)
    return heard.p < max(draft.policy.limits.out_of_the_blue, *others, 0.0)


def _hopeless(draft: Draft) -> bool:
    """Whether this caller carries hopelessness, told or not."""
    return any(step.act == "hopeless" for m in draft.role.scenario.hidden for step in m.steps)


def answer_questions(draft: Draft, but: str = "") -> None:
    """Answers what was asked, in the order it was asked; not what belongs to the question family ``but``."""
    facts = draft.role.facts
    asked = [
        (facts[a.topic], a.p) for a in draft.asked if a.topic in facts and but not in facts[a.topic].family
    ]
    if not asked and not but:
        meant = {family for move, family in draft.policy.stands_for.items() if draft.reading.has(move)}
        if any(matter.kind == "violence" for matter in draft.role.scenario.hidden):
            meant.discard(draft.policy.stands_for["ask-violence"])  # what is hidden is not told as a fact
        asked = [(fact, 1.0) for fact in facts.values() if meant.intersection(fact.family)][:1]
    tell_facts(draft, asked)


def take_offer(draft: Draft) -> None:
    """An offer or a request for leave ("Vill du att jag ...?", "Är det okej om ...?") that nothing else answered."""
    if draft.lines or not draft.reading.form.offer or draft.reading.has(*draft.policy.answers_first):
        return
    if draft.react("offered"):
        draft.answered = True


def tell_facts(draft: Draft, asked: list[tuple[Fact, float]]) -> None:
    """Say what she knows of these, or, where it was plainly the same question (likeness), that she has said it."""
    for fact, likeness in asked[: draft.policy.limits.facts]:
        times = draft.state.asked.get(fact.id, 0)
        answers = [Spoken(text, fact.act) for text in fact.say[times:]]
        plainly = likeness >= draft.policy.limits.near and not draft.lines
        if draft.say(answers) or (plainly and draft.react("asked-again")):
            draft.answered = True
            draft.set(asked=draft.state.asked | {fact.id: times + 1})
