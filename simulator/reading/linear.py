"""The shipped reader: a linear model over word and letter n-grams, read from ``models/reader``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.language import N_, ToldError
from simulator.reading.embedding import Embedding
from simulator.reading.features import hashed
from simulator.reading.form import form_of, sentences
from simulator.reading.match import Bars, Index, asked_about
from simulator.reading.model import MoveFound, Reading, Topic


class ReaderMissingError(ToldError):
    """The reader's files are missing or damaged; the message says which."""

    def __init__(self, why: str) -> None:
        super().__init__(N_("Läsaren går inte att ladda: {why}."), why=why)


class LinearReader:
    """Reads turns with one logistic model per move, and matches questions to topics.

    A turn is read as a whole and sentence by sentence: the whole decides whether a move is there, the
    likeliest sentence is its evidence.
    """

    def __init__(self, folder: Path) -> None:
        """Load the files. Raises ReaderMissingError."""
        try:
            card: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
            raw = (folder / "weights.npz").read_bytes()
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                self._buckets: NDArray[np.int64] = arrays["buckets"].astype(np.int64)
                self._weights: NDArray[np.int8] = arrays["weights"]
                self._scales: NDArray[np.float32] = arrays["scales"]
                self._biases: NDArray[np.float32] = arrays["biases"]
            self._embedding = Embedding(folder / "embedding.npz")
            raw += (folder / "embedding.npz").read_bytes()
            self.moves: list[str] = card["moves"]
            self.thresholds = np.array([card["thresholds"][move] for move in self.moves])
            self._slope, self._sure = float(card["slope"]), float(card["sure"])
            self._sentence_weight = float(card["sentence_weight"])
            self._familiar = frozenset(card["familiar"])
            self._bars = Bars(**card["bars"])
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise ReaderMissingError(str(error)) from error
        self.version = f"{card['name']}-{hashlib.sha256(raw).hexdigest()[:8]}"
        self._indexes: dict[tuple[Topic, ...], Index] = {}

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        """Read one turn; see ``simulator.reading.model.Reader``."""
        form = form_of(turn, self._familiar)
        if form.empty or form.nonsense or form.english:
            return Reading(turn, form=form, version=self.version)
        known = tuple(topics)
        asked = asked_about(turn, form.questions, self.index(known), self._bars) if known else ()
        moves = self._moves(turn, before)
        if form.greeting:
            # a bare "hej" opens as well as it closes; taken as a farewell it would end the call
            moves = tuple(move for move in moves if move.id not in ("farewell", "close-off"))
        return Reading(turn, moves, asked, form, self.version)

    def index(self, topics: tuple[Topic, ...]) -> Index:
        """The example questions of a call, made ready once."""
        if topics not in self._indexes:
            self._indexes = {topics: Index(topics, self._embedding)}
        return self._indexes[topics]

    def probabilities(self, turn: str, before: str) -> tuple[NDArray[np.float64], list[str]]:
        """Calibrated probability of each move, and each move's likeliest sentence. Shape: (moves,)."""
        whole = self._logits(turn, before)
        parts = sentences(turn)
        if len(parts) < 2:
            return _sigmoid(whole * self._slope), [turn.strip()] * len(self.moves)
        each = np.stack([self._logits(part, before) for part in parts])
        mixed = (1 - self._sentence_weight) * whole + self._sentence_weight * each.max(axis=0)
        return _sigmoid(mixed * self._slope), [parts[int(best)] for best in each.argmax(axis=0)]

    def _moves(self, turn: str, before: str) -> tuple[MoveFound, ...]:
        p, evidence = self.probabilities(turn, before)
        found = [
            MoveFound(
                move,
                round(float(p[i]), 4),
                evidence[i],
                unsure=bool(p[i] < self._sure),
            )
            for i, move in enumerate(self.moves)
            if p[i] >= self.thresholds[i]
        ]
        return tuple(sorted(found, key=lambda m: -m.p))

    def _logits(self, turn: str, before: str) -> NDArray[np.float64]:
        buckets, weights = hashed(turn, before)
        places = np.searchsorted(self._buckets, buckets)
        places = np.minimum(places, len(self._buckets) - 1)
        hit = self._buckets[places] == buckets
        rows = self._weights[places[hit]].astype(np.float32)
        return np.asarray((weights[hit] @ rows) * self._scales + self._biases, dtype=np.float64)


def _sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-x)), dtype=np.float64)
