"""The caller's general policy as typed data (``policy.yaml``): every number and list the caller obeys."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from simulator.codebook import codebook
from simulator.codebook.load import known_or
from simulator.scenario.schema import Gate, Kind
from simulator.sourcefile import Key, Problem, SourceError, read_source, validate

FILE = Path(__file__).parent / "policy.yaml"
QUANTITIES = ("trust", "distress", "understanding", "patience")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Feelings(_Data):
    """Four quantities, 0-1; or, in an effect, changes of them."""

    trust: float = 0.0
    distress: float = 0.0
    understanding: float = 0.0
    patience: float = 0.0


class Limits(_Data):
    """Sizes: see the comments in the file."""

    turns: int
    rise_per_turn: float
    fade: Annotated[list[float], Field(min_length=1)]
    unsure_weight: float
    lines: int
    words: int
    facts: int
    wait: int
    free_pause: int
    long_words: int
    near: float
    touched: int
    overcome: float
    lost: float
    fall_per_turn: float
    plain: float
    plainly_answered: float
    statement: int
    offered: float
    out_of_the_blue: float
    guess: float
    pursued: float
    spoiled: float
    faint_fault: float
    harsh: float
    gives_up: float


class Near(_Data):
    """Moves that come near a hidden matter, as a question or as taking up what was told."""

    question: list[str]
    receipt: list[str]


class Policy(_Data):
    """``policy.yaml``."""

    version: int
    start: Feelings
    jitter: float
    limits: Limits
    effects: dict[str, Feelings]
    earned_kinds: list[str]
    earned_acts: list[str]
    earned_moves: list[str]
    near: dict[Kind, Near]
    aimed: dict[Kind, list[str]]
    families: dict[Kind, list[str]]
    personal: list[str]
    concrete: dict[Kind, list[str]]
    tilts: list[str]
    pursues: list[str]
    gates: dict[Gate, float]
    follow_up: float
    leap: float
    chills: list[str]
    tender: list[str]
    tender_moves: list[str]
    answers: list[str]
    particular: list[str]
    spoils: list[str]
    way_on: list[str]
    evades: list[str]
    answers_first: list[str]
    not_asking: list[str]
    stands_for: dict[str, str]
    seldom_asking: list[str]
    continues: list[str]
    hurts: list[str]
    takes: list[str]
    telling: dict[str, Feelings]
    events: dict[str, Feelings]

    @property
    def reacted_to(self) -> set[str]:
        """The moves that callers take in words; of the aimed questions, the one about violence."""
        return {*self.hurts, *self.takes, *self.answers_first, "ask-violence"}


@cache
def policy() -> Policy:
    """The policy shipped with the program. Raises SourceError if a move in it is not in the codebook."""
    source = read_source(FILE)
    found = validate(source, Policy)
    problems: list[Problem] = []
    named: dict[Key, list[str]] = {(name,): getattr(found, name) for name in _MOVE_LISTS}
    for kind, near in found.near.items():
        named[("near", kind, "question")] = near.question
        named[("near", kind, "receipt")] = near.receipt
        named[("aimed", kind)] = found.aimed[kind]
    named[("effects",)] = list(found.effects)
    for key, moves in named.items():
        for move in moves:
            known_or(source, key, move, codebook().moves, problems)
    for missing in set(codebook().moves) - set(found.effects):
        known_or(source, ("effects",), missing, found.effects, problems)
    if problems:
        raise SourceError(problems)
    return found


_MOVE_LISTS = (
    "earned_moves",
    "tilts",
    "pursues",
    "chills",
    "tender_moves",
    "answers",
    "evades",
    "answers_first",
    "not_asking",
    "seldom_asking",
    "particular",
    "spoils",
    "way_on",
    "continues",
    "hurts",
    "takes",
)
