"""Everyday typing: what happens to a turn when it is typed in a hurry. Used to train and to measure robustness."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

TYPO_RATE = 0.1
"""Share of words that get a typo."""
_BARE = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")


def typos(text: str, rng: random.Random, rate: float = TYPO_RATE) -> str:
    """Swap, drop or double a letter in about one word in ten (words of four letters or more)."""
    return " ".join(_mistyped(w, rng) if len(w) > 3 and rng.random() < rate else w for w in text.split())


def no_diacritics(text: str, rng: random.Random | None = None) -> str:
    """Type a for å and ä, o for ö."""
    return text.translate(_BARE)


def no_stops(text: str, rng: random.Random | None = None) -> str:
    """All lower case, and no punctuation."""
    return re.sub(r"[.,!?;:…]+(?=\s|$)", "", text).lower()


def greeted(text: str, rng: random.Random | None = None) -> str:
    """The same turn with a greeting before it."""
    return f"Hej hej! {text}"


HABITS: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "no diacritics": no_diacritics,
    "lower case, no stops": no_stops,
}


def varied(text: str, rng: random.Random, share: float) -> str:
    """The text as somebody else might have typed it: with likelihood ``share`` one or two habits are applied."""
    if rng.random() >= share:
        return text
    for name in rng.sample(sorted(HABITS), rng.choice((1, 1, 2))):
        text = HABITS[name](text, rng)
    return text


def _mistyped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    dropped, doubled = word[:at] + word[at + 1 :], word[: at + 1] + word[at:]
    return rng.choice((swapped, dropped, doubled))
