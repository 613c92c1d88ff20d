"""The sentence encoder with one head a move, run by ONNX Runtime: no torch is needed to read.

The encoder reads the caller's line and the turn together. Each move has its own attention over the turn's tokens
(label-wise attention, Mullenbach et al. 2018), so one pass gives both how likely a move is in the turn and which
sentence shows it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.reading.form import sentences

Floats = NDArray[np.float32]
BEFORE, TURN = 24, 160
"""Most tokens read of the caller's line (its end) and, in one window, of the turn."""
_LONGEST = 6_000


@dataclass(frozen=True)
class Encoded:
    """What the encoder makes of a turn: ``logits`` (moves,), and each sentence's ``shares`` (sentences, moves)."""

    logits: Floats
    shares: Floats


@dataclass(frozen=True)
class Window:
    """One input: token ids, which of them are the turn's, and the sentence each of those belongs to."""

    ids: list[int]
    types: list[int]
    sentence: list[int]


class Encoder:
    """``encoder.onnx`` and ``tokenizer.json`` of a reader's folder."""

    def __init__(self, folder: Path) -> None:
        """Load the files. Raises OSError, ValueError, KeyError, RuntimeError where one is missing or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        card: dict[str, Any] = json.loads((folder / "encoder.json").read_text("utf-8"))
        raw = (folder / "tokenizer.json").read_text("utf-8")
        try:
            self._tokenizer: Any = Tokenizer.from_str(raw)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 2
            options.log_severity_level = 3
            self._session: Any = onnxruntime.InferenceSession(
                (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare Exception for a damaged file
            raise ValueError(str(error)) from error
        self._cls, self._sep = int(card["cls"]), int(card["sep"])

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Encoded]:
        """Read (turn, line before) pairs.

        One at a time: eight-bit arithmetic scales a whole batch alike, so that in batches a turn would be read a
        little differently according to what stands beside it.
        """
        read = []
        for turn, before in pairs:
            parts = []
            for window in self.windows(turn, before):
                logits, shares, _ = self._run(window)
                parts.append((logits, _by_sentence(window, shares)))
            read.append(_joined(parts))
        return read

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of short texts, for likeness of meaning. Shape: (texts, dimensions)."""
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        return np.stack([self._run(self.windows(text, "")[0])[2] for text in texts])

    def windows(self, turn: str, before: str) -> list[Window]:
        """A turn as one input, or as several where it is longer than ``TURN`` tokens."""
        turn, before = _sound(turn[:_LONGEST]), _sound(before)
        head = [self._cls, *self._encode(before[-600:]).ids[-BEFORE:], self._sep]
        encoded = self._encode(turn)
        ends = _ends(turn)
        places = [_place(ends, start) for start, _ in encoded.offsets]
        made = []
        for start in range(0, max(1, len(encoded.ids)), TURN):
            ids, spots = encoded.ids[start : start + TURN], places[start : start + TURN]
            last = spots[-1] if spots else 0
            made.append(
                Window([*head, *ids, self._sep], [0] * len(head) + [1] * (len(ids) + 1), [*spots, last])
            )
        return made

    def _encode(self, text: str) -> Any:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _run(self, window: Window) -> tuple[Floats, Floats, Floats]:
        ids, types = (np.array([values], dtype=np.int64) for values in (window.ids, window.types))
        given = {"ids": ids, "types": types, "mask": np.ones_like(ids)}
        logits, shares, vectors = self._session.run(None, given)
        return logits[0], shares[0], vectors[0]


def _sound(text: str) -> str:
    """Without halves of characters, which no tokenizer takes; each is replaced by one sign."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _ends(turn: str) -> list[int]:
    """Where each sentence ends, in characters."""
    ends, place = [], 0
    for sentence in sentences(turn):
        found = turn.find(sentence, place)
        place = (found if found >= 0 else place) + len(sentence)
        ends.append(place)
    return ends


def _place(ends: list[int], start: int) -> int:
    for number, end in enumerate(ends):
        if start < end:
            return number
    return max(0, len(ends) - 1)


def _by_sentence(window: Window, shares: Floats) -> Floats:
    """Shares of tokens, summed to shares of sentences. Shape: (sentences, moves)."""
    summed = np.zeros((max(window.sentence) + 1, shares.shape[1]), dtype=np.float32)
    np.add.at(summed, np.array(window.sentence), shares[len(shares) - len(window.sentence) :])
    return summed


def _joined(parts: list[tuple[Floats, Floats]]) -> Encoded:
    """One reading of several windows: the likeliest window decides."""
    logits = np.max([part[0] for part in parts], axis=0)
    shares = np.full((max(len(part[1]) for part in parts), len(logits)), -np.inf, dtype=np.float32)
    for _, found in parts:
        shares[: len(found)] = np.maximum(shares[: len(found)], np.where(found == 0, -np.inf, found))
    return Encoded(logits, np.where(np.isfinite(shares), shares, 0.0).astype(np.float32))
