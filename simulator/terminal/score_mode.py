"""``samtal score FILE``: grade a transcript from a file."""

from __future__ import annotations

from pathlib import Path

from simulator.call.parse import parse_transcript, read_aloud
from simulator.codebook import codebook
from simulator.grading import grade
from simulator.reading import Reader
from simulator.report import events, plain
from simulator.scenario import Scenario, find, load
from simulator.scenario.schema import caller_lines
from simulator.sourcefile import read_text


def score_file(path: Path, reader: Reader, *, as_json: bool, everything: bool) -> str:
    """Grade a transcript file; returns the scorecard as text or as one JSON line.

    Raises:
        SourceError: the file cannot be read, or the scenario it names is faulty.
        TranscriptError: it cannot be parsed.
        UnknownScenarioError: it names a scenario that there is not.
    """
    book = codebook()
    written = parse_transcript(read_text(path), book)
    scenario = load(find(written.scenario)).scenario if written.scenario else None
    acts = _acts_by_line(scenario) if scenario else {}
    transcript = read_aloud(written, reader, lambda text: acts.get(_plain(text), ()))
    card = grade(transcript, scenario, book)
    if as_json:
        pronoun = scenario.caller.pronoun if scenario else "hen"
        return events.scorecard_data(card, book, pronoun, []).model_dump_json()
    return plain.transcript_scorecard(card, book, everything=everything)


def _acts_by_line(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    return {_plain(text): (act,) for _key, act, text in caller_lines(scenario)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
