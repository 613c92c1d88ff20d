"""Which strategies came due in a call, and what the handler did in each slot.

Score the slot, not the phrase (digest, section 7): the same words outside their slot earn nothing, and
a stock sentence that was paid once is not paid again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from simulator.call import Exchange, Transcript
from simulator.codebook import Codebook, Strategy
from simulator.reading import MoveFound

Outcome = Literal["met", "missed", "broken", "unsure"]
ASKS = frozenset({"question", "errand"})
"""Acts that want an answer of their own: beside one of them a hint may be taken up a turn later."""
PLAIN = 0.5
"""Probability a move must have before it makes demands of its own (a violence question, its preface)."""
CLOSING_NEEDS = 4
"""Handler turns a call must have before its closing is judged."""


@dataclass(frozen=True)
class Opportunity:
    """One slot of one strategy: what opened it, what was done in it, and in which words.

    ``turn``: the handler turn judged (number from 1). ``opener``: the caller's line or the handler's move
    that made it due. ``repeated``: the fitting words had been paid for before. ``until``: the last handler
    turn at which it could be met; 0 where that is the end of the call.
    """

    strategy: str
    outcome: Outcome
    turn: int
    opener: str
    move: str = ""
    evidence: str = ""
    p: float = 0.0
    repeated: bool = False
    until: int = 0


def opportunities(transcript: Transcript, book: Codebook) -> tuple[Opportunity, ...]:
    """Every opportunity that arose, in the order of the codebook's strategies and then of the turns."""
    found = []
    for strategy in book.strategies.values():
        paid: set[str] = set()
        for opportunity in islice(_slots(strategy, transcript), strategy.slot.most):
            words = _plain(opportunity.evidence)
            if opportunity.outcome == "met" and strategy.met_by and words in paid:
                opportunity = replace(opportunity, outcome="missed", repeated=True)
            if opportunity.outcome == "met":
                paid.add(words)
            found.append(opportunity)
    return tuple(found)


def _slots(strategy: Strategy, transcript: Transcript) -> Iterator[Opportunity]:
    slot, exchanges = strategy.slot, transcript.exchanges
    if slot.after:
        yield from _after(strategy, slot.after, transcript)
    elif slot.with_:
        for n, exchange in enumerate(exchanges, 1):
            made = exchange.reading.found(*slot.with_)
            if made and made.p >= PLAIN:
                yield _with(strategy, n, exchange, made)
    elif slot.before:
        yield from _before(strategy, slot.before, exchanges)
    elif slot.at == "opening" and exchanges:
        yield replace(_judge(strategy, 1, exchanges[:2], ""), until=2)
    elif slot.at == "closing" and transcript.ended_by == "handler" and len(exchanges) >= CLOSING_NEEDS:
        yield _judge(strategy, len(exchanges) - 1, exchanges[-2:], exchanges[-2].reply.text)
    elif slot.call:
        yield from _call(strategy, slot.when or (), exchanges)


def _call(strategy: Strategy, when: Sequence[str], exchanges: Sequence[Exchange]) -> Iterator[Opportunity]:
    """Once for the whole call, from the caller line that made it matter. A break anywhere decides."""
    due = [
        (n, line.text)
        for n, exchange in enumerate(exchanges, 1)
        for line in exchange.reply.lines
        if line.act in when
    ]
    if when and not due:
        return
    broken = next((n for n, e in enumerate(exchanges, 1) if e.reading.has(*strategy.broken_by)), 0)
    opener = due[0][1] if due else ""
    if broken:
        yield _judge(strategy, broken, exchanges[broken - 1 : broken], opener)
        return
    whole = _judge(strategy, 1, exchanges, opener)
    if whole.outcome != "missed":
        yield whole
    elif strategy.met_by:
        yield Opportunity(strategy.id, "missed", due[0][0] if due else 1, opener)
    else:
        yield Opportunity(strategy.id, "met", len(exchanges), opener)


def _after(strategy: Strategy, acts: Sequence[str], transcript: Transcript) -> Iterator[Opportunity]:
    exchanges = transcript.exchanges
    closed_until = 0
    for n, exchange in enumerate(exchanges, 1):
        line = next((line for line in exchange.reply.lines if line.act in acts), None)
        if line is None or n < closed_until or exchange.reply.ended:
            continue
        asked_too = line.act not in ASKS and set(exchange.reply.acts) & ASKS
        until = n + strategy.slot.within + bool(asked_too)
        window = exchanges[n:until]
        before = exchange.reading.found(*strategy.met_by) if strategy.slot.prior else None
        if before:
            yield Opportunity(strategy.id, "met", n, line.text, before.id, before.evidence, before.p)
        elif window:
            judged = replace(_judge(strategy, n + 1, window, line.text), until=until)
            closed_until = judged.turn
            yield judged
        elif transcript.ended_by == "handler":
            yield Opportunity(strategy.id, "missed", n, line.text)


def _with(strategy: Strategy, n: int, exchange: Exchange, made: MoveFound) -> Opportunity:
    judged = _judge(strategy, n, [exchange], made.evidence)
    if judged.outcome == "missed" and not strategy.met_by:
        return Opportunity(strategy.id, "met", n, "", made.id, made.evidence, made.p, until=n)
    return replace(judged, until=n)


def _before(strategy: Strategy, moves: Sequence[str], exchanges: Sequence[Exchange]) -> Iterator[Opportunity]:
    for n, exchange in enumerate(exchanges, 1):
        made = exchange.reading.found(*moves)
        if made and made.p >= PLAIN:
            judged = _judge(strategy, 1, exchanges[:n], made.evidence)
            late = Opportunity(strategy.id, judged.outcome, n, made.evidence, made.id, made.evidence, made.p)
            yield replace(judged if judged.outcome != "missed" else late, until=n)
            return


def _judge(strategy: Strategy, first: int, window: Sequence[Exchange], opener: str) -> Opportunity:
    """Look through a slot's turns, numbered from ``first``: broken before met, met before unsure."""
    unsure: Opportunity | None = None
    for n, exchange in enumerate(window, first):
        reading = exchange.reading
        for outcome, moves in (("broken", strategy.broken_by), ("met", strategy.met_by)):
            heard = reading.found(*moves)
            if heard:
                result: Outcome = "broken" if outcome == "broken" else "met"
                return Opportunity(strategy.id, result, n, opener, heard.id, heard.evidence, heard.p)
        maybe = [m for m in reading.moves if m.unsure and m.id in (*strategy.met_by, *strategy.broken_by)]
        if maybe and unsure is None:
            heard = max(maybe, key=lambda m: m.p)
            unsure = Opportunity(strategy.id, "unsure", n, opener, heard.id, heard.evidence, heard.p)
    return unsure or Opportunity(strategy.id, "missed", first, opener, "", window[0].reading.turn)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
