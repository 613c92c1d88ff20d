"""Whether a caller's lines agree with each other: ages, sums and counts, and yes against no.

Only what can be compared without understanding is compared: the answers to one question among themselves,
the ages given to a name, and the sums said of rent, wage and the like anywhere in the file. A person must
still read the lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.scenario.common import figures
from simulator.scenario.schema import Scenario, caller_lines
from simulator.sourcefile import Key


@dataclass(frozen=True)
class Contradiction:
    """Lines that do not agree: where they stand, what about, and what each says."""

    about: str
    keys: tuple[Key, ...]
    values: tuple[str, ...]


_UNITS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
_TEENS = ("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
NUMERALS = {word: n for n, word in enumerate((*_UNITS, *_TEENS))} | {"en": 1}
for _ten, _name in enumerate(_TENS, 2):
    NUMERALS[_name] = 10 * _ten
    NUMERALS |= {_name + unit: 10 * _ten + n for n, unit in enumerate(_UNITS) if n}
SUMS = ("hyra", "lön", "lån", "skuld")
"""Beginnings of words beside which a sum is taken to be one and the same through the whole call."""
_SENTENCE = re.compile(r"[^.!?…]+")
_WORD = re.compile(r"[a-zåäöé]+", re.IGNORECASE)
_AGE = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+)(?: är|,| som är| har fyllt) ([a-zåäö]+|\d+)(?: år)?(?! och)(?=$|[\s.,!?…])"
)
_NAME = re.compile(r"[a-zåäö,] ([A-ZÅÄÖ][a-zåäöé]+)")
_COUNTED = re.compile(r"\b([a-zåäö]+|\d{1,3}) (?=([a-zåäö]{2,}))", re.IGNORECASE)
COUNTED = ("barn", "rum", "år", "timmar", "dagar", "månader", "veckor", "syskon", "gånger")
"""What is counted in an answer and compared with the other answers to the same question."""


def contradictions(scenario: Scenario) -> Iterator[Contradiction]:
    """Every disagreement found, in no order of weight."""
    yield from _answers(scenario)
    yield from _ages(scenario)
    yield from _sums(scenario)


def _answers(scenario: Scenario) -> Iterator[Contradiction]:
    """The answers to one question: counts of the same thing, and a yes against a no."""
    for n, fact in enumerate(scenario.facts):
        keys = tuple(("facts", n, "say", i) for i in range(len(fact.say)))
        for thing in COUNTED:
            counts = [_counts(text, thing) for text in fact.say]
            yield from _disjoint(f"{fact.id}: {thing}", keys, counts)
        first = [(_WORD.findall(text) or [""])[0].casefold() for text in fact.say]
        answers = [{word} if word in ("ja", "jo", "nej") else set() for word in first]
        yes_or_no = [{"nej" if "nej" in one else "ja"} if one else set() for one in answers]
        yield from _disjoint(fact.id, keys, yes_or_no)


def _counts(text: str, thing: str) -> set[str]:
    return {
        str(NUMERALS.get(number.casefold(), number))
        for number, noun in _COUNTED.findall(text)
        if noun.casefold() == thing and (number.isdigit() or number.casefold() in NUMERALS)
    }


def _ages(scenario: Scenario) -> Iterator[Contradiction]:
    """A name has one age. Sums after a name are no ages: more than 110 is left out."""
    found: dict[str, list[tuple[Key, set[str]]]] = defaultdict(list)
    names = {name for _key, _act, text in caller_lines(scenario) for name in _NAME.findall(text)}
    for key, _act, text in caller_lines(scenario):
        for name, number in _AGE.findall(text):
            if name not in names:
                continue
            age = NUMERALS.get(number, int(number) if number.isdigit() else 999)
            if age <= 110 and number not in ("en", "ett"):
                found[name].append((key, {str(age)}))
    for name, said in found.items():
        yield from _disjoint(name, [key for key, _ in said], [ages for _, ages in said])


def _sums(scenario: Scenario) -> Iterator[Contradiction]:
    """Sums in a sentence about the rent, the wage and the like."""
    found: dict[str, list[tuple[Key, set[str]]]] = defaultdict(list)
    for key, _act, text in caller_lines(scenario):
        for sentence in _SENTENCE.findall(text):
            sums = {figure for figure in figures(sentence) if int(figure) >= 1000}
            named = {
                start
                for word in _WORD.findall(sentence.casefold())
                for start in SUMS
                if word.startswith(start)
            }
            if sums and len(named) == 1:
                found[named.pop()].append((key, sums))
    for about, said in found.items():
        yield from _disjoint(about, [key for key, _ in said], [sums for _, sums in said])


def _disjoint(about: str, keys: Sequence[Key], values: Sequence[set[str]]) -> Iterator[Contradiction]:
    """The first two lines that both say something and share nothing of it."""
    said = [(key, value) for key, value in zip(keys, values, strict=True) if value]
    for place, (key, value) in enumerate(said):
        other = next((pair for pair in said[:place] if not pair[1] & value), None)
        if other:
            texts = tuple(", ".join(sorted(one)) for one in (other[1], value))
            yield Contradiction(about, (other[0], key), texts)
            return
