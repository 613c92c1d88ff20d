"""The shipped reader: encoder and n-grams together, thresholds, form by rules, and questions matched to topics."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.language import N_, ToldError
from simulator.reading.encoder import Encoded, Encoder
from simulator.reading.form import asks_for_more, form_of, sentences
from simulator.reading.linear import LinearModel
from simulator.reading.match import Bars, Index, asked_about
from simulator.reading.meanings import Meanings
from simulator.reading.mix import Mix
from simulator.reading.model import MoveFound, Reading, Topic

Floats = NDArray[np.float64]
FILES = ("reader.json", "encoder.json", "encoder.onnx", "tokenizer.json", "linear.npz", "questions.npz")

BY_FORM = 0.75
"""The probability given to a move that is seen in the form of a sentence alone."""


class ReaderMissingError(ToldError):
    """The reader's files are missing or damaged; the message says which."""

    def __init__(self, why: str) -> None:
        super().__init__(N_("Läsaren går inte att ladda: {why}."), why=why)


class TrainedReader:
    """Reads turns with the weights of a folder (``models/reader``).

    The logits of the encoder and of the n-grams are mixed in a proportion chosen on the dev split. A move counts as
    found from a threshold of its own, and as *sure* from a probability at which what is found is mostly there.
    """

    def __init__(self, folder: Path) -> None:
        """Load the files. Raises ReaderMissingError."""
        try:
            card: dict[str, Any] = json.loads((folder / "reader.json").read_text("utf-8"))
            self._encoder = Encoder(folder)
            self._linear = LinearModel(folder / "linear.npz")
            self.meanings = Meanings(folder / "questions.npz", self._encoder.vectors)
            self.moves: list[str] = card["moves"]
            self.thresholds: Floats = np.array([card["thresholds"][move] for move in self.moves])
            self.sure: Floats = np.array([card["sure"][move] for move in self.moves])
            mix = card["mix"]
            self._mix = Mix(float(mix["encoder"]), float(mix["linear"]), float(mix["bias"]))
            self._evidence_mix = float(card["evidence_mix"])
            self._familiar = frozenset(card["familiar"])
            self.bars = Bars(**card["bars"])
            digest = hashlib.sha256()
            for name in FILES:
                digest.update((folder / name).read_bytes())
        except (OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
            raise ReaderMissingError(str(error)) from error
        self.version = f"{card['name']}-{digest.hexdigest()[:8]}"
        self._indexes: dict[tuple[Topic, ...], Index] = {}

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        """Read one turn; see ``simulator.reading.model.Reader``."""
        form = form_of(turn, self._familiar)
        if form.empty or form.nonsense or form.english:
            return Reading(turn, form=form, version=self.version)
        known = tuple(topics)
        asked = asked_about(turn, form.questions, self.index(known), self.bars) if known else ()
        moves = self._moves(turn, before)
        if not any(move.id in ("invite-more", "close-off") for move in moves):
            more = next((sentence for sentence in sentences(turn) if asks_for_more(sentence)), "")
            moves += (MoveFound("invite-more", BY_FORM, more),) if more else ()
        if form.greeting:
            # a bare "hej" opens as well as it closes; taken as a farewell it would end the call
            moves = tuple(move for move in moves if move.id not in ("farewell", "close-off"))
        return Reading(turn, moves, asked, form, self.version)

    def index(self, topics: tuple[Topic, ...]) -> Index:
        """The example questions of a call, made ready once."""
        if topics not in self._indexes:
            self._indexes = {topics: Index(topics, self.meanings)}
        return self._indexes[topics]

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Calibrated probabilities of many (turn, line before) pairs. Shape: (pairs, moves)."""
        found = [self._likely(e, *pair) for e, pair in zip(self._encoder.read(pairs), pairs, strict=True)]
        return np.array(found, dtype=np.float64).reshape(len(pairs), len(self.moves))

    def evidence(self, turn: str, before: str) -> list[str]:
        """The sentence that shows each move best, whether or not the move is there. In the order of ``moves``."""
        encoded = self._encoder.read([(turn, before)])[0]
        return shows(encoded, self._linear, turn, before, self._evidence_mix)

    def _likely(self, encoded: Encoded, turn: str, before: str) -> Floats:
        return self._mix.probabilities(encoded.logits, self._linear.logits(turn, before))

    def _moves(self, turn: str, before: str) -> tuple[MoveFound, ...]:
        encoded = self._encoder.read([(turn, before)])[0]
        p = self._likely(encoded, turn, before)
        places = np.flatnonzero(p >= self.thresholds)
        if not places.size:
            return ()
        evidence = shows(encoded, self._linear, turn, before, self._evidence_mix)
        found = [
            MoveFound(self.moves[i], round(float(p[i]), 4), evidence[i], unsure=bool(p[i] < self.sure[i]))
            for i in places
        ]
        return tuple(sorted(found, key=lambda m: -m.p))


def shows(encoded: Encoded, worded: LinearModel, turn: str, before: str, mix: float) -> list[str]:
    """The sentence that shows each move best: the encoder's share of it, and ``mix`` times what its words say."""
    parts = sentences(turn)
    if len(parts) < 2:
        return [turn.strip()] * len(encoded.logits)
    shares = np.full((len(parts), len(encoded.logits)), -1e3)
    shares[: len(encoded.shares)] = encoded.shares[: len(parts)]
    best = (shares + mix * np.stack([worded.logits(part, before) for part in parts])).argmax(axis=0)
    return [parts[int(number)] for number in best]
