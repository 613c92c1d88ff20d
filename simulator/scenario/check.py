"""Checks a scenario against the vocabulary and the shared files: everything the schema cannot see."""

from __future__ import annotations

from typing import Any

from simulator.codebook import Codebook
from simulator.codebook.load import known_or
from simulator.language import N_
from simulator.scenario.advice import CODES
from simulator.scenario.common import REFERENCE, Common, figures
from simulator.scenario.schema import EVENTS, Scenario, caller_lines
from simulator.scenario.texts import each_text
from simulator.sourcefile import Key, Problem, Source

SHORTEST_SUM = 100
"""Rules' values below this are counts of months or days and may be typed in passing."""


def check(source: Source, scenario: Scenario, book: Codebook, common: Common) -> list[Problem]:
    """All errors in one scenario, in no particular order."""
    problems: list[Problem] = []
    _check_ids(source, scenario, book, common, problems)
    _check_doubles(source, scenario, problems)
    _check_figures(source, scenario, common, problems)
    _check_references(source, scenario, problems)
    return problems


def _check_ids(
    source: Source, scenario: Scenario, book: Codebook, common: Common, problems: list[Problem]
) -> None:
    def each(key: Key, values: list[str] | None, known: Any) -> None:
        for number, value in enumerate(values or ()):
            known_or(source, (*key, number), value, known, problems)

    each(("trains",), scenario.trains, book.strategies)
    each(("rules",), scenario.rules, common.rules)
    each(("support",), scenario.support, common.support)
    for n, exempt in enumerate(scenario.exempt):
        known_or(source, ("exempt", n, "strategy"), exempt.strategy, book.strategies, problems)
    for n, explained in enumerate(scenario.explained):
        known_or(source, ("explained", n, "advice"), explained.advice, CODES, problems)
    triggers = [*EVENTS, *book.moves]
    matters = [matter.id for matter in scenario.hidden]
    for key, act, _text in caller_lines(scenario):
        if key[-1] == 0 and key[0] != "ends":
            known_or(source, (*key[:-2], "act"), act, book.acts, problems)
    for n, point in enumerate(scenario.errand):
        each(("errand", n, "answered_by"), point.answered_by, book.moves)
    for n, reaction in enumerate(scenario.reactions):
        known_or(source, ("reactions", n, "on"), reaction.on, triggers, problems)
    for n, fact in enumerate(scenario.facts):
        each(("facts", n, "family"), fact.family, common.families)
        if fact.opens is not None:
            known_or(source, ("facts", n, "opens"), fact.opens, matters, problems)
        if not fact.family and not fact.ask:
            template = N_("Faktat ”{name}” kan aldrig efterfrågas: ge family eller exempelfrågor i ask.")
            problems.append(source.problem(("facts", n), template, name=fact.id))
    for n, matter in enumerate(scenario.hidden):
        if matter.reached is not None:
            steps = [step.id for step in matter.steps]
            known_or(source, ("hidden", n, "reached"), matter.reached, steps, problems)
    for key, text in each_text(source.data):
        for match in REFERENCE.finditer(text):
            known_or(source, key, match[1], common.rules, problems)


def _check_doubles(source: Source, scenario: Scenario, problems: list[Problem]) -> None:
    ids = {
        "errand": [point.id for point in scenario.errand],
        "facts": [fact.id for fact in scenario.facts],
        "hidden": [matter.id for matter in scenario.hidden],
    }
    for name, values in ids.items():
        for n, value in enumerate(values):
            if value in values[:n]:
                template = N_("”{value}” finns redan. Ett id får stå en gång.")
                problems.append(source.problem((name, n, "id"), template, value=value))
    for n, matter in enumerate(scenario.hidden):
        steps = [step.id for step in matter.steps]
        for s, value in enumerate(steps):
            if value in steps[:s]:
                template = N_("”{value}” finns redan. Ett id får stå en gång.")
                problems.append(source.problem(("hidden", n, "steps", s, "id"), template, value=value))
    said: dict[str, Key] = {}
    for key, _act, text in caller_lines(scenario):
        plain = " ".join(text.casefold().split())
        if plain in said:
            line = source.places.get(said[plain], (0, 0))[0]
            template = N_(
                "Samma replik står redan på rad {line}. En inringare säger aldrig samma sak två gånger."
            )
            problems.append(source.problem(key, template, line=line))
        said.setdefault(plain, key)


def _check_figures(source: Source, scenario: Scenario, common: Common, problems: list[Problem]) -> None:
    """A rule's sum or a support number may stand in its own file only."""
    own = {figure for number in scenario.own_numbers for figure in figures(str(number))}
    homes: dict[str, tuple[str, str]] = {}
    for rule in common.rules.values():
        for figure in figures(rule.value or ""):
            if int(figure) >= SHORTEST_SUM:
                homes[figure] = ("rule", rule.id)
    for support in common.support.values():
        for number in (support.number, *support.alternatives):
            for figure in figures(number):
                homes[figure] = ("support", support.id)
    for key, text in each_text(source.data):
        if key[0] in ("own_numbers", "rules", "support", "trains") or key[-1] == "id":
            continue
        for figure in figures(REFERENCE.sub("", text)):
            kind, home = homes.get(figure, ("", ""))
            if kind == "support":
                template = N_(
                    "Stödnumret {figure} står här. Ta bort det och skriv ”{home}” under support: numren "
                    "finns bara i common/support.yaml."
                )
                problems.append(source.problem(key, template, figure=figure, home=home))
            elif kind == "rule" and figure not in own:
                template = N_(
                    "Beloppet {figure} är en regels (”{home}”). Skriv {reference} i stället, eller lägg "
                    "talet under own_numbers om det är inringarens eget."
                )
                reference = "{rule:" + home + "}"
                problems.append(source.problem(key, template, figure=figure, home=home, reference=reference))


def _check_references(source: Source, scenario: Scenario, problems: list[Problem]) -> None:
    """A caller does not quote rules: ``{rule:...}`` belongs in what the handler is shown."""
    for key, _act, text in caller_lines(scenario):
        if REFERENCE.search(text):
            template = N_(
                "En inringare kan inte säga en regels värde. Låt repliken vara utan siffra, eller "
                "skriv inringarens egen siffra och lägg den under own_numbers."
            )
            problems.append(source.problem(key, template))
