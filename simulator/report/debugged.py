"""``samtal ring --debug``: how a turn was read, what it changed, and why the caller said what she said."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.call import Call, Exchange
from simulator.caller import NO_ANSWER, Reason, State
from simulator.caller.policy import QUANTITIES
from simulator.language import N_, _
from simulator.report import wording
from simulator.report.plain import decimal, wrapped

WHY = {
    "answered": N_("ärendet besvarat"),
    "unanswered": N_("ärendet obesvarat för länge"),
    "in-passing": N_("släppte en ledtråd i förbigående"),
    "opened": N_("öppnade ett steg"),
    "opened-follow-up": N_("öppnade ett steg efter ett nej eller undvikande svar"),
    "too-early": N_("rak fråga för tidigt: undvikande svar"),
    "denied-tilted": N_("nej-lutad fråga: nej"),
    "held-back": N_("teg om något på väg"),
    "stung": N_("tog illa vid sig"),
}
"""Why something was said, for each reason code of the caller; events are named by ``wording.EVENTS``."""

QUANTITY_NAMES = {
    "trust": N_("förtroende"),
    "distress": N_("upprördhet"),
    "understanding": N_("förståelse"),
    "patience": N_("tålamod"),
}


def opening(call: Call) -> str:
    """The caller's state before anything is said."""
    return "\n".join(wrapped(line, "    ", "  | ") for line in _state(call, call.state))


def turn(call: Call) -> str:
    """The last turn taken apart, as lines of plain text."""
    exchange = call.exchanges[-1]
    lines = [*_read(exchange), *_felt(exchange), *_said(exchange), *_state(call, call.state)]
    return "\n".join(wrapped(line, "    ", "  | ") for line in lines)


def _read(exchange: Exchange) -> Iterator[str]:
    reading = exchange.reading
    moves = [
        f"{move.id}{'?' if move.unsure else ''} {move.p:.2f} ”{_short(move.evidence)}”"
        for move in reading.moves
    ]
    yield _("läst: {moves}").format(moves="; ".join(moves) or _("inget drag"))
    for asked in reading.asked:
        topic = asked.topic.removeprefix(NO_ANSWER)
        known = _("vet inte") if asked.topic.startswith(NO_ANSWER) else _("vet")
        text = _("frågar om: {topic} ({known}) {p:.2f} ”{words}”")
        yield text.format(topic=topic, known=known, p=asked.p, words=_short(asked.evidence))
    odd = [name for name in ("empty", "abuse", "english", "nonsense") if getattr(reading.form, name)]
    if odd:
        yield _("form: {form}").format(form=", ".join(_(wording.EVENTS[name]) for name in odd))


def _felt(exchange: Exchange) -> Iterator[str]:
    for change in exchange.changes:
        name = _(QUANTITY_NAMES[change.quantity])
        yield f"{name} {decimal(change.before)} → {decimal(change.after)}: {change.cause}"


def _said(exchange: Exchange) -> Iterator[str]:
    for line in exchange.reply.lines:
        step = f" [{line.matter}:{line.step}]" if line.step else ""
        yield _("replik: {act}{step} ”{words}”").format(act=line.act, step=step, words=_short(line.text))
    for reason in exchange.reply.reasons:
        yield _("därför: {why}").format(why=_why(reason))


def _why(reason: Reason) -> str:
    named = _(WHY[reason.code]) if reason.code in WHY else _(wording.EVENTS.get(reason.code, reason.code))
    about = ", ".join(part for part in (reason.matter, reason.move) if part)
    return f"{named} ({about})" if about else named


def _state(call: Call, state: State) -> Iterator[str]:
    scenario = call.role.scenario
    felt = (f"{_(QUANTITY_NAMES[name])} {decimal(getattr(state, name))}" for name in QUANTITIES)
    yield _("läge: {felt}").format(felt=", ".join(felt))
    point = scenario.errand[state.point].id if state.point < len(scenario.errand) else _("allt besvarat")
    raised = "" if state.raised or state.point >= len(scenario.errand) else " " + _("(inte framfört än)")
    yield _("ärende: {point}{raised}").format(point=point, raised=raised)
    for matter in scenario.hidden:
        told = state.rungs.get(matter.id, 0)
        if told == len(matter.steps):
            yield _("{matter}: allt berättat").format(matter=matter.id)
            continue
        step = matter.steps[told]
        need = step.trust if step.trust is not None else call.role.policy.gates[step.gate]
        text = _("{matter}: {told} av {all}; nästa {step} ({gate}, förtroende {need})")
        yield text.format(
            matter=matter.id,
            told=told,
            all=len(matter.steps),
            step=step.id,
            gate=step.gate,
            need=decimal(need),
        )


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"
