"""The JSON mode's events: the contract for programs and tests. One object a line."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from simulator.call import Call
from simulator.caller import NO_ANSWER, Reply
from simulator.codebook import Codebook
from simulator.grading import Judged, Scorecard, StrategyScore
from simulator.language import language
from simulator.report import wording
from simulator.scenario import Loaded


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Row(_Data):
    """A row of the case file."""

    label: str
    value: str


class CaseEvent(_Data):
    """First of all: what the handler sees before answering. ``call`` is the stored call's number."""

    event: Literal["case"] = "case"
    scenario: str
    title: str
    caller: str
    content_note: str
    task: str
    case: list[Row]
    rules: list[str]
    seed: int
    reader: str
    call: int | None = None


class MoveItem(_Data):
    """A move heard in the turn."""

    id: str
    p: float
    evidence: str
    unsure: bool


class ReadingEvent(_Data):
    """How a handler turn was read."""

    event: Literal["reading"] = "reading"
    turn: int
    text: str
    moves: list[MoveItem]
    asked: list[str]


class CallerEvent(_Data):
    """What the caller said: ``act`` is the weightiest of ``acts``; ``slots`` are the strategies now due."""

    event: Literal["caller"] = "caller"
    turn: int
    text: str
    act: str
    acts: list[str]
    slots: list[str]


class BackEvent(_Data):
    """Turns were taken back; ``turn`` is the last one kept, 0 for none."""

    event: Literal["back"] = "back"
    turn: int


class EndedEvent(_Data):
    """The call has ended."""

    event: Literal["ended"] = "ended"
    by: Literal["caller", "handler", "left"]
    reason: str


class ErrorEvent(_Data):
    """Something in the input could not be used; the message says what."""

    event: Literal["error"] = "error"
    message: str


class PartItem(_Data):
    """A part score, 0-100, or null where no opportunity arose."""

    part: str
    score: int | None
    opportunities: int


class OpportunityItem(_Data):
    """One slot and what was done in it."""

    outcome: Literal["met", "missed", "broken", "unsure"]
    turn: int
    opener: str
    move: str
    evidence: str
    p: float
    repeated: bool
    consequences: list[str]


class StrategyItem(_Data):
    """One strategy in the call."""

    id: str
    name: str
    part: str
    score: float | None
    weight: float
    opportunities: list[OpportunityItem]
    better: str
    explanation: str
    sources: list[str]
    strength: str
    inferred: bool


class DisclosureItem(_Data):
    """How far a hidden matter was told."""

    matter: str
    kind: str
    about: str
    told: int
    steps: int
    reached: bool
    turns: list[int]
    never_said: list[str]


class ChangeItem(_Data):
    """A change of the caller's state and what caused it."""

    turn: int
    quantity: str
    before: float
    after: float
    cause: str
    evidence: str


class ScorecardEvent(_Data):
    """The grade. ``why_none`` is ``too-short`` or ``too-few`` where no total is given."""

    event: Literal["scorecard"] = "scorecard"
    total: int | None
    why_none: str
    opportunities: int
    unsure: int
    parts: list[PartItem]
    strategies: list[StrategyItem]
    disclosures: list[DisclosureItem]
    changes: list[ChangeItem]


Event = CaseEvent | ReadingEvent | CallerEvent | BackEvent | EndedEvent | ErrorEvent | ScorecardEvent


def case_event(loaded: Loaded, seed: int, reader: str, call: int | None) -> CaseEvent:
    """The case file of a scenario."""
    scenario, lang, common = loaded.scenario, language(), loaded.common
    return CaseEvent(
        scenario=scenario.id,
        title=scenario.title[lang],
        caller=scenario.caller.name,
        content_note=scenario.content_note[lang],
        task=common.expand(scenario.case.task[lang]),
        case=[Row(label=row.label[lang], value=common.expand(row.value[lang])) for row in scenario.case.rows],
        rules=[common.rules[name].sentence(lang) for name in scenario.rules],
        seed=seed,
        reader=reader,
        call=call,
    )


def reading_event(call: Call) -> ReadingEvent:
    """The reading of the last handler turn."""
    reading = call.exchanges[-1].reading
    moves = [MoveItem(id=m.id, p=m.p, evidence=m.evidence, unsure=m.unsure) for m in reading.moves]
    asked = [a.topic for a in reading.asked if not a.topic.startswith(NO_ANSWER)]
    return ReadingEvent(turn=len(call.exchanges), text=reading.turn, moves=moves, asked=asked)


def caller_event(turn: int, reply: Reply, book: Codebook) -> CallerEvent:
    """What the caller said in answer to a turn."""
    acts = list(reply.acts)
    weightiest = max(acts, key=lambda act: _WEIGHT.index(book.acts[act].kind), default="")
    slots = [] if reply.ended else list(book.slots(acts))
    return CallerEvent(turn=turn, text=reply.text, act=weightiest, acts=acts, slots=slots)


_WEIGHT = ("frame", "response", "service", "child", "trouble", "danger")


def ended_event(call: Call) -> EndedEvent:
    """How the call ended. Raises ValueError if it has not."""
    if not call.ended_by:
        raise ValueError("the call goes on")
    return EndedEvent(by=call.ended_by, reason=call.end_reason)


def scorecard_event(card: Scorecard, call: Call) -> ScorecardEvent:
    """The scorecard of a call, with the log of the caller's state."""
    pronoun = call.role.scenario.caller.pronoun
    changes = [
        ChangeItem(turn=n, **vars(change))
        for n, exchange in enumerate(call.exchanges, 1)
        for change in exchange.changes
    ]
    return scorecard_data(card, call.role.book, pronoun, changes)


def scorecard_data(
    card: Scorecard, book: Codebook, pronoun: str, changes: list[ChangeItem]
) -> ScorecardEvent:
    """A scorecard as an event."""
    lang = language()
    disclosures = [
        DisclosureItem(
            matter=d.matter,
            kind=d.kind,
            about=d.about[lang],
            told=d.told,
            steps=d.steps,
            reached=d.reached,
            turns=list(d.turns),
            never_said=list(d.never_said),
        )
        for d in card.disclosures
    ]
    return ScorecardEvent(
        total=card.total,
        why_none=card.why_none,
        opportunities=card.opportunities,
        unsure=card.unsure,
        parts=[PartItem(part=p.part, score=p.score, opportunities=p.opportunities) for p in card.parts],
        strategies=[_strategy(score, book, pronoun) for score in card.strategies],
        disclosures=disclosures,
        changes=changes,
    )


def _strategy(score: StrategyScore, book: Codebook, pronoun: str) -> StrategyItem:
    strategy, lang = score.strategy, language()
    return StrategyItem(
        id=strategy.id,
        name=strategy.name[lang],
        part=strategy.part,
        score=None if score.score is None else round(score.score, 3),
        weight=score.weight,
        opportunities=[_opportunity(judged, pronoun) for judged in score.judged],
        better=strategy.better[lang],
        explanation=strategy.explanation[lang],
        sources=[f"{book.studies[s].short}. {book.studies[s].url}" for s in strategy.sources],
        strength=wording.strength(strategy),
        inferred=strategy.inferred,
    )


def _opportunity(judged: Judged, pronoun: str) -> OpportunityItem:
    told: list[str] = [text for r in judged.reasons if (text := wording.consequence(r, pronoun))]
    values: dict[str, Any] = vars(judged.opportunity) | {"consequences": told}
    del values["strategy"], values["until"]
    return OpportunityItem(**values)
