"""How a call ends: goodbye, hanging up, being called away - and giving up when patience runs out."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.caller.draft import Draft
from simulator.caller.ladder import next_step
from simulator.caller.state import Spoken


def goodbye(draft: Draft) -> None:
    """The handler ends the call: she says goodbye as the call has been; a hint just let fall hangs."""
    acts = draft.role.book.acts
    hinted = any(acts[act].kind in draft.policy.earned_kinds for act in draft.state.acts)
    if hinted or (draft.errand.open(draft.state) and not _told_in_full(draft)):
        kind = "unfinished"
    elif draft.state.trust >= draft.policy.gates["trusted"]:
        kind = "good"
    else:
        kind = "flat"
    draft.end("handler", kind, [last_words(draft, kind), draft.role.reactions("close-ok")])


def _told_in_full(draft: Draft) -> bool:
    """Whether a hidden matter has been told as far as counts: then the errand is no longer what hangs."""
    for matter in draft.role.scenario.hidden:
        ids = [step.id for step in matter.steps]
        if draft.state.rungs.get(matter.id, 0) > ids.index(matter.reached or ids[-1]):
            return True
    return False


def called_away(draft: Draft) -> None:
    """The call has gone on so long that something calls her away."""
    draft.end("caller", "must-go", [last_words(draft, "must_go"), draft.role.reactions("must-go")])


def hang_up(draft: Draft, reason: str, first: Iterable[Spoken] = ()) -> None:
    """She ends the call, and says nothing else that she was about to say."""
    draft.lines.clear()
    draft.end("caller", reason, [first, last_words(draft, "hang_up"), draft.role.reactions("hang-up")])


def worn_out(draft: Draft) -> bool:
    """Whether patience or trust has run out."""
    least = draft.policy.limits.gives_up
    return draft.state.patience <= least or draft.state.trust <= least


def something_left(draft: Draft) -> bool:
    """Whether an errand point is open, or a matter that was begun is not told to its end."""
    state = draft.state
    begun = [m for m in draft.role.scenario.hidden if state.rungs.get(m.id, 0) and next_step(m, state)]
    return draft.errand.open(state) or bool(begun)


def last_words(draft: Draft, kind: str) -> list[Spoken]:
    """The scenario's last words of one kind."""
    act = "hang-up" if kind == "hang_up" else "closing"
    return draft.role.worded(getattr(draft.role.scenario.ends, kind), act, f"ends:{kind}")
