"""Transcripts from files: a saved JSON-mode call, or plain text with a speaker before each turn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from simulator.call.transcript import EndedBy, Exchange, Transcript
from simulator.caller import Reply, Spoken
from simulator.codebook import Codebook
from simulator.language import N_, Message, ToldError
from simulator.reading import Reader, Reading

_SPEAKER = re.compile(
    r"^(?P<who>handläggare|handler|h|du|u|inringare|caller|c|i)\s*:\s*(?P<said>.*)$", re.IGNORECASE
)
_ACTS = re.compile(r"\s*\[(?P<acts>[a-zåäö,\s-]+)\]\s*$")
_SCENARIO = re.compile(r"^scenario\s*:\s*(?P<id>[a-z0-9-]+)\s*$")


class TranscriptError(ToldError):
    """A transcript that cannot be used; ``message`` says at which line and why."""

    def __init__(self, line: int, template: str, **values: object) -> None:
        self.line = line
        super().__init__(N_("Rad {line}: {why}"), line=line, why=Message(template, values))


@dataclass
class Utterance:
    """One turn in a file: who spoke, the words, the caller's acts where they are given."""

    who: Literal["handler", "caller"]
    text: str
    line: int
    acts: tuple[str, ...] = ()


@dataclass
class Written:
    """A transcript as it stands in a file. ``scenario``: the id it names, if any."""

    utterances: list[Utterance]
    scenario: str = ""
    ended_by: EndedBy = "handler"
    end_reason: str = "flat"


def parse_transcript(text: str, book: Codebook) -> Written:
    """Read a transcript. Raises TranscriptError with the line at fault."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    written = _json_lines(text, book) if first.lstrip().startswith("{") else _plain(text, book)
    if not any(u.who == "handler" for u in written.utterances):
        raise TranscriptError(1, N_("ingen handläggartur finns. Börja varje tur med ”H:” eller ”C:”."))
    return written


def read_aloud(written: Written, reader: Reader, acts_of: Callable[[str], tuple[str, ...]]) -> Transcript:
    """Read every handler turn and pair it with the caller's answer.

    ``acts_of`` gives the acts of a caller line that the file gives none for (from a scenario, or none).
    """
    exchanges: list[Exchange] = []
    before = ""
    for utterance in written.utterances:
        if utterance.who == "handler":
            reading = reader.read(utterance.text, before)
            exchanges.append(Exchange(reading, Reply(())))
            continue
        acts = utterance.acts or acts_of(utterance.text) or ("elaborates",)
        lines = tuple(Spoken(utterance.text, act) for act in acts)
        if not exchanges:
            exchanges.append(Exchange(Reading(""), Reply(())))
        last = exchanges[-1]
        exchanges[-1] = Exchange(last.reading, Reply((*last.reply.lines, *lines)))
        before = utterance.text
    return Transcript(tuple(exchanges), written.ended_by, written.end_reason)


def _plain(text: str, book: Codebook) -> Written:
    written = Written([])
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        named, spoken = _SCENARIO.match(line), _SPEAKER.match(line)
        if named and not written.utterances:
            written.scenario = named["id"]
        elif spoken:
            is_handler = spoken["who"].lower() in ("handläggare", "handler", "h", "du", "u")
            who: Literal["handler", "caller"] = "handler" if is_handler else "caller"
            said = spoken["said"]
            acts: tuple[str, ...] = ()
            if who == "caller":
                said, acts = _tagged(said, number, book)
            _add(written.utterances, Utterance(who, said, number, acts))
        elif written.utterances:
            last = written.utterances[-1]
            more, acts = line, ()
            if last.who == "caller":
                more, acts = _tagged(line, number, book)
            last.text, last.acts = f"{last.text}\n{more}", last.acts or acts
        else:
            raise TranscriptError(number, N_("raden har ingen talare. Börja den med ”H:” eller ”C:”."))
    return written


def _add(utterances: list[Utterance], new: Utterance) -> None:
    """Two turns in a row by the same speaker are one turn."""
    if utterances and utterances[-1].who == new.who:
        last = utterances[-1]
        last.text, last.acts = f"{last.text}\n{new.text}", (*last.acts, *new.acts)
    else:
        utterances.append(new)


def _tagged(said: str, number: int, book: Codebook) -> tuple[str, tuple[str, ...]]:
    found = _ACTS.search(said)
    if not found:
        return said, ()
    acts = tuple(act.strip() for act in found["acts"].split(",") if act.strip())
    for act in acts:
        if act not in book.acts:
            raise TranscriptError(number, N_("handlingen ”{act}” finns inte i kodboken."), act=act)
    return said[: found.start()], acts


def _json_lines(text: str, book: Codebook) -> Written:
    written = Written([])
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            data: dict[str, Any] = json.loads(line)
            _event(written, data, number, book)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            template = N_("raden är inte en JSON-rad som Samtal har skrivit ({why}).")
            raise TranscriptError(number, template, why=error) from error
    return written


def _event(written: Written, data: dict[str, Any], number: int, book: Codebook) -> None:
    event = data["event"]
    if event == "case":
        written.scenario = str(data["scenario"])
    elif event == "reading":
        written.utterances.append(Utterance("handler", str(data["text"]), number))
    elif event == "caller":
        acts = tuple(str(act) for act in data["acts"])
        unknown = [act for act in acts if act not in book.acts]
        if unknown:
            raise TranscriptError(number, N_("handlingen ”{act}” finns inte i kodboken."), act=unknown[0])
        _add(written.utterances, Utterance("caller", str(data["text"]), number, acts))
    elif event == "back":
        _take_back(written, int(data["turn"]))
    elif event == "ended":
        by = data["by"]
        if by not in ("caller", "handler", "left"):
            raise ValueError(by)
        written.ended_by, written.end_reason = by, str(data["reason"])
    elif event not in ("scorecard", "error"):
        raise ValueError(event)


def _take_back(written: Written, kept: int) -> None:
    turns = 0
    for place, utterance in enumerate(written.utterances):
        turns += utterance.who == "handler"
        if turns > kept:
            del written.utterances[place:]
            return
