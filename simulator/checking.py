"""``samtal check``: scenario files, folders of them, and codebook folders, all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from simulator.caller import Role, policy
from simulator.codebook import codebook, read_codebook
from simulator.codebook.load import FILES
from simulator.language import N_, Message
from simulator.reading import Reader
from simulator.scenario import Loaded, Scenario, load
from simulator.scenario.advice import advise
from simulator.scenario.common import read_common
from simulator.scenario.packs import FILE as PACK
from simulator.scenario.packs import PackFile
from simulator.scenario.schema import EVENTS
from simulator.sourcefile import Key, Problem, Source, SourceError, parse_source, read_source, validate
from simulator.trying.agreement import contradictions

SHARED = ("rules.yaml", "support.yaml", "lines.yaml", "questions.yaml")
CLEARLY = 0.1
"""Likeness by which another fact must win before a question is said to be mixed up with it."""
MOST_TRUST = 0.95
"""Trust that a caller hardly ever comes to: a step that asks for more is never told."""


@dataclass(frozen=True)
class Report:
    """What was found in one file or folder."""

    path: Path
    problems: tuple[Problem, ...]


def check_paths(paths: Iterable[Path], get_reader: Callable[[], Reader]) -> Iterator[Report]:
    """Check each path: a scenario file, a codebook file or folder, or a folder of scenarios.

    ``get_reader`` is called once a scenario is to be checked: some advice is measured.
    """
    reader = cache(get_reader)
    for path in paths:
        yield from _check(path, reader)


def _check(path: Path, get_reader: Callable[[], Reader]) -> Iterator[Report]:
    if not path.exists():
        problem = Problem(str(path), 1, 1, Message(N_("Filen eller mappen finns inte.")))
        yield Report(path, (problem,))
    elif path.is_dir():
        names = {child.name for child in path.iterdir()}
        if set(FILES) <= names:
            yield _attempt(path, lambda: read_codebook(path))
        elif names.intersection(SHARED):
            yield _attempt(path, lambda: read_common(path))
        else:
            for child in sorted(path.iterdir()):
                if child.is_dir() or child.suffix in (".yaml", ".yml"):
                    yield from _check(child, get_reader)
    elif path.name in FILES:
        yield _attempt(path, lambda: read_codebook(path.parent))
    elif path.name in SHARED and path.parent.name == "common":
        yield _attempt(path, lambda: read_common(path.parent))
    elif path.name == PACK:
        yield _attempt(path, lambda: validate(read_source(path), PackFile))
    else:
        try:
            yield Report(path, advice(path, load(path), get_reader()))
        except SourceError as error:
            yield Report(path, tuple(error.problems))


def advice(path: Path, loaded: Loaded, reader: Reader) -> tuple[Problem, ...]:
    """All advice on a scenario that can be played, by line; what the file explains is marked so."""
    source, scenario = parse_source(loaded.text, str(path)), loaded.scenario
    found = [
        *_misnamed(source, path, scenario),
        *advise(source, scenario, codebook(), loaded.common),
        *_unheard(source, scenario),
        *_too_high(source, scenario),
        *_mixed_up(source, loaded, reader),
        *_contradicting(source, scenario),
    ]
    why = {one.advice: one.why for one in scenario.explained}
    marked = [replace(problem, explained=why.get(problem.advice, "")) for problem in found]
    for n, one in enumerate(scenario.explained):
        if one.advice not in {problem.advice for problem in found}:
            template = N_("Rådet ”{told}” ges inte längre: förklaringen kan tas bort.")
            marked.append(source.advice("needless-explanation", ("explained", n), template, told=one.advice))
    return tuple(sorted(marked, key=lambda problem: (problem.line, problem.column)))


def _misnamed(source: Source, path: Path, scenario: Scenario) -> Iterator[Problem]:
    own = scenario.id.rpartition("/")[2]
    if path.stem != own:
        template = N_("Filen heter {file} men scenariot {id}. Låt filen heta {id}.yaml.")
        yield source.advice("misnamed", (), template, file=path.name, id=own)


def _unheard(source: Source, scenario: Scenario) -> Iterator[Problem]:
    """Reactions to moves that callers answer in other ways, so that the lines are never said."""
    heard = policy().reacted_to.union(EVENTS)
    for n, reaction in enumerate(scenario.reactions):
        if reaction.on not in heard:
            template = N_("Replikerna för ”{on}” sägs aldrig: på det draget svarar inringare på annat sätt.")
            yield source.advice("unsaid-reaction", ("reactions", n, "on"), template, on=reaction.on)


def _too_high(source: Source, scenario: Scenario) -> Iterator[Problem]:
    """Steps that ask for more trust than a call gives, or for less than the step before: nobody climbs there."""
    for n, matter in enumerate(scenario.hidden):
        for s, step in enumerate(matter.steps):
            need = step.trust if step.trust is not None else policy().gates[step.gate]
            if need > MOST_TRUST:
                template = N_("Steget ”{step}” kräver förtroende {need}: dit kommer nästan ingen.")
                yield source.advice("too-high", ("hidden", n, "steps", s), template, step=step.id, need=need)


def _mixed_up(source: Source, loaded: Loaded, reader: Reader) -> Iterator[Problem]:
    """Example questions that, measured by the reader, are clearly more like another fact's than their own's others.

    A fact that opens a matter may be mixed up with it: its answer leads there.
    """
    from simulator.reading.reader import TrainedReader

    if not isinstance(reader, TrainedReader):
        return
    scenario = loaded.scenario
    index = reader.index(Role(scenario, loaded.common, policy(), codebook(), 0).topics)
    place = {topic.id: number for number, topic in enumerate(index.topics)}
    rivals = [number for number, topic in enumerate(index.topics) if topic.known]
    asks: list[tuple[Key, str, str]] = [
        *(
            (("facts", n, "ask", i), fact.id, q)
            for n, fact in enumerate(scenario.facts)
            for i, q in enumerate(fact.ask)
        ),
        *(
            (("hidden", n, "asked", i), m.id, q)
            for n, m in enumerate(scenario.hidden)
            for i, q in enumerate(m.asked)
        ),
    ]
    opens = {(fact.id, fact.opens) for fact in scenario.facts}
    for key, own, question in asks:
        likeness = index.likeness(question, leave_out=question)
        other = max(
            (number for number in rivals if number != place[own]), key=lambda number: likeness[number]
        )
        alike, mine = float(likeness[other]), float(likeness[place[own]])
        kin = {(own, index.topics[other].id), (index.topics[other].id, own)} & opens
        if alike >= policy().limits.near and alike > mine + CLEARLY and not kin:
            template = N_(
                "Frågan liknar mer ”{other}” ({alike:.2f}) än de andra frågorna till ”{own}” ({mine:.2f})."
            )
            values = {"other": index.topics[other].id, "alike": alike, "own": own, "mine": max(mine, 0.0)}
            yield source.advice("mixed-questions", key, template, **values)


def _contradicting(source: Source, scenario: Scenario) -> Iterator[Problem]:
    for found in contradictions(scenario):
        line = source.places.get(found.keys[0], (0, 0))[0]
        template = N_("Säger emot rad {line} om ”{about}”: {values}.")
        values = {"line": line, "about": found.about, "values": " / ".join(found.values)}
        yield source.advice("contradiction", found.keys[-1], template, **values)


def _attempt(path: Path, read: Callable[[], object]) -> Report:
    try:
        read()
    except SourceError as error:
        return Report(path, tuple(error.problems))
    return Report(path, ())
