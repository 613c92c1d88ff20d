"""One caller cast for one call: the scenario's lines in the order this seed gives them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from simulator.caller.policy import Policy
from simulator.caller.state import Spoken, State
from simulator.codebook import Codebook
from simulator.reading import Topic
from simulator.scenario import Common, Fact, Scenario
from simulator.scenario.stems import EVERYDAY, stems

NO_ANSWER = "annat:"
"""What the ids of topics begin with that this caller has no answer to."""


@dataclass(frozen=True)
class Role:
    """Everything fixed for a call. ``seed`` decides the order of wordings and the start, nothing else."""

    scenario: Scenario
    common: Common
    policy: Policy
    book: Codebook
    seed: int

    def start(self) -> State:
        """The caller's state as the phone is answered."""
        given = self.scenario.caller.start
        general = self.policy.start
        values = {
            name: getattr(given, name) if getattr(given, name) is not None else getattr(general, name)
            for name in type(general).model_fields
        }
        values["trust"] += self._random("start").uniform(-self.policy.jitter, self.policy.jitter)
        values = {name: round(min(1.0, max(0.0, value)), 4) for name, value in values.items()}
        return State(**values, rungs={matter.id: 0 for matter in self.scenario.hidden})

    def shuffled(self, lines: Iterable[str], name: str) -> list[str]:
        """Wordings of one thing, in this seed's order (the same on every machine)."""
        order = list(lines)
        self._random(name).shuffle(order)
        return order

    def worded(self, lines: Iterable[str], act: str, name: str) -> list[Spoken]:
        """Wordings of one thing as lines of an act, in this seed's order."""
        return [Spoken(text, act) for text in self.shuffled(lines, name)]

    def reactions(self, on: str) -> Iterator[Spoken]:
        """How this caller takes a move or an event: her own lines as written, then the shared bank's."""
        yield from self.own_reactions(on)
        for number, reaction in enumerate(self.common.bank.get(on, ())):
            yield from self.worded(reaction.say, reaction.act, f"bank:{on}:{number}")

    def own_reactions(self, on: str) -> Iterator[Spoken]:
        """Her own lines alone."""
        for reaction in self.scenario.reactions:
            if reaction.on == on:
                yield from (Spoken(text, reaction.act) for text in reaction.say)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """What she tells when asked, by id."""
        return {fact.id: fact for fact in self.scenario.facts}

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """What may be asked about: this caller's facts and matters, and what she has no answer to."""
        families = self.common.families
        known = []
        covered: set[str] = set()
        for fact in self.scenario.facts:
            covered.update(fact.family)
            shared = [text for name in fact.family for text in families[name].ask]
            known.append(Topic(fact.id, (*fact.ask, *shared)))
        for matter in self.scenario.hidden:
            if matter.asked:
                known.append(Topic(matter.id, tuple(matter.asked)))
        others = [
            Topic(f"{NO_ANSWER}{family.id}", tuple(family.ask), known=False)
            for family in families.values()
            if family.id not in covered
        ]
        return (*known, *others)

    def telling(self, text: str, least: int = EVERYDAY) -> frozenset[str]:
        """The stems of a text but for those that stand in so many of the shared question families."""
        return frozenset(stem for stem in stems(text) if self.common.how_common[stem] < least)

    def _random(self, name: str) -> random.Random:
        return random.Random(f"{self.scenario.id}:{self.seed}:{name}")
