"""How a turn changes what the caller feels: each move's effect, what fades, what must be earned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.caller.policy import QUANTITIES, Feelings, Policy
from simulator.caller.state import Change, State
from simulator.codebook import Codebook
from simulator.reading import Reading


def feel(state: State, reading: Reading, policy: Policy, book: Codebook) -> tuple[State, tuple[Change, ...]]:
    """Apply the effects of every move heard; returns the new state and what changed by which words.

    Good moves fade when repeated (a stock phrase is paid for once), moves of receiving count only when
    there was something to receive, and trust rises at most ``rise_per_turn`` (digest E4.8: callers do
    not melt after one kind sentence). It falls no more than ``fall_per_turn``, and a fault that was not
    heard plainly counts half: a misreading must not end a call.
    """
    changes: list[Change] = []
    heard = dict(state.heard)
    left, least = policy.limits.rise_per_turn, state.trust - policy.limits.fall_per_turn
    earned = _something_to_receive(state, policy, book)
    for move in reading.moves:
        weight = policy.limits.unsure_weight if move.unsure else 1.0
        if book.moves[move.id].kind != "fault":
            if move.id in policy.earned_moves and not earned:
                continue
            fade = policy.limits.fade
            weight *= fade[min(heard.get(move.id, 0), len(fade) - 1)]
        elif move.p < policy.limits.harsh:
            weight = policy.limits.faint_fault if move.unsure else policy.limits.unsure_weight
        heard[move.id] = heard.get(move.id, 0) + 1
        effect = policy.effects[move.id]
        rise = min(effect.trust * weight, left) if effect.trust > 0 else effect.trust * weight
        left -= max(rise, 0.0)
        rise = max(rise, least - state.trust)
        felt = {name: getattr(effect, name) * weight for name in QUANTITIES} | {"trust": rise}
        state, made = _apply(state, felt, move.id, move.evidence)
        changes += made
    return replace(state, heard=heard), tuple(changes)


def shaken(state: State, event: str, policy: Policy, evidence: str) -> tuple[State, tuple[Change, ...]]:
    """The effect of an event on the caller: an empty turn, abuse, an errand unanswered, having told."""
    effect = policy.events.get(event) or policy.telling.get(event) or Feelings()
    state, changes = _apply(state, {name: getattr(effect, name) for name in QUANTITIES}, event, evidence)
    return state, tuple(changes)


def _apply(state: State, felt: dict[str, float], cause: str, evidence: str) -> tuple[State, Iterable[Change]]:
    changes = []
    for name, delta in felt.items():
        before = getattr(state, name)
        after = round(min(1.0, max(0.0, before + delta)), 4)
        if after != before:
            changes.append(Change(name, before, after, cause, evidence))
            state = replace(state, **{name: after})
    return state, changes


def _something_to_receive(state: State, policy: Policy, book: Codebook) -> bool:
    return any(act in policy.earned_acts or book.acts[act].kind in policy.earned_kinds for act in state.acts)
