"""The call on screen: speech, field, tabs, remarks, drafts - each as a user meets it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import TabbedContent

from simulator.app import pacing
from simulator.app.phase import Phase
from simulator.app.screens.help import Help
from simulator.app.widgets.transcript import Transcript
from simulator.settings import choices
from simulator.store import Store
from tests.app.conftest import ASK, HELLO, TILT, journey, new_app, reach, say, shown, take, until


def test_speech_is_paced_and_enter_hurries_it() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        screen.field.fill(HELLO)
        await pilot.press("enter")
        await until(pilot, lambda: screen.phase is Phase.SPEAKING)
        assert "Johanna talar" in shown(pilot)
        await until(pilot, lambda: "Hej" in shown(pilot).split("Johanna")[-1] or "▍" in shown(pilot))
        reply = screen.session.call.exchanges[-1].reply.text
        assert reply.split()[-1] not in shown(pilot)
        await pilot.press("enter")
        assert screen.phase is Phase.YOURS
        assert reply.split()[-1] in shown(pilot)
        assert screen.turns == 1

    app = new_app()
    app.desk.choose(pace="lugn")
    journey(steps, app=app)


def test_one_may_speak_before_she_has_finished() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        screen.field.fill(HELLO)
        await pilot.press("enter")
        await until(pilot, lambda: screen.phase is Phase.SPEAKING)
        screen.field.fill(ASK)
        await pilot.press("enter")
        await until(pilot, lambda: screen.turns == 2)

    app = new_app()
    app.desk.choose(pace="lugn")
    journey(steps, app=app)


@given(st.text())
def test_words_paced_out_are_the_words_said(text: str) -> None:
    parts = pacing.pieces(text)
    assert "".join(word for word, _ in parts) == text.lstrip()
    assert all(weight > 0 for _, weight in parts)
    assert all(pacing.seconds(1.0, pace) >= 0 for pace in pacing.WORDS_A_SECOND)
    assert set(pacing.WORDS_A_SECOND) == set(choices("pace"))


def test_the_field_takes_lines_remembers_turns_and_undoes() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await pilot.press(*"hej", "ctrl+j", *"du")
        assert screen.field.text == "hej\ndu"
        assert screen.field.size.height == 2
        await pilot.press("ctrl+z")
        assert screen.field.text != "hej\ndu"
        await say(pilot, HELLO)
        await say(pilot, ASK)
        await pilot.press(*"ny")
        await pilot.press("up")
        assert screen.field.text == ASK
        await pilot.press("home", "up", "home", "up")
        assert screen.field.text == HELLO
        await pilot.press("end", "down", "end", "down")
        assert screen.field.text == "ny"

    journey(steps)


def test_silence_is_a_turn_and_so_are_odd_words() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        for text in (HELLO, "", "[bold]x[/] 🙂 åäö \x1b[31m", "a" * 400):
            await say(pilot, text)
        assert "[bold]x[/] 🙂 åäö" in shown(pilot) or screen.turns == 4
        assert screen.turns == 4

    journey(steps, size=(80, 24))


def test_what_lies_beside_is_reached_in_a_narrow_window_and_a_wide_one() -> None:
    async def narrow(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        assert "Ärende" not in shown(pilot).replace("f3 Ärende", "")
        seen = []
        for _ in range(4):
            await pilot.press("f3")
            await pilot.pause()
            seen.append(screen.query_one(TabbedContent).active if screen.has_class("-beside") else "call")
        assert seen == ["case", "rules", "notes", "call"]

    async def wide(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await pilot.press("f3")
        assert screen.query_one(TabbedContent).active == "rules"
        assert screen.field.has_focus
        await pilot.press("f3")
        await pilot.press(*"obs")
        assert "obs" in shown(pilot)
        assert screen.field.text == ""

    journey(narrow, size=(80, 24))
    journey(wide, size=(120, 40))


def test_a_draft_is_on_disk_while_it_is_typed() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await pilot.press(*"jag hor")
        await until(pilot, lambda: Store().summaries()[0].draft == "jag hor")

    journey(steps)


def test_remarks_unfold_with_what_was_heard_and_what_is_better() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        await say(pilot, TILT)
        assert "Förtroendet sjönk" in shown(pilot)
        await pilot.press("f4")
        assert "Nej-lutad fråga" in shown(pilot)
        await pilot.press("f4")
        assert "▾" not in shown(pilot)

    journey(steps, size=(120, 40))


@pytest.mark.parametrize("key, screen", [("", "Home"), ("r", "Results"), ("i", "SettingsScreen")])
def test_help_names_the_keys_of_the_screen_one_is_on(key: str, screen: str) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        if key:
            await pilot.press(key)
            await reach(pilot, screen)
        await pilot.press("f1")
        await reach(pilot, "Help")
        assert isinstance(pilot.app.screen, Help)
        assert pilot.app.screen.text
        assert "Tangenter här" in shown(pilot)
        await pilot.press("escape")
        await reach(pilot, screen)

    journey(steps, size=(100, 40))


@limits(max_examples=6, deadline=None)
@given(width=st.integers(60, 200), height=st.integers(18, 60))
def test_a_call_fits_any_window(width: int, height: int) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        for widget in (screen.field, screen.transcript):
            assert screen.region.contains_region(widget.region)
        assert "Bryt" in shown(pilot) or width < 74

    journey(steps, size=(width, height))


def test_two_hundred_turns_are_all_there() -> None:
    class Host(App[None]):
        def compose(self) -> ComposeResult:
            yield Transcript("Johanna", "Du")

    async def run() -> None:
        async with Host().run_test(size=(100, 30)) as pilot:
            transcript = pilot.app.query_one(Transcript)
            for n in range(1, 201):
                transcript.handler_says(n, f"fråga {n} " + "ord " * 30)
                transcript.caller_says(n, f"svar {n} " + "ord " * 30)
            await pilot.pause()
            assert transcript.option_count == 400
            assert "svar 200" in shown(pilot)
            transcript.keep(120)
            transcript.follow()
            await pilot.pause()
            assert transcript.option_count == 240
            assert "svar 120" in shown(pilot)

    import asyncio

    asyncio.run(run())
