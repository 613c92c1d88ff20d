"""The corpus: large and varied enough, split by situation, and nothing of one split nearly copied in another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language import set_language
from simulator.training.corpus import (
    Corpus,
    CorpusError,
    Labelled,
    corpus_folder,
    read_corpus,
    read_folder,
    split_of,
    write_rows,
)
from simulator.training.duplicates import near_copies
from simulator.training.health import LEAST, SOFT, SOFT_MOVES, check, stats
from tests.commands import SOURCES, run


@pytest.fixture(scope="module")
def shipped_corpus() -> Corpus:
    return read_folder(corpus_folder(None))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_rows(folder / "a.jsonl", read_corpus(corpus_folder(None) / "seed.jsonl")[:200])
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    return folder


def row(situation: str, turn: str, caller: str = "") -> Labelled:
    return Labelled(situation, caller, turn, frozenset())


def situation_in(split: str) -> str:
    return next(name for name in (f"s{n}" for n in range(1000)) if split_of(name) == split)


# ---- the corpus that is shipped -----------------------------------------------------------------------


def test_the_corpus_has_no_faults_and_no_near_copies_across_splits(shipped_corpus: Corpus) -> None:
    assert [str(finding.text) for finding in check(shipped_corpus) if finding.fault] == []


def test_the_corpus_is_as_large_and_as_natural_as_promised(shipped_corpus: Corpus) -> None:
    found = stats(shipped_corpus)
    assert found["turns"] >= 20_000
    assert found["share written first"] >= 0.6
    assert found["near misses"] >= 2_000
    assert found["evidence marked"] >= 600
    assert found["agreement"]["turns"] >= 3_000
    for move, counts in found["moves"].items():
        total = counts["train"] + counts["dev"] + counts["test"]
        assert total >= (SOFT if move in SOFT_MOVES else LEAST), move


def test_a_situation_stands_in_one_split(shipped_corpus: Corpus) -> None:
    outside = {r.situation for r in shipped_corpus.of_source("test", whole_files=True)}
    others = {r.situation for r in shipped_corpus.of("train", "dev")}
    assert not outside & others


# ---- any corpus ---------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=30))
def test_the_split_of_a_situation_never_changes(name: str) -> None:
    assert split_of(name) == split_of(name)
    assert split_of(name) in ("train", "dev", "test")


def test_near_copies_are_found_and_other_turns_are_not() -> None:
    left = [row("a", "Jag skickar hem blanketten till dig redan i dag, så har du den i morgon.")]
    same = row("b", "jag skickar hem blanketten till dig redan idag så har du den i morgon")
    other = row("b", "Blanketten får du vänta på, vi har mycket att göra i dag som du förstår.")
    short = row("b", "Sedan när då?")
    assert [copy.right for copy in near_copies(left, [other, same, short])] == [1]
    assert near_copies([short], [short]) == []


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"turn": "Hej"}',
        '{"situation":"a","caller":"","turn":"x","moves":["y"]}',
        '{"situation":"a","caller":"","turn":" ","moves":[]}',
        '{"situation":"a","caller":"","turn":"x","moves":"greet"}',
        '{"situation":"a","caller":3,"turn":"x","moves":[]}',
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line + "\n", "utf-8")
    with pytest.raises(CorpusError) as told:
        read_corpus(path)
    assert "bad.jsonl:2" in str(told.value.message)


def test_a_sound_corpus_passes_and_a_faulty_one_is_told(small: Path) -> None:
    code, out, _ = run("corpus", "check", "--corpus", small)
    assert code == 0 and "Fel: 0" in out
    rows = read_corpus(small / "a.jsonl")
    write_rows(small / "a.jsonl", [*rows, rows[0]])
    code, out, _ = run("corpus", "check", "--corpus", small)
    assert code == 1 and rows[0].situation in out


def test_near_copies_across_splits_fail_the_check(small: Path) -> None:
    turn = "Då gör vi så att jag lägger in en påminnelse och ringer dig på torsdag förmiddag."
    rows = [row(situation_in("train"), turn), row(situation_in("test"), turn.lower())]
    write_rows(small / "a.jsonl", rows)
    code, out, _ = run("corpus", "check", "--corpus", small)
    assert code == 1 and "torsdag" in out
    assert run("corpus", "check", "--corpus", small, "--fast")[0] == 0


def test_evidence_must_be_a_sentence_of_the_turn(small: Path) -> None:
    data = {"situation": "a", "caller": "", "turn": "Hej. Vem är du?", "moves": ["ask-identity"]}
    (small / "a.jsonl").write_text(json.dumps(data | {"evidence": {"ask-identity": "Vem?"}}) + "\n", "utf-8")
    assert run("corpus", "check", "--corpus", small)[0] == 1
    (small / "a.jsonl").write_text(json.dumps(data | {"evidence": {"ask-identity": "Vem är du?"}}), "utf-8")
    assert run("corpus", "check", "--corpus", small)[0] == 0


def test_a_situation_in_two_splits_fails_the_check(small: Path) -> None:
    name = situation_in("train")
    write_rows(small / "a.jsonl", [row(name, "Vad gäller saken i dag för din del?")])
    write_rows(small / "b.jsonl", [row(name, "Då tar vi det från början, lugnt och stilla.")])
    extra = (
        "  - file: b.jsonl\n    written: first\n    hands: another writer, coded by two\n    split: test\n"
    )
    (small / "sources.yaml").write_text(SOURCES + extra, "utf-8")
    code, out, _ = run("corpus", "check", "--corpus", small)
    assert code == 1 and name in out


@pytest.mark.parametrize("odd", ["\u2028", "\x85", "\x0b"])
def test_odd_line_breaks_within_a_turn_survive(tmp_path: Path, odd: str) -> None:
    write_rows(tmp_path / "a.jsonl", [row("a", f"Hej{odd}du")])
    assert read_corpus(tmp_path / "a.jsonl")[0].turn == f"Hej{odd}du"


def test_stats_count_what_is_there(small: Path) -> None:
    code, out, _ = run("corpus", "stats", "--corpus", small, "--json")
    found = json.loads(out)
    assert code == 0 and found["turns"] == 200 and found["share written first"] == 0
    rows = read_corpus(small / "a.jsonl")
    greets = sum("greet" in r.moves for r in rows)
    counts = found["moves"]["greet"]
    assert counts["train"] + counts["dev"] + counts["test"] == greets
    assert "200 turer" in run("corpus", "stats", "--corpus", small)[1]
    set_language("en")
    assert "200 turns" in run("corpus", "stats", "--corpus", small)[1]


def test_turns_are_added_once_and_copies_left_out(small: Path, tmp_path: Path) -> None:
    there = read_corpus(small / "a.jsonl")
    long = next(r for r in there if split_of(r.situation) == "train" and len(r.turn.split()) > 8)
    new = row(situation_in("test"), "Berätta lite om hur veckan har varit för dig och pojken.", "Jo.")
    copy = row(situation_in("dev"), long.turn.upper())
    write_rows(tmp_path / "new.jsonl", [there[0], new, copy])
    arguments = ("--name", "mine", "--hands", "a trainer wrote, another coded", "--corpus", small)
    code, out, err = run("corpus", "add", tmp_path / "new.jsonl", *arguments)
    assert code == 0, err
    assert "Intagna: 1. Fanns redan: 1. Utelämnade: 1." in out
    assert [r.turn for r in read_corpus(small / "mine.jsonl")] == [new.turn]
    code, out, _ = run("corpus", "add", tmp_path / "new.jsonl", *arguments)
    assert "Intagna: 0. Fanns redan: 2." in out
    assert run("corpus", "check", "--corpus", small)[0] == 0


def test_a_faulty_file_adds_nothing(small: Path, tmp_path: Path) -> None:
    good = json.dumps(row("x", "Vad kan jag göra för dig?").as_data(), ensure_ascii=False)
    (tmp_path / "new.jsonl").write_text(good + "\n{}\n", "utf-8")
    arguments = ("--hands", "a trainer wrote, another coded", "--corpus", small)
    code, _, err = run("corpus", "add", tmp_path / "new.jsonl", "--name", "mine", *arguments)
    assert code == 1 and "new.jsonl:2" in err
    assert not (small / "mine.jsonl").exists()
    code, _, err = run("corpus", "add", tmp_path / "new.jsonl", "--name", "../mine", *arguments)
    assert code == 1
    code, _, err = run("corpus", "add", tmp_path / "nowhere.jsonl", "--name", "mine", *arguments)
    assert code == 1 and "nowhere.jsonl" in err


def test_a_file_nobody_listed_is_told(small: Path) -> None:
    shutil.copy(small / "a.jsonl", small / "b.jsonl")
    code, _, err = run("corpus", "check", "--corpus", small)
    assert code == 1 and "b.jsonl" in err
