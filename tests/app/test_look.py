"""What it looks like: contrast of the themes, words beside every colour, both languages, a dozen pictures."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable

import pytest
from textual.color import Color
from textual.pilot import Pilot

from simulator.app.app import SamtalApp
from simulator.app.themes import PALETTES
from simulator.language import set_language
from simulator.report.coaching import SIGNS
from simulator.settings import choices, settings
from tests.app.conftest import ASK, HELLO, TILT, journey, new_app, reach, say, shown, take, until

Compare = Callable[..., bool]
TURNS = (HELLO, TILT, ASK, ASK + " Och sedan?")


def luminance(color: Color) -> float:
    """WCAG 2.1, relative luminance."""
    channels = (value / 255 for value in color.rgb)
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_every_theme_meets_wcag_aa(name: str) -> None:
    for one, other in PALETTES[name].text_pairs:
        assert contrast(one, other) >= 4.5, (one, other)
    for one, other in PALETTES[name].sign_pairs:
        assert contrast(one, other) >= 3, (one, other)


def test_the_contrast_computed_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PALETTES)
def test_what_is_drawn_keeps_the_contrast(name: str) -> None:
    """Every cell of the call as drawn, whatever mixes of styles made it."""

    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        await say(pilot, TILT)
        await pilot.press("f2")
        await pilot.pause()
        for strip in pilot.app.screen._compositor.render_strips():
            for text, style, _control in strip:
                if text.strip(" ─│╭╮╰╯━╸╺▔▁▂▃▄▅▆▇█▎▍▌") and style and style.color and style.bgcolor:
                    fore, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                    assert contrast(fore.hex, back.hex) >= 4.5, (text, fore.hex, back.hex)

    app = new_app()
    app.theme = name
    journey(steps, size=(120, 40), app=app)


def test_outcomes_are_told_apart_without_colour() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert set(PALETTES) == set(choices("theme"))


def test_the_row_pointed_at_bears_a_mark() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        marked = [line for line in shown(pilot).splitlines() if line.startswith("▌")]
        assert "Första samtalet" in marked[0]
        await pilot.press("down", "down")
        marked = [line for line in shown(pilot).splitlines() if line.startswith("▌")]
        assert "Lappen på kroken" in marked[0]
        await pilot.press("slash")
        await pilot.pause()
        assert "▌" not in shown(pilot)

    journey(steps)


def test_settings_take_effect_at_once_and_are_kept() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("i")
        await reach(pilot, "SettingsScreen")
        await pilot.press("right")
        await until(pilot, lambda: "Settings" in shown(pilot))
        await pilot.press("tab", "right")
        assert pilot.app.theme == "kontrast"
        await pilot.press("escape")
        await reach(pilot, "Home")
        await until(pilot, lambda: "The first call" in shown(pilot))

    journey(steps)
    settings.cache_clear()
    assert (settings().lang, settings().theme) == ("en", "kontrast")


def test_nothing_swedish_is_left_in_the_english_app_but_the_callers() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        pages = [shown(pilot)]
        await take(pilot, "underhall-indraget")
        pages.append(shown(pilot))
        for text in TURNS:
            await say(pilot, text)
        await pilot.press("f8", "enter")
        await reach(pilot, "OwnView")
        pages.append(shown(pilot))
        await pilot.press("escape")
        await reach(pilot, "ScorecardScreen")
        pages.append(shown(pilot))
        for word in ("samtalet", "ärendet", "Skicka", "Tillbaka", "tillfällen", "Översikt"):
            assert word not in " ".join(pages), word

    set_language("en")
    journey(steps, size=(120, 40))


# ---- pictures: what to look for stands in each name ------------------------------------------------


async def ready(pilot: Pilot[None]) -> SamtalApp:
    app = pilot.app
    assert isinstance(app, SamtalApp)
    await until(pilot, lambda: app.home.ready)
    return app


async def home(pilot: Pilot[None]) -> None:
    await ready(pilot)


async def before(pilot: Pilot[None]) -> None:
    (await ready(pilot)).take("underhall-indraget")
    await reach(pilot, "Before")
    await until(pilot, lambda: "Det ringer" in shown(pilot))


async def call(pilot: Pilot[None]) -> None:
    await ready(pilot)
    screen = await take(pilot, "underhall-indraget")
    for text in TURNS[:3]:
        await say(pilot, text)
    await pilot.press("f4", "f2")
    await until(pilot, lambda: "Tips  " in shown(pilot))
    await until(pilot, lambda: screen.transcript.is_vertical_scroll_end)


async def scorecard(pilot: Pilot[None]) -> None:
    await ready(pilot)
    await take(pilot, "underhall-indraget")
    for text in TURNS:
        await say(pilot, text)
    await pilot.press("f8", "enter")
    await reach(pilot, "OwnView")
    await pilot.press("right", "ctrl+s")
    await reach(pilot, "ScorecardScreen")
    await pilot.pause()


async def timeline(pilot: Pilot[None]) -> None:
    await scorecard(pilot)
    await pilot.press("2", "down", "down", "down")
    await pilot.pause()


async def own_results(pilot: Pilot[None]) -> None:
    await scorecard(pilot)
    await pilot.press("escape")
    await reach(pilot, "Home")
    await pilot.press("r")
    await reach(pilot, "Results")
    await until(pilot, lambda: "Stödet som dras in" in shown(pilot))
    await pilot.pause()


PICTURES: list[tuple[str, Callable[[Pilot[None]], Awaitable[None]], tuple[int, int], str]] = [
    ("home narrow", home, (80, 24), "sv"),
    ("home wide", home, (120, 40), "sv"),
    ("home in English", home, (120, 40), "en"),
    ("before", before, (120, 40), "sv"),
    ("call narrow", call, (80, 24), "sv"),
    ("call wide", call, (120, 40), "sv"),
    ("scorecard narrow", scorecard, (80, 24), "sv"),
    ("timeline wide", timeline, (120, 40), "sv"),
    ("own results", own_results, (100, 30), "sv"),
]


@pytest.mark.parametrize("name, steps, size, lang", PICTURES, ids=[one[0] for one in PICTURES])
def test_picture(
    name: str,
    steps: Callable[[Pilot[None]], Awaitable[None]],
    size: tuple[int, int],
    lang: str,
    snap_compare: Compare,
) -> None:
    set_language(lang)
    assert snap_compare(new_app(), run_before=steps, terminal_size=size)


def test_pictures_are_few() -> None:
    assert len(PICTURES) <= 12
    assert all(a != b for a, b in itertools.pairwise(PICTURES))
