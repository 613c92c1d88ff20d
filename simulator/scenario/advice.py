"""Advice on a scenario that can be played: what works but will disappoint. Each piece of advice has a code.

A trainer who has good reason not to follow one says so under ``explained`` in the file; it is then shown as
explained.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simulator.codebook import Codebook
from simulator.language import N_
from simulator.scenario.common import REFERENCE, Common, figures
from simulator.scenario.schema import Kind, Part, Scenario, caller_lines
from simulator.scenario.texts import each_text
from simulator.sourcefile import Key, Problem, Source, read_source, validate

FEW_LINES = 70
MANY_WORDS = 45
LEAST_FIGURE = 100
"""Numbers below this are counts and days, and ask for no source."""
OFTEN = 3
"""Lines of one act from which it belongs to what the call is about."""
YEARS = range(1900, 2100)
TELLING_KINDS = ("trouble", "danger", "child")
"""Kinds of caller acts that should open a slot of something the scenario trains."""
UNTOUCHED = ("SKRIV:", "WRITE:")

CODES = frozenset(
    {
        "few-lines", "long-line", "first-step-not-free", "never-due", "act-without-slot", "unsourced-number",
        "early-label", "untouched", "in-bank", "told-to-all", "too-high", "unsaid-reaction", "mixed-questions",
        "contradiction", "misnamed", "needless-explanation",
    }
)  # fmt: skip
"""Every code of advice there is; the last six are given in ``simulator.checking``."""


class Labels(Part):
    """``labels.yaml``: beginnings of words that name a matter outright, by its kind."""

    version: int
    labels: dict[Kind, list[str]]


@cache
def labels() -> dict[Kind, list[str]]:
    """The words, by kind. Raises SourceError."""
    return validate(read_source(Path(__file__).parent / "labels.yaml"), Labels).labels


def advise(source: Source, scenario: Scenario, book: Codebook, common: Common) -> Iterator[Problem]:
    """All advice that can be given from the file and the vocabulary alone, in no particular order."""
    lines = list(caller_lines(scenario))
    yield from _lines(source, lines, common)
    yield from _ladders(source, scenario)
    yield from _slots(source, scenario, book, lines)
    yield from _numbers(source, scenario, lines)
    yield from _labels(source, scenario)
    for key, text in each_text(source.data):
        if text.startswith(UNTOUCHED):
            yield source.advice("untouched", key, N_("Här står mallens text kvar."))


def _lines(source: Source, lines: list[tuple[Key, str, str]], common: Common) -> Iterator[Problem]:
    if len(lines) < FEW_LINES:
        template = N_("Bara {count} repliker. Under {least} tar de lätt slut i ett långt samtal.")
        yield source.advice("few-lines", (), template, count=len(lines), least=FEW_LINES)
    bank = {_plain(text) for reaction in common.reactions for text in reaction.say}
    for key, _act, text in lines:
        if len(re.findall(r"\w+", text)) > MANY_WORDS:
            template = N_("Repliken är över 45 ord. I telefon säger man mindre åt gången.")
            yield source.advice("long-line", key, template)
        if _plain(text) in bank:
            template = N_("Repliken står också i common/lines.yaml och kan då sägas två gånger.")
            yield source.advice("in-bank", key, template)


def _ladders(source: Source, scenario: Scenario) -> Iterator[Problem]:
    for n, matter in enumerate(scenario.hidden):
        if matter.steps[0].gate != "free":
            template = N_("Första steget är inte free: då hörs ingen ledtråd förrän någon frågar rakt.")
            yield source.advice("first-step-not-free", ("hidden", n, "steps", 0, "gate"), template)
        ids = [step.id for step in matter.steps]
        goal = ids.index(matter.reached or ids[-1])
        if all(step.gate == "free" for step in matter.steps[: goal + 1]):
            template = N_(
                "Steget ”{step}” kommer fram av sig självt: alla steg dit är free, ingen behöver lyssna."
            )
            yield source.advice("told-to-all", ("hidden", n, "steps", goal), template, step=ids[goal])


def _slots(
    source: Source, scenario: Scenario, book: Codebook, lines: list[tuple[Key, str, str]]
) -> Iterator[Problem]:
    """Strategies that can never come due, and acts that open nothing that is trained."""
    acts = {act for _key, act, _text in lines}
    opening: set[str] = set()
    for n, name in enumerate(scenario.trains):
        strategy = book.strategies.get(name)
        wanted = (strategy.slot.after or strategy.slot.when or []) if strategy else []
        opening.update(wanted)
        if wanted and not acts.intersection(wanted):
            template = N_("”{value}” kan aldrig bli aktuell här: ingen replik är {acts}.")
            values = {"value": name, "acts": " / ".join(wanted)}
            yield source.advice("never-due", ("trains", n), template, **values)
    said = Counter(act for _key, act, _text in lines)
    first = {act: key for key, act, _text in reversed(lines)}
    for act, key in first.items():
        known = book.acts.get(act)
        if act in opening or said[act] < OFTEN or known is None or known.kind not in TELLING_KINDS:
            continue
        fitting = [
            s.id for s in book.strategies.values() if act in (*(s.slot.after or ()), *(s.slot.when or ()))
        ]
        if fitting:
            template = N_("Handlingen ”{act}” öppnar ingen lucka som tränas här. I trains passar: {fitting}.")
            yield source.advice("act-without-slot", key, template, act=act, fitting=", ".join(fitting))


def _numbers(source: Source, scenario: Scenario, lines: list[tuple[Key, str, str]]) -> Iterator[Problem]:
    """Figures told to the handler that are neither a rule's nor the caller's own. Rows of the case are the case's."""
    own = {figure for _key, _act, text in lines for figure in figures(text)}
    own |= {figure for number in scenario.own_numbers for figure in figures(str(number))}
    prose = {name: source.data[name] for name in ("content_note", "debrief")} | {
        "case": {"task": source.data["case"]["task"]}
    }
    for key, text in each_text(prose):
        for figure in figures(REFERENCE.sub("", text)):
            if int(figure) >= LEAST_FIGURE and int(figure) not in YEARS and figure not in own:
                template = N_(
                    "Talet {figure} har ingen källa: skriv {{rule:…}} om det är en regels, eller lägg det under "
                    "own_numbers om det är inringarens eget."
                )
                yield source.advice("unsourced-number", key, template, figure=figure)


def _labels(source: Source, scenario: Scenario) -> Iterator[Problem]:
    """A word for the matter in a line that may come before anybody has been told anything."""
    kinds = {matter.kind for matter in scenario.hidden}
    words = [word for kind in labels() if kind in kinds for word in labels()[kind]]
    late = set()
    for n, matter in enumerate(scenario.hidden):
        late |= {(n, s) for s, step in enumerate(matter.steps) if step.gate in ("question", "trusted")}
    for key, _act, text in caller_lines(scenario):
        if key[0] in ("ends", "reactions") or (
            key[0] == "hidden" and key[2] == "steps" and (key[1], key[3]) in late
        ):
            continue
        found = next((word for word in words if re.search(rf"\b{re.escape(word)}", text.casefold())), None)
        if found:
            template = N_(
                "Ordet ”{word}” sägs för tidigt: låt det komma i ett steg som är question eller trusted."
            )
            yield source.advice("early-label", key, template, word=found)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
