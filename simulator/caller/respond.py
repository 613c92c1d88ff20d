"""``respond(role, state, reading)``: the caller's next turn, chosen by policy, worded by the scenario."""

from __future__ import annotations

from dataclasses import replace

from simulator.caller.answering import answer_first, answer_questions, overcome, stung, take_offer
from simulator.caller.draft import Draft
from simulator.caller.ending import called_away, goodbye, hang_up, worn_out
from simulator.caller.feelings import feel
from simulator.caller.ladder import Decision, decide, let_fall
from simulator.caller.odd import odd
from simulator.caller.pursuing import move_errand_on, raise_point, settle_errand
from simulator.caller.role import Role
from simulator.caller.state import Change, Reply, State
from simulator.caller.telling import act_on, tender
from simulator.caller.uptake import OFF_TOPIC, guess_at_question, puzzling, stall, take_up
from simulator.reading import Reading


def respond(role: Role, state: State, reading: Reading) -> tuple[State, Reply, tuple[Change, ...]]:
    """Answer one handler turn.

    Pure and deterministic. Returns the state after the turn, what the caller says, and every change of
    state with its cause.

    Raises:
        ValueError: the call has ended.
    """
    if state.ended:
        raise ValueError("the call has ended")
    draft = Draft(role, replace(state, turn=state.turn + 1), reading)
    if not odd(draft):
        draft.state, draft.changes = feel(draft.state, reading, role.policy, role.book)
        _play(draft)
    if not draft.state.ended and (worn_out(draft) or not draft.lines):
        hang_up(draft, "worn-out" if worn_out(draft) else "nothing-left")
    reply = draft.reply()
    return draft.state, reply, draft.changes


def leave(role: Role, state: State) -> tuple[State, Reply]:
    """The handler ends the call outside any turn: the caller's last words."""
    draft = Draft(role, state, Reading(""))
    goodbye(draft)
    reply = draft.reply()
    return draft.state, reply


def _play(draft: Draft) -> None:
    """An ordinary turn, unless it ends the call."""
    if draft.reading.form.questions or draft.reading.has(*set(draft.policy.continues) - {"minimal-response"}):
        draft.set(closing=False)  # whoever asks or invites after "anything else?" is not yet saying goodbye
    ends = draft.reading.has("farewell") or draft.state.closing
    if draft.state.point == 0 and not draft.state.raised:
        _open(draft)
    elif draft.state.turn > draft.policy.limits.turns:
        called_away(draft)
    elif ends and not draft.asked_outright and not draft.reading.has("invite-more"):
        goodbye(draft)
    elif not worn_out(draft):
        _converse(draft)


def _open(draft: Draft) -> None:
    """The phone has just been answered: she says why she calls, whatever she was met with."""
    benefit = draft.role.scenario.benefit.sv.casefold()[:8]
    if draft.reading.has("presume-errand") and benefit not in draft.reading.turn.casefold():
        draft.react("presume-errand")
    raise_point(draft)
    if draft.reading.has("ask-identity", "ask-facts"):
        answer_questions(draft, but="namn")  # she has just said it


def _converse(draft: Draft) -> None:
    """How the turn was put, what was asked, what lies hidden, the errand - in that order."""
    if draft.reading.form.words > draft.policy.limits.long_words:
        draft.react("long")
    stung(draft)
    overcome(draft)
    answer_first(draft)
    answer_questions(draft)
    settle_errand(draft)
    take_offer(draft)
    decision = _decision(draft)
    if not decision:
        guess_at_question(draft)
    else:
        if decision.outcome == "tell" and not decision.hedged and puzzling(draft):
            draft.react("hesitates")
        act_on(draft, decision)
        further = _decision(draft) if decision.leaps and draft.room() else None
        if further and further.outcome == "tell" and further.step and further.step.gate != "trusted":
            act_on(draft, further)
    if not draft.puzzled:
        move_errand_on(draft, decision)
    if not draft.lines:
        take_up(draft)
    asking = bool(draft.lines) and draft.lines[-1].act == "question"
    if not decision and len(draft.lines) < 2 and not (draft.puzzled or tender(draft) or draft.state.ended):
        passing = let_fall(draft.role, draft.state, draft.reading)
        if passing:
            act_on(draft, passing)
            if asking:  # her own question stays last, so that it is what the handler answers
                draft.lines[-2:] = draft.lines[:-3:-1]
    if not draft.lines:
        stall(draft)


def _decision(draft: Draft) -> Decision | None:
    """What she does about a hidden matter; nothing, where the turn was about something else."""
    decision = decide(draft.role, draft.state, draft.reading)
    if decision is None or any(asked.topic.startswith(OFF_TOPIC) for asked in draft.asked):
        return None
    if decision.outcome == "hold" and draft.answered:
        return None  # a question was put and answered: nothing else was on its way
    if draft.moved_on and (decision.receipt or not draft.reading.form.questions):
        return None  # the turn was an answer to her errand
    return decision
