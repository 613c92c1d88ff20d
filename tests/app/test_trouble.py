"""What goes wrong is told on a screen of its own, with a way on, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from simulator.reading.reader import ReaderMissingError
from simulator.scenario import library
from simulator.store import Store, StoreError
from tests.app.conftest import ASK, HELLO, call_screen, journey, new_app, reach, say, shown, take, until
from tests.standin import StandIn


def test_a_scenario_with_errors_stands_in_the_list_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = library.scenario_files()
    broken = tmp_path / "trasigt-samtal.yaml"
    text = files["underhall-indraget"].read_text("utf-8").replace("level: 3", "level: 9", 1)
    broken.write_text(text, "utf-8")
    monkeypatch.setattr(library, "scenario_files", lambda: files | {"trasigt-samtal": broken})

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("end")
        await until(pilot, lambda: "trasigt-samtal" in shown(pilot))
        assert "fel i filen: 1" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "Trouble")
        assert "level" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "Home")

    journey(steps)


def test_with_a_damaged_store_one_can_practise_unsaved_or_move_it_aside(own_store: Path) -> None:
    own_store.write_bytes(b"this is no database" * 100)

    async def unsaved(pilot: Pilot[None]) -> None:
        await reach(pilot, "Trouble")
        assert "skadad" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "Home")
        await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        assert "inget sparas" in shown(pilot)
        await pilot.press("f7", "escape")
        await reach(pilot, "Support")
        await pilot.press("enter")
        await reach(pilot, "Home")

    journey(unsaved)
    assert own_store.read_bytes().startswith(b"this is no database")

    async def aside(pilot: Pilot[None]) -> None:
        await reach(pilot, "Trouble")
        await pilot.click("#aside")
        await until(pilot, lambda: own_store.read_bytes().startswith(b"SQLite"))

    journey(aside)
    (kept,) = own_store.parent.glob("samtal.db.2026*")
    assert kept.read_bytes().startswith(b"this is no database")


def test_a_missing_reader_is_told_before_the_call_and_can_be_tried_again() -> None:
    tries: list[int] = []

    def load() -> StandIn:
        tries.append(1)
        if len(tries) == 1:
            raise ReaderMissingError("reader.json")
        return StandIn()

    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await reach(pilot, "Trouble")
        assert "Läsaren saknas" in shown(pilot)
        await pilot.click("#again")
        await reach(pilot, "Before")
        await pilot.press("f5")
        await reach(pilot, "CallScreen")

    journey(steps, app=new_app(load))


def test_a_turn_that_cannot_be_kept_goes_back_to_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        answered = Store.answered

        def full(*_given: object) -> None:
            raise StoreError("Disken är full.")

        monkeypatch.setattr(Store, "answered", full)
        screen.field.fill(ASK)
        await pilot.press("enter")
        await reach(pilot, "Trouble")
        assert "Disken är full" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "CallScreen")
        assert screen.field.text == ASK
        assert screen.turns == 1
        monkeypatch.setattr(Store, "answered", answered)
        await pilot.press("enter")
        await until(pilot, lambda: screen.turns == 2)

    journey(steps)
    (call,) = Store().calls()
    assert [turn for turn, _ in call.turns] == [HELLO, ASK]
    assert all(exchange for _, exchange in call.turns)


def test_a_window_too_small_says_so_and_the_draft_survives_a_resize() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        screen.field.fill("halvvägs")
        await pilot.resize_terminal(40, 10)
        await reach(pilot, "TooSmall")
        assert "för litet" in shown(pilot)
        await pilot.resize_terminal(80, 24)
        await reach(pilot, "CallScreen")
        assert call_screen(pilot).field.text == "halvvägs"
        await pilot.resize_terminal(200, 60)
        await say(pilot, HELLO)

    journey(steps)
