"""``samtal try``: what scripted handlers say, what is counted, and what disagrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.cli import app
from simulator.reading import Reader
from simulator.scenario import find, load
from simulator.trying.agreement import contradictions
from simulator.trying.handlers import EVENTS, echo, handlers, phrases

run = CliRunner().invoke
BASE = find("underhallsstod-sent").read_text("utf-8")
AFTER_A_QUESTION = (
    "straight-answer",
    "give-status",
    "explain-rule",
    "plain-words",
    "honest-limit",
    "alternative",
)


@pytest.mark.weights
def test_every_phrase_is_heard_as_what_it_stands_under(shipped_reader: Reader) -> None:
    for move, texts in phrases().items():
        before = (
            "Ska jag skicka nåt mer?"
            if move in AFTER_A_QUESTION
            else "Hyran dras den tjugosjunde. Den väntar ju inte."
        )
        for text in texts:
            reading = shipped_reader.read(text.replace("{echo}", "hyran dras den tjugosjunde"), before)
            if move in EVENTS:
                assert move == "off-topic" or getattr(reading.form, move), text
            else:
                assert reading.has(move), text


@pytest.mark.weights
def test_the_handlers_are_heard_as_they_are_meant(shipped_reader: Reader) -> None:
    """One whole trial with the shipped reader: the skilled hears it all, the hurried nothing of it."""
    result = run(
        app,
        [
            "try",
            "underhallsstod-sent",
            "--seeds",
            "1",
            "--json",
            "--handler",
            "skilled",
            "--handler",
            "hurried",
        ],
    )
    data = json.loads(result.stdout)
    skilled, hurried = data["handlers"]
    assert (skilled["all_reached"], hurried["any_reached"]) == (1.0, 0.0)
    assert skilled["mean"] - hurried["mean"] >= 25
    assert data["doubles"] == data["contradictions"] == []


@pytest.mark.parametrize(
    ("line", "back"),
    [
        ("Hyran dras den tjugosjunde. Den väntar ju inte.", "den väntar ju inte"),
        ("Jag har bytt lås. Ja.", "du har bytt lås"),
        ("Vi tog våra saker…", "ni tog era saker"),
        ("Nej.", "nej"),
    ],
)
def test_words_are_said_back_the_other_way_round(line: str, back: str) -> None:
    assert echo(line) == back


@given(st.text(max_size=200))
def test_anything_can_be_said_back(line: str) -> None:
    assert isinstance(echo(line), str)


def test_the_table_names_lines_slots_and_verdicts() -> None:
    result = run(app, ["try", "forsta-samtalet", "--seeds", "1"])
    assert result.exit_code == 0, result.stderr
    for words in (
        "Skicklig",
        "Byråkratisk",
        "fattas ★",
        "Repliker:",
        "Aldrig sagda:",
        "rad ",
        "✗ Repliker som sades",
    ):
        assert words in result.stdout


def test_the_table_exists_in_english() -> None:
    result = run(
        app, ["--lang", "en", "try", "forsta-samtalet", "--seeds", "1", "--handler", "silent", "--lang", "en"]
    )
    assert result.exit_code == 0


def test_an_unknown_handler_is_refused_with_those_there_are() -> None:
    result = run(app, ["try", "forsta-samtalet", "--handler", "snabb"])
    assert result.exit_code == 2
    assert "snabb" in result.stderr and "hurried" in result.stderr


def test_a_faulty_file_is_told_not_played(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(BASE.replace("gate: free", "gate: fri", 1), "utf-8")
    result = run(app, ["try", str(path)])
    assert result.exit_code == 1 and "x.yaml:" in result.stderr


def test_watching_tries_again_when_the_file_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "underhallsstod-sent.yaml"
    path.write_text(BASE.replace("gate: free", "gate: fri", 1), "utf-8")

    def saved(watched: Path) -> object:
        assert watched == path
        path.write_text(BASE, "utf-8")
        yield {(1, str(path))}

    monkeypatch.setattr("watchfiles.watch", saved)
    result = run(app, ["try", str(path), "--watch", "--seeds", "1", "--handler", "silent"])
    assert result.exit_code == 0
    assert "fri" in result.stderr and "Tyst" in result.stdout


def test_handlers_are_data_with_phrases_for_all_they_do() -> None:
    assert set(handlers()) == {"skilled", "average", "hurried", "bureaucratic", "over-friendly", "silent"}
    for handler in handlers().values():
        assert set(handler.habits) <= set(phrases())


def about(*said: str) -> list[str]:
    """What a scenario disagrees about, with these lines as a fact's answers."""
    scenario = load(find("underhallsstod-sent")).scenario
    fact = scenario.facts[0].model_copy(update={"say": list(said)})
    return [found.about for found in contradictions(scenario.model_copy(update={"facts": [fact]}))]


@pytest.mark.parametrize(
    ("said", "disagree"),
    [
        (("Vi är tre syskon.", "Tre syskon."), False),
        (("Vi är tre syskon.", "Fyra syskon är vi."), True),
        (("Ja, det har jag.", "Nej, det har jag inte."), True),
        (("Jo, lite.", "Ja, det stämmer."), False),
        (("Det är min bror Kalle. Kalle är nio.", "Och Kalle är nio år."), False),
        (("Det är min bror Kalle. Kalle är nio.", "Min bror Kalle är tjugotvå år."), True),
        (("Hyran är 8 111 kronor.", "Hyran? 8 111."), False),
        (("Hyran är 8 111 kronor.", "Hyran är 9 222 kronor."), True),
    ],
)
def test_lines_that_disagree_are_found(said: tuple[str, ...], disagree: bool) -> None:
    assert bool(about(*said)) == disagree
