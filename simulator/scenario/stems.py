"""Which of a text's words tell what it is about: by their first letters, so that inflection does not hide them."""

from __future__ import annotations

import re

LETTERS = 5
"""Letters by which words are compared; shorter words tell nothing."""
EVERYDAY = 25
"""Shared question families from which a stem belongs to talk in general, and does not single anything out."""
EMPTY = 60
"""Families from which a stem is no more than grammar: "eller", "något"."""
_PLAIN = str.maketrans("åäö", "aao")
"""People type without the dots, too."""
_WORD = re.compile(r"[^\W\d_]+")


def stems(text: str) -> frozenset[str]:
    """The stems of the longer words of a text."""
    plain = text.casefold().translate(_PLAIN)
    return frozenset(word[:LETTERS] for word in _WORD.findall(plain) if len(word) >= LETTERS)
