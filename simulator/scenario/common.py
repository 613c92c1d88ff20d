"""What all scenarios share: rules and sums, support lines, spare caller lines, ways of asking.

Rules have one home, ``common/rules.yaml``; support numbers another, ``common/support.yaml``. Scenarios
refer to them by id, so that a changed sum is changed once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from simulator.codebook.model import Text
from simulator.scenario.schema import Id, Line, Part, Reaction
from simulator.scenario.stems import stems
from simulator.sourcefile import read_source, validate

Status = Literal["SEEN-LAW", "SEEN", "SEEN-2nd", "COMPUTED", "INFERRED", "CONFLICT"]
REFERENCE = re.compile(r"\{rule:([a-z0-9-]+)\}")


class Rule(Part):
    """A rule or a sum, with its source and how well it was seen. ``{value}`` in the text is the value."""

    id: Id
    text: Text
    value: str | None = None
    valid_from: str | None = None
    source: str
    url: str | None = None
    status: Status
    note: Text | None = None

    def sentence(self, lang: str) -> str:
        """The rule as one sentence, with its value put in."""
        return self.text[lang].replace("{value}", self.value or "")


class Support(Part):
    """A support line. ``check`` says that the number must be verified before it is relied on."""

    id: Id
    name: Text
    number: str
    alternatives: list[str] = []
    what: Text
    source: str
    source_date: str | None = None
    status: Status
    check: bool = False
    note: Text | None = None


class QuestionFamily(Part):
    """Many ways of asking for the same thing; scenarios refer to it instead of listing them."""

    id: Id
    en: str
    ask: Annotated[list[Line], Field(min_length=3)]


class RuleFile(Part):
    """``common/rules.yaml``."""

    version: int
    rules: list[Rule]


class SupportFile(Part):
    """``common/support.yaml``."""

    version: int
    support: list[Support]


class QuestionFile(Part):
    """``common/questions.yaml``."""

    version: int
    families: list[QuestionFamily]


class BankFile(Part):
    """``common/lines.yaml``: lines any caller may fall back on."""

    version: int
    reactions: list[Reaction]


@dataclass(frozen=True)
class Common:
    """The shared files, by id."""

    rules: dict[str, Rule]
    support: dict[str, Support]
    families: dict[str, QuestionFamily]
    reactions: tuple[Reaction, ...]

    @cached_property
    def bank(self) -> dict[str, tuple[Reaction, ...]]:
        """The spare reactions by what they answer to."""
        events = dict.fromkeys(reaction.on for reaction in self.reactions)
        return {on: tuple(r for r in self.reactions if r.on == on) for on in events}

    @cached_property
    def how_common(self) -> Counter[str]:
        """In how many of the question families each stem stands."""
        asks = (frozenset().union(*map(stems, family.ask)) for family in self.families.values())
        return Counter(stem for family in asks for stem in family)

    def expand(self, text: str) -> str:
        """Put the values of rules in place of ``{rule:id}``."""
        return REFERENCE.sub(lambda m: self.rules[m[1]].value or "", text)


def read_common(folder: Path) -> Common:
    """Read the four shared files. Raises SourceError."""
    rules = validate(read_source(folder / "rules.yaml"), RuleFile).rules
    support = validate(read_source(folder / "support.yaml"), SupportFile).support
    families = validate(read_source(folder / "questions.yaml"), QuestionFile).families
    bank = validate(read_source(folder / "lines.yaml"), BankFile)
    return Common(
        {rule.id: rule for rule in rules},
        {line.id: line for line in support},
        {family.id: family for family in families},
        tuple(bank.reactions),
    )


_DIGITS = re.compile(r"\d(?:[\d\s\u00a0\u202f.-]*\d)?")


def figures(text: str) -> Iterator[str]:
    """The figures in a text, with spaces and hyphens between their digits taken away."""
    for match in _DIGITS.finditer(text):
        yield re.sub(r"[\s\u00a0\u202f.-]", "", match[0])
