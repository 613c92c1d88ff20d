"""Keys pressed at bad moments, windows side by side, stores that fail: no word is lost and nothing crashes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable

import pytest
from textual.pilot import Pilot

from simulator.app.phase import Phase
from simulator.app.screens.before import Before
from simulator.reading import Reading, Topic
from simulator.store import Store, StoreError, results
from tests.app.conftest import (
    ASK,
    HELLO,
    TILT,
    call_screen,
    journey,
    new_app,
    reach,
    say,
    shown,
    take,
    until,
)
from tests.standin import StandIn


class Slow(StandIn):
    """A reader that waits for ``go`` once it is told to."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go.set()

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        self.go.wait(10)
        return super().read(turn, before, topics)


def test_a_call_left_by_bryt_counts_for_nothing() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        for text in (HELLO, ASK, TILT, ASK + " Hur då?", ASK + " Och sedan?"):
            await say(pilot, text)
        await pilot.press("escape")
        await reach(pilot, "Support")
        await pilot.press("enter")
        await reach(pilot, "Home")
        await pilot.press("r")
        await reach(pilot, "Results")
        await until(pilot, lambda: "lämnat" in shown(pilot))

    journey(steps)
    store = Store()
    assert store.summaries()[0].total is None
    assert results(store) == []


def test_a_turn_being_read_when_one_leaves_is_there_when_one_comes_back() -> None:
    reader = Slow()

    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        reader.go.clear()
        screen.field.fill(ASK)
        await pilot.press("enter")
        await until(pilot, lambda: screen.phase is Phase.READING)
        asyncio.get_running_loop().call_later(0.3, reader.go.set)
        await pilot.press("escape")
        await reach(pilot, "Support")
        await pilot.click("#back")
        await reach(pilot, "CallScreen")
        assert call_screen(pilot).turns == 2
        assert "invite-telling" in shown(pilot)
        await say(pilot, TILT)

    journey(steps, app=new_app(lambda: reader))
    assert [turn for turn, _ in Store().calls()[0].turns] == [HELLO, ASK, TILT]


def test_taking_back_while_a_turn_is_read_does_nothing() -> None:
    reader = Slow()

    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        reader.go.clear()
        screen.field.fill(ASK)
        screen.field.action_send()
        screen.action_take_back()  # the key overtakes the turn
        await reach(pilot, "TakeBack")
        await pilot.press("enter")
        reader.go.set()
        await reach(pilot, "CallScreen")
        await until(pilot, lambda: screen.turns == 2)

    journey(steps, app=new_app(lambda: reader))
    assert len(Store().calls()[0].turns) == 2


def test_what_was_being_typed_survives_a_turn_taken_back_and_a_look_at_older_turns() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        screen.field.fill("halvskrivet")
        await pilot.press("f6")
        await reach(pilot, "TakeBack")
        await pilot.press("enter")
        await reach(pilot, "CallScreen")
        assert screen.field.text == HELLO
        await pilot.press("home", "up")
        assert screen.field.text == "halvskrivet"
        await pilot.press("f7")
        await reach(pilot, "Home")

    journey(steps)
    assert Store().calls()[0].draft == HELLO


def test_closing_the_app_keeps_the_last_key() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await until(pilot, lambda: Store().summaries())
        await pilot.press(*"just nu", "ctrl+q")

    journey(steps)
    assert Store().summaries()[0].draft == "just nu"


def test_an_empty_enter_is_no_turn_unless_it_is_meant() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget", "exam")
        await say(pilot, HELLO)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert screen.turns == 1
        await pilot.press(*"ja", "backspace", "backspace", "enter")
        await pilot.pause(0.3)
        assert screen.turns == 1
        await pilot.press("enter")
        await until(pilot, lambda: screen.turns == 2)

    journey(steps)


def test_a_call_erased_in_another_window_is_told_of() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        await pilot.press("f7")
        await reach(pilot, "Home")
        await until(pilot, lambda: "Pausade samtal" in shown(pilot))
        Store().erase()
        await pilot.press("home", "enter")
        await reach(pilot, "Trouble")
        assert "finns inte längre" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "Home")

    journey(steps)


def test_a_busy_store_is_not_a_damaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        def busy(self: Store) -> None:
            raise StoreError("upptagen, försök igen om en stund")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "summaries", busy)
            app.home.refresh_calls()
            await reach(pilot, "Trouble")
        assert "Flytta undan" not in shown(pilot)
        await pilot.click("#again")
        await reach(pilot, "Home")
        assert app.desk.store is not None

    app = new_app()
    journey(steps, app=app)


def test_two_quick_enters_take_one_call() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        app.take("underhall-indraget")
        await reach(pilot, "Before")
        app.take("underhall-indraget")
        await pilot.pause(0.2)
        assert sum(isinstance(screen, Before) for screen in app.screen_stack) == 1

    app = new_app()
    journey(steps, app=app)


def test_answering_while_help_lies_on_top_waits_for_it_to_close() -> None:
    reader = Slow()
    reader.go.clear()

    async def steps(pilot: Pilot[None]) -> None:
        app.take("underhall-indraget")
        await reach(pilot, "Before")
        await pilot.press("f5", "f1")
        await reach(pilot, "Help")
        reader.go.set()
        await pilot.pause(0.3)
        await reach(pilot, "Help")
        await pilot.press("escape")
        await reach(pilot, "CallScreen")
        await pilot.press("f7")
        await reach(pilot, "Home")

    app = new_app(lambda: reader)
    journey(steps, app=app)


def test_a_notice_may_hold_any_text() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        app.notify("/tmp/x[/y].json [bold]")
        await pilot.pause(0.2)

    app = new_app()
    journey(steps, app=app)
