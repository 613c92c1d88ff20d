"""Near-copies: turns so alike that training on one and testing on the other would measure memory.

Two measures, as either alone misses some: the normalised edit distance of the letters, and the likeness of vectors
of words and word pairs, weighted by their rarity. Short turns ("Mm.", "Sedan när då?") are the same in
every call and are no copies of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from sklearn.feature_extraction.text import TfidfVectorizer

from simulator.training.corpus import Labelled

SHORT = 5
"""Turns of up to so many words are never near-copies."""
EDIT_LIKENESS = 0.80
"""1 minus edit distance over the longer length; from here on two turns are near-copies."""
VECTOR_LIKENESS = 0.90
"""Cosine of the sentence vectors; from here on two turns are near-copies."""
_CANDIDATE = 0.55
"""Cosine of letter n-grams from which the edit distance is worked out at all (a bound for speed, set low)."""
_BLOCK = 512


@dataclass(frozen=True)
class NearCopy:
    """Two turns that are nearly the same: their places in the two lists, and how alike they are."""

    left: int
    right: int
    edit: float
    vector: float


def plain(text: str) -> str:
    """A turn without case, stops and doubled blanks."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def near_copies(left: Sequence[Labelled], right: Sequence[Labelled]) -> list[NearCopy]:
    """Every pair, one from each list, that is too alike to stand on two sides of a split."""
    kept_left = [i for i, row in enumerate(left) if len(row.turn.split()) > SHORT]
    kept_right = [i for i, row in enumerate(right) if len(row.turn.split()) > SHORT]
    if not kept_left or not kept_right:
        return []
    texts_left = [plain(left[i].turn) for i in kept_left]
    texts_right = [plain(right[i].turn) for i in kept_right]
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, dtype=np.float32)
    grams_right = letters.fit([*texts_left, *texts_right]).transform(texts_right)
    grams_left = letters.transform(texts_left)
    words = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), dtype=np.float32)
    words_right = words.fit([*texts_left, *texts_right]).transform(texts_right)
    words_left = words.transform(texts_left)
    found = []
    for start in range(0, len(texts_left), _BLOCK):
        block = slice(start, start + _BLOCK)
        by_letters: NDArray[np.float32] = (grams_left[block] @ grams_right.T).toarray()
        by_words: NDArray[np.float32] = (words_left[block] @ words_right.T).toarray()
        for row, column in zip(
            *np.nonzero((by_letters >= _CANDIDATE) | (by_words >= VECTOR_LIKENESS)), strict=True
        ):
            a, b = texts_left[start + row], texts_right[column]
            edit = float(Levenshtein.normalized_similarity(a, b))
            vector = float(by_words[row, column])
            if edit >= EDIT_LIKENESS or vector >= VECTOR_LIKENESS:
                found.append(NearCopy(kept_left[start + row], kept_right[column], edit, vector))
    return found
