"""What a scenario file says: who the caller is and what she says.

A scenario holds no state machine. The general policy in ``simulator.caller`` decides *when* a line
may be said; the file says *which* lines there are, what each of them does (its caller act), and what
lies hidden. Every string under ``say`` and its like is said at most once in a call.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.codebook.model import Text

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Lines = Annotated[list[Line], Field(min_length=1)]

Family = Literal["pengar", "underhall", "vald", "sjukskrivning", "barnet"]
Gate = Literal["free", "receipt", "question", "trusted"]
Kind = Literal["money", "violence", "health", "child"]
Mark = Literal["violence", "suicide", "children", "money", "illness"]


class Part(BaseModel):
    """Base of every part: unknown keys are errors, values are not coerced, parts are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Start(Part):
    """How the caller feels when the call begins; each 0-1. Left out: the policy's own values."""

    trust: Annotated[float, Field(ge=0, le=1)] | None = None
    distress: Annotated[float, Field(ge=0, le=1)] | None = None
    understanding: Annotated[float, Field(ge=0, le=1)] | None = None
    patience: Annotated[float, Field(ge=0, le=1)] | None = None


class Caller(Part):
    """Who is calling. ``who`` is for trainers and for the debrief; the handler does not see it before."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    age: Annotated[int, Field(ge=16, le=100)]
    pronoun: Literal["hon", "han", "hen"]
    who: Text
    start: Start = Start()


class CaseRow(Part):
    """One row of the case file that the handler sees."""

    label: Text
    value: Text


class Case(Part):
    """The case file as the agency's system would show it, and what the handler is to do."""

    task: Text
    rows: Annotated[list[CaseRow], Field(min_length=2)]


class ErrandPoint(Part):
    """One thing the caller wants settled. Points are raised in order.

    ``say``: ways to raise it (one is used). ``again``: to raise it once more when it was not dealt with.
    ``answered_by``: handler moves that deal with it; left out, the policy's list of answering moves.
    ``accept``: how the caller takes a fair answer.
    """

    id: Id
    act: Id = "question"
    say: Lines
    again: Lines
    again_act: Id = "question"
    answered_by: list[Id] | None = None
    accept: Lines
    accept_act: Id = "accept"


class Fact(Part):
    """Something the caller knows and tells when asked.

    ``family``: ids of shared question families whose phrasings count as asking for this.
    ``ask``: example questions besides. ``say``: answers in order; the later ones are used if it is
    asked again. ``act``: what the answer does (an answer may itself be a hint). ``opens``: a hidden
    matter that an interest in this fact touches: asking counts as coming near it.
    """

    id: Id
    family: list[Id] = []
    ask: list[Line] = []
    say: Lines
    act: Id = "answer"
    opens: Id | None = None


class Step(Part):
    """One rung of a hidden ladder. ``say``: wordings, one is used.

    ``gate``: when it may be said - ``free`` lets itself be heard in passing; ``receipt`` once the
    handler has taken up what was just said; ``question`` on a fitting, not no-tilted question or an
    invitation to tell; ``trusted`` as question, and only where trust has grown. ``trust``: least
    trust, in place of the gate's own.
    """

    id: Id
    act: Id
    say: Lines
    gate: Gate
    trust: Annotated[float, Field(ge=0, le=1)] | None = None


class Hidden(Part):
    """A matter the caller does not bring up by herself: a ladder from the vaguest hint to plain words.

    ``about``: shown after the call. ``kind`` chooses which handler moves come near it. ``asked``: example
    questions straight at it. ``deny``: answers to a no-tilted question. ``hedge``: answers to a neutral
    question that comes too early. ``hold``: when she was close to telling and the turn shut her up.
    ``reached``: id of the step at which the matter counts as told (left out: the last).
    """

    id: Id
    kind: Kind
    about: Text
    asked: list[Line] = []
    steps: Annotated[list[Step], Field(min_length=3)]
    deny: Annotated[list[Line], Field(min_length=2)]
    hedge: Annotated[list[Line], Field(min_length=2)]
    hold: Annotated[list[Line], Field(min_length=2)]
    reached: Id | None = None


class Reaction(Part):
    """How this caller takes a certain move or event (``on``); before the shared bank's lines."""

    on: Id
    act: Id
    say: Lines


class Said(Part):
    """Lines of one act; each string is a line of its own, used in order."""

    act: Id
    say: Lines


class Ends(Part):
    """How the call ends, in the caller's words."""

    good: Lines
    """She got answers and was received."""
    flat: Lines
    """The errand was done, no more."""
    unfinished: Lines
    """The handler ends the call with things left hanging."""
    hang_up: Lines
    """She gives up and hangs up."""
    must_go: Lines
    """The call has gone on too long and something calls her away."""


class Explained(Part):
    """Why a piece of advice of ``samtal check`` is not followed: its code, and the reason in a sentence."""

    advice: Id
    why: Annotated[str, Field(min_length=10)]


class Exempt(Part):
    """A strategy that does not hold in this call, and why: it is neither judged nor hinted at."""

    strategy: Id
    why: Annotated[str, Field(min_length=10)]


class Scenario(Part):
    """A whole scenario file.

    ``elaborations``: what she goes on with, about the errand, when the handler only says "mm" or asks
    her to go on and no hidden step is due. ``own_numbers``: figures of the caller's own (rent, wage)
    that happen to equal a rule's sum. ``rules`` and ``support``: ids in ``scenarios/common``.
    """

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: Text
    family: Family
    benefit: Text
    level: Annotated[int, Field(ge=1, le=3)]
    minutes: Annotated[int, Field(ge=2, le=60)]
    marks: list[Mark] = []
    content_note: Text
    caller: Caller
    case: Case
    trains: Annotated[list[Id], Field(min_length=3)]
    exempt: list[Exempt] = []
    rules: list[Id] = []
    support: Annotated[list[Id], Field(min_length=1)]
    own_numbers: list[str | int] = []
    explained: list[Explained] = []
    errand: Annotated[list[ErrandPoint], Field(min_length=2)]
    elaborations: Annotated[list[Said], Field(min_length=2)]
    facts: Annotated[list[Fact], Field(min_length=3)]
    hidden: Annotated[list[Hidden], Field(min_length=1)]
    reactions: list[Reaction] = []
    ends: Ends
    debrief: Text


EVENTS = (
    "empty", "nonsense", "english", "robot", "abuse", "abuse-again", "off-topic", "long", "asked-again",
    "cannot-answer", "returns", "continue", "stalled", "received", "pressed", "greeting", "accept",
    "no-more", "more-later", "close-ok", "hang-up", "must-go", "overcome", "lost", "evasive", "ask-back",
    "told-all", "offered", "vague", "hesitates",
)  # fmt: skip
"""What a reaction may answer to besides a handler move (see ``simulator.caller``)."""


def caller_lines(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every line the caller may say: its key in the file, its act, its text."""
    for n, point in enumerate(scenario.errand):
        for part, act, lines in (
            ("say", point.act, point.say),
            ("again", point.again_act, point.again),
            ("accept", point.accept_act, point.accept),
        ):
            yield from ((("errand", n, part, i), act, line) for i, line in enumerate(lines))
    for name in ("elaborations", "facts", "reactions"):
        said: Said | Fact | Reaction
        for n, said in enumerate(getattr(scenario, name)):
            yield from (((name, n, "say", i), said.act, line) for i, line in enumerate(said.say))
    for n, matter in enumerate(scenario.hidden):
        for s, step in enumerate(matter.steps):
            yield from ((("hidden", n, "steps", s, "say", i), step.act, t) for i, t in enumerate(step.say))
        for part, act in (("deny", "deny"), ("hedge", "hedge"), ("hold", "holds-back")):
            lines = getattr(matter, part)
            yield from ((("hidden", n, part, i), act, line) for i, line in enumerate(lines))
    for part in Ends.model_fields:
        act = "hang-up" if part == "hang_up" else "closing"
        yield from ((("ends", part, i), act, line) for i, line in enumerate(getattr(scenario.ends, part)))
