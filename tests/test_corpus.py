"""The corpus: well-formed, every move there, and the test set kept apart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from simulator.codebook import codebook
from simulator.training.corpus import CorpusError, read_corpus

FOLDER = Path(__file__).parent.parent / "models" / "corpus"
TRAIN = sorted(path for path in FOLDER.glob("*.jsonl") if path.stem != "test")


def plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def test_every_move_is_there_often_enough_to_learn() -> None:
    counts = Counter(move for path in TRAIN for row in read_corpus(path) for move in row.moves)
    assert set(counts) == set(codebook().moves)
    assert min(counts.values()) >= 40


def test_no_situation_and_no_turn_of_the_test_set_is_trained_on() -> None:
    test = read_corpus(FOLDER / "test.jsonl")
    train = [row for path in TRAIN for row in read_corpus(path)]
    assert not {row.situation for row in test} & {row.situation for row in train}
    long = {plain(row.turn) for row in test if len(row.turn.split()) > 4}
    assert not long & {plain(row.turn) for row in train}


@pytest.mark.parametrize(
    "line", ["not json", '{"turn": "Hej"}', '{"situation":"a","caller":"","turn":"x","moves":["y"]}']
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n", "utf-8")
    with pytest.raises(CorpusError, match=r"bad\.jsonl:2"):
        read_corpus(path)
