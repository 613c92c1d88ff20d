"""``python -m tests.picture``: the README's pictures, made by the app itself from a call really played.

The call is the one in ``players/readme-call.txt``, read by the shipped reader, with the first seed.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "pictures"
TURNS = ROOT / "tests" / "players" / "readme-call.txt"
SCENARIO, SIZE, A_TURN = "underhall-indraget", (120, 36), 34.0


async def wait(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    while not holds():
        await pilot.pause(0.02)
    await pilot.pause()


async def taken(folder: Path) -> list[Path]:
    """Play the call in the app and take two pictures: in the call, and of its scorecard."""
    from simulator.app.app import SamtalApp
    from simulator.app.desk import Desk
    from simulator.app.phase import Phase
    from simulator.app.screens.call import CallScreen
    from simulator.session import load_reader

    spent = 0.0
    app = SamtalApp(Desk(load_reader, clock=lambda: spent, seed=1))
    turns = [line for line in TURNS.read_text("utf-8").splitlines() if not line.startswith("/")]
    made = []

    def picture(name: str) -> None:
        path = folder / f"{name}.svg"
        path.write_text(app.export_screenshot(title="Samtal"), "utf-8")
        made.append(path)

    async with app.run_test(size=SIZE) as pilot:
        await wait(pilot, lambda: app.home.ready)
        app.desk.choose(pace="genast", mode="coach")
        app.take(SCENARIO)
        await wait(pilot, lambda: type(app.screen).__name__ == "Before")
        await pilot.press("f5")
        await wait(pilot, lambda: isinstance(app.screen, CallScreen))
        screen = app.screen
        assert isinstance(screen, CallScreen)
        for n, turn in enumerate(turns, 1):
            spent += A_TURN
            screen.field.fill(turn)
            if n == 6:
                screen.field.cursor_blink = False
                await pilot.press("f4")
                await pilot.pause()
                picture("call")
            await pilot.press("enter")
            await wait(pilot, lambda n=n: screen.turns == n and screen.phase in (Phase.YOURS, Phase.ENDED))
        await pilot.press("f8", "enter")
        await wait(pilot, lambda: type(app.screen).__name__ == "OwnView")
        await pilot.press("escape")
        await wait(pilot, lambda: type(app.screen).__name__ == "ScorecardScreen")
        await pilot.press("2", *["down"] * 9)
        await pilot.pause()
        picture("scorecard")
    return made


def main() -> None:
    """Make the pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as store:
        os.environ["SAMTAL_STORE"] = os.environ["SAMTAL_CONFIG"] = store
        for path in asyncio.run(taken(FOLDER)):
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
