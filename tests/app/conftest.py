"""The app as the tests play it: stand-in reader, one seed, a clock that stands still, whole replies at once."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from simulator.app.app import SamtalApp
from simulator.app.desk import Desk
from simulator.app.phase import Phase
from simulator.app.screens.call import CallScreen
from simulator.reading import Reader
from simulator.store import Store, store
from tests.standin import StandIn

HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"
ASK = "{invite-telling legitimise} Berätta gärna hur det är."
TILT = "{minimise denial-tilt} Det är väl inte så farligt?"
Journey = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def whole_replies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a test: replies are not paced."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps({"pace": "genast"}), "utf-8")
    monkeypatch.setattr(store, "now", lambda: datetime(2026, 11, 22, 9, 30))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return folder


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store brought up to date once, to be copied: that takes longer than many a journey."""
    path = tmp_path_factory.mktemp("store") / "samtal.db"
    Store(path).close()
    return path


@pytest.fixture(autouse=True)
def made_store(empty_store: Path, own_store: Path) -> None:
    own_store.parent.mkdir(parents=True)
    shutil.copy(empty_store, own_store)


def new_app(load_reader: Callable[[], Reader] = StandIn) -> SamtalApp:
    return SamtalApp(Desk(load_reader, clock=lambda: 0.0, now=lambda: datetime(2026, 11, 22, 9, 30), seed=1))


def journey(steps: Journey, size: tuple[int, int] = (100, 30), app: SamtalApp | None = None) -> SamtalApp:
    """Run the app in a terminal of this size, and a user in it, to the end of the steps."""
    played = app or new_app()

    async def run() -> None:
        async with played.run_test(size=size, tooltips=False) as pilot:
            await until(pilot, lambda: played.home.ready)
            await steps(pilot)

    asyncio.run(run())
    return played


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until something holds; how many messages that takes differs between machines."""
    for _ in range(2000):
        await pilot.pause()
        if holds():
            await pilot.pause()
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")


def screen_is(pilot: Pilot[None], name: str) -> bool:
    return type(pilot.app.screen).__name__ == name


async def reach(pilot: Pilot[None], name: str) -> None:
    await until(pilot, lambda: screen_is(pilot, name) and pilot.app.screen.is_mounted)


async def take(pilot: Pilot[None], scenario: str, mode: str = "coach") -> CallScreen:
    """Take a call in a mode, from home, and answer."""
    app = pilot.app
    assert isinstance(app, SamtalApp)
    app.desk.choose(mode=mode)
    app.take(scenario)
    await reach(pilot, "Before")
    await pilot.press("f5")
    await reach(pilot, "CallScreen")
    call_screen(pilot).field.cursor_blink = False
    return call_screen(pilot)


def call_screen(pilot: Pilot[None]) -> CallScreen:
    screen = pilot.app.screen
    assert isinstance(screen, CallScreen)
    return screen


async def say(pilot: Pilot[None], text: str) -> None:
    """Type a turn, send it, and hear the caller out."""
    screen = call_screen(pilot)
    turns = screen.turns
    screen.field.fill(text)
    await pilot.press("enter")
    if not text.strip():
        await pilot.press("enter")  # silence is meant only when it is sent twice
    await until(pilot, lambda: screen.turns > turns and screen.phase in (Phase.YOURS, Phase.ENDED))


async def to_scorecard(pilot: Pilot[None]) -> None:
    """Hang up, give no own view, and see how it went."""
    await pilot.press("f8", "enter")
    await reach(pilot, "OwnView")
    await pilot.press("escape")
    await reach(pilot, "ScorecardScreen")


def shown(pilot: Pilot[None]) -> str:
    """All text on screen, as a user sees it."""
    return "\n".join(
        "".join(segment.text for segment in line) for line in pilot.app.screen._compositor.render_strips()
    )
