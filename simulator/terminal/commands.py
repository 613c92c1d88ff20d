"""Slash commands that both modes know: what a line of input means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Name = Literal["say", "end", "back", "pause", "break", "help", "case", "rules", "unknown"]
_WORDS: dict[str, Name] = {
    "avsluta": "end",
    "end": "end",
    "backa": "back",
    "back": "back",
    "paus": "pause",
    "pause": "pause",
    "bryt": "break",
    "break": "break",
    "hjälp": "help",
    "hjalp": "help",
    "help": "help",
    "ärende": "case",
    "arende": "case",
    "case": "case",
    "regler": "rules",
    "rules": "rules",
}


@dataclass(frozen=True)
class Command:
    """A line of input: what to do, with its text (``say``, ``unknown``) or number (``back``)."""

    name: Name
    text: str = ""
    number: int = 1


def parse_command(line: str) -> Command:
    """What a line means; anything that does not begin with a slash and a word is something said."""
    found = re.fullmatch(r"\s*/([^\W\d_]+)(?:\s+(\S+))?\s*", line)
    if not found:
        return Command("say", line)
    name = _WORDS.get(found[1].casefold(), "unknown")
    if name == "unknown":
        return Command("unknown", found[0].strip())
    number = found[2]
    if name == "back" and number is not None:
        return Command("back", number=int(number)) if number.isdecimal() else Command("unknown", line.strip())
    return Command(name)
