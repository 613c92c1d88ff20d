"""JSON mode: events out, one object a line; handler turns in, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from pydantic import BaseModel

from simulator.language import N_, Message
from simulator.report import events
from simulator.session import NotAllowedError, Session
from simulator.terminal.commands import parse_command


def play_json(session: Session, source: BinaryIO, sink: TextIO) -> int:
    """Play a call over two streams; returns the exit code: 0 played, 1 input that is not UTF-8."""
    book = session.call.role.book
    known = session.call_id
    _emit(sink, events.case_event(session.loaded, session.seed, session.reader.version, known))
    code = 0
    for line in _lines(source):
        if isinstance(line, Message):
            _emit(sink, events.ErrorEvent(message=str(line)))
            code = 1
            continue
        command = parse_command(line)
        if command.name == "end":
            call = session.finish()
            if call.last_words:
                _emit(sink, events.caller_event(len(call.exchanges), call.last_words, book))
        elif command.name in ("pause", "break"):
            break
        elif command.name == "back":
            try:
                _emit(sink, events.BackEvent(turn=len(session.back(command.number).exchanges)))
            except NotAllowedError as error:
                _emit(sink, events.ErrorEvent(message=str(error.message)))
            except ValueError:
                message = Message(
                    N_("Så många turer finns inte att ta tillbaka: {n}."), {"n": command.number}
                )
                _emit(sink, events.ErrorEvent(message=str(message)))
        elif command.name == "say":
            call = session.say(command.text)
            _emit(sink, events.reading_event(call))
            _emit(sink, events.caller_event(len(call.exchanges), call.exchanges[-1].reply, book))
        else:
            message = Message(N_("Kommandot {name} finns inte i JSON-läget."), {"name": line.strip()})
            _emit(sink, events.ErrorEvent(message=str(message)))
        if session.call.ended_by:
            break
    session.abandon()
    _emit(sink, events.ended_event(session.call))
    _emit(sink, events.scorecard_event(session.grade(), session.call))
    return code


def _lines(source: BinaryIO) -> Iterator[str | Message]:
    for number, raw in enumerate(source, 1):
        try:
            yield raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield Message(N_("Rad {n} är inte UTF-8."), {"n": number})


def _emit(sink: TextIO, event: BaseModel) -> None:
    sink.write(event.model_dump_json() + "\n")
    sink.flush()


def standard_streams() -> tuple[BinaryIO, TextIO]:
    """Standard input as bytes and standard output as UTF-8 text, whatever the locale."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdin.buffer, sys.stdout
