"""Turns that are not talk one can answer: silence, abuse, another language, nonsense, 'are you a robot?'."""

from __future__ import annotations

from simulator.caller.draft import Draft
from simulator.caller.ending import hang_up


def odd(draft: Draft) -> bool:
    """Deal with an odd turn; False if the turn is an ordinary one."""
    form = draft.reading.form
    event = next((name for name in ("empty", "abuse", "english", "nonsense") if getattr(form, name)), "")
    if event == "abuse" and draft.state.abused:
        draft.because("abuse")
        hang_up(draft, "abuse", draft.role.reactions("abuse-again"))
    elif event:
        draft.shake(event)
        draft.because(event)
        draft.set(abused=draft.state.abused or event == "abuse")
        say_or_hang_up(draft, event)
    elif form.robot:
        say_or_hang_up(draft, "robot")
    else:
        return False
    return True


def say_or_hang_up(draft: Draft, event: str) -> None:
    """Say something new, or, where nothing new is left to say, give up the call."""
    if not draft.react(event):
        hang_up(draft, "nothing-left")
