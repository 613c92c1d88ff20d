"""How fast a caller speaks on screen: word by word, with a breath at commas and a longer one at stops."""

from __future__ import annotations

import re

from simulator.settings import Pace

WORDS_A_SECOND: dict[Pace, float] = {"lugn": 2.6, "vanlig": 4.2, "snabb": 9.0, "genast": 0.0}
"""Ordinary Swedish telephone talk lies near three words a second; one reads faster than that."""
BREATHS = {"…": 2.6, ".": 1.6, "?": 1.6, "!": 1.6, ",": 0.8}
"""Further time after a word that ends so, in words."""
BEFORE = 3.0
"""Time before the first word, in words: she draws breath."""


def pieces(text: str) -> list[tuple[str, float]]:
    """A caller turn cut into words, each with how long it takes, counted in ordinary words."""
    found = []
    for word in re.findall(r"\S+\s*", text):
        bare = word.rstrip()
        weight = 0.5 + len(bare) / 10
        found.append((word, weight + BREATHS.get(bare[-1:], 0.0)))
    return found


def seconds(weight: float, pace: Pace) -> float:
    """How long that many ordinary words take; 0 where nothing is paced."""
    rate = WORDS_A_SECOND[pace]
    return weight / rate if rate else 0.0
