"""Whole journeys through the app, as its users make them."""

from __future__ import annotations

import json
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, TabbedContent, TextArea

from simulator.app.tutor import STEPS
from simulator.app.widgets.choice import Choice
from simulator.app.widgets.tutor_bar import TutorBar
from simulator.store import Store, objections, own_views, results
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
    to_scorecard,
    until,
)


def test_the_first_call_teaches_every_key_and_ends_in_a_scorecard() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        assert "Första samtalet" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "Before")
        assert "Innan du svarar" in shown(pilot)
        await pilot.press("f5")
        await reach(pilot, "CallScreen")
        assert "Steg 1 av" in shown(pilot)
        await say(pilot, HELLO)
        await say(pilot, "{straight-answer} Den för oktober räcker.")
        await pilot.press("f4")
        assert "Hördes" in shown(pilot)
        await pilot.press("f3")
        await say(pilot, ASK)
        await pilot.press("f2")
        assert "Tips" in shown(pilot)
        await pilot.press("f2")
        await say(pilot, ASK + " Då lyssnar jag.")
        await pilot.press("f6")
        await reach(pilot, "TakeBack")
        await pilot.press("enter")
        await reach(pilot, "CallScreen")
        await say(pilot, "{ask-impact} Vad betyder det för er?")
        screen = call_screen(pilot)
        tutor = screen.query_one(TutorBar).tutor
        assert tutor and STEPS[tutor.done][0] == "ended"
        await pilot.press("f8")
        assert "alla tangenter" in shown(pilot)
        await pilot.press("enter")
        await reach(pilot, "OwnView")
        await pilot.press("right", "tab", "right", "right")
        await pilot.press("ctrl+s")
        await reach(pilot, "ScorecardScreen")
        assert "av 100" in shown(pilot)
        await pilot.press("escape")
        await reach(pilot, "Home")

    journey(steps)
    store = Store()
    (call,) = store.summaries()
    assert (call.scenario, call.ended_by, call.length) == ("forsta-samtalet", "handler", 4)
    assert (call.hints, call.taken_back) == (1, 1)
    assert call.total is not None
    assert list(own_views(store)[call.id].values()) == ["yes", "partly"]
    assert results(store)


def test_a_turn_taken_back_comes_back_to_the_field_and_leaves_the_store() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        for text in (HELLO, TILT, ASK):
            await say(pilot, text)
        await pilot.press("f6")
        await reach(pilot, "TakeBack")
        await pilot.press("down", "enter")
        await reach(pilot, "CallScreen")
        assert screen.turns == 1
        assert screen.field.text == TILT
        assert "Berätta gärna hur det är" not in shown(pilot)
        await say(pilot, ASK)
        await pilot.press("f7")

    journey(steps)
    (call,) = Store().calls()
    assert [turn for turn, _ in call.turns] == [HELLO, ASK]
    assert call.taken_back == 2


def test_pause_keeps_draft_and_notes_and_the_call_goes_on_where_it_stood() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        screen.query_one("#own-notes", TextArea).text = "ring tillbaka torsdag"
        screen.field.fill("Jag undrar om")
        await pilot.press("f7")
        await reach(pilot, "Home")
        await until(pilot, lambda: "Pausade samtal" in shown(pilot))
        assert "Jag undrar om" in shown(pilot)

    async def again(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Pausade samtal" in shown(pilot))
        await pilot.press("home", "enter")
        await reach(pilot, "Before")
        assert "Samtalet står på tur 2" in shown(pilot)
        await pilot.press("f5")
        await reach(pilot, "CallScreen")
        screen = call_screen(pilot)
        assert screen.field.text == "Jag undrar om"
        assert screen.query_one("#own-notes", TextArea).text == "ring tillbaka torsdag"
        assert "Försäkringskassan" in shown(pilot)
        await say(pilot, ASK)
        assert screen.turns == 2

    journey(steps)
    journey(again)


def test_a_call_declined_at_its_content_note_leaves_nothing() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "down", "enter")
        await reach(pilot, "Before")
        assert "våld" in shown(pilot)
        await pilot.press("escape")
        await reach(pilot, "Home")

    journey(steps)
    assert Store().summaries() == []


def test_bryt_leads_at_once_to_support_and_back_if_one_wants() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget")
        await say(pilot, HELLO)
        screen.field.fill("Jag")
        await pilot.press("escape")
        await reach(pilot, "Support")
        assert "Det är helt i sin ordning" in shown(pilot)
        assert "112" in shown(pilot)
        await pilot.click("#back")
        await reach(pilot, "CallScreen")
        assert call_screen(pilot).field.text == "Jag"
        assert Store().summaries()[0].waiting
        await pilot.press("escape")
        await reach(pilot, "Support")
        await pilot.press("enter")
        await reach(pilot, "Home")

    journey(steps)
    (call,) = Store().summaries()
    assert (call.ended_by, call.total) == ("left", None)


def test_what_is_stored_is_seen_saved_and_erased(tmp_path: Path) -> None:
    target = tmp_path / "mitt.json"

    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        await say(pilot, HELLO + " kvarnsten")
        await pilot.press("f7")
        await reach(pilot, "Home")
        await pilot.press("r")
        await reach(pilot, "Results")
        await until(pilot, lambda: "Stödet som dras in" in shown(pilot))
        await pilot.press("e")
        await reach(pilot, "ExportTo")
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        pilot.app.screen.query_one(TabbedContent).active = "stored"
        await pilot.pause()
        assert "samtal.db" in shown(pilot).replace("\n", "")
        await pilot.click("#erase")
        await reach(pilot, "Trouble")
        await pilot.press("escape")
        await reach(pilot, "Results")
        assert Store().summaries()
        await pilot.click("#erase")
        await reach(pilot, "Trouble")
        await pilot.click("#erase")
        await until(pilot, lambda: not Store().summaries())

    journey(steps)
    (call,) = json.loads(target.read_text("utf-8"))["calls"]
    assert "kvarnsten" in call["turns"][0]["handler"]


def test_from_a_turn_of_the_scorecard_one_tries_again_and_the_old_call_stays() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget")
        for text in (HELLO, TILT, ASK, TILT + " Eller hur?"):
            await say(pilot, text)
        await to_scorecard(pilot)
        await pilot.press("p")  # nothing is pointed at in the overview
        await pilot.press("2")
        listed = pilot.app.screen.query_one("#turn-list", OptionList)
        listed.highlighted = listed.get_option_index("t2")
        await pilot.press("p")
        await reach(pilot, "CallScreen")
        assert call_screen(pilot).turns == 1
        await say(pilot, ASK)
        await pilot.press("f7")

    journey(steps)
    second, first = sorted(Store().calls(), key=lambda call: -call.id)
    assert (second.came_from, second.from_turn) == (first.id, 2)
    assert [turn for turn, _ in second.turns] == [HELLO, ASK]
    assert len(first.turns) == 4


def test_this_is_wrong_is_kept_for_the_trainer_and_can_be_taken_away() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await take(pilot, "underhall-indraget", "call")
        for text in (HELLO, TILT, ASK, ASK + " Och sedan?"):
            await say(pilot, text)
        await to_scorecard(pilot)
        await pilot.press("3")
        listed = pilot.app.screen.query_one("#strategy-list", OptionList)
        listed.highlighted = listed.get_option_index("s1")
        await pilot.press("x")
        await until(pilot, lambda: objections(Store()))
        await until(pilot, lambda: "Du tycker att det här är fel" in shown(pilot))
        await pilot.press("x")
        await until(pilot, lambda: not objections(Store()))
        await pilot.press("x")
        await until(pilot, lambda: objections(Store()))

    journey(steps)
    (objection,) = objections(Store())
    assert objection.strategy and objection.turn


def test_an_exam_gives_no_help_and_takes_nothing_back() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        screen = await take(pilot, "underhall-indraget", "exam")
        await say(pilot, HELLO)
        assert "▸" not in shown(pilot)
        await pilot.press("f2", "f6", "f4")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "Tips" not in shown(pilot).replace("f2 Tips", "")
        assert screen.turns == 1

    journey(steps)
    assert Store().summaries()[0].mode == "exam"


def test_the_mode_chosen_before_a_call_is_the_calls_and_is_remembered() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await pilot.press("down", "down", "enter")
        await reach(pilot, "Before")
        choice = pilot.app.screen.query_one("#mode", Choice)
        choice.focus()
        await pilot.press("down", "down")
        await pilot.press("f5")
        await reach(pilot, "CallScreen")
        assert call_screen(pilot).session.mode == "exam"

    journey(steps)
    assert new_app().desk.settings.mode == "exam"


def test_everything_can_be_done_with_a_mouse() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        shelf = pilot.app.screen.query_one("#shelf", OptionList)
        await pilot.click(shelf, offset=(3, 2))
        await reach(pilot, "Before")
        await pilot.click("#answer")
        await reach(pilot, "CallScreen")
        screen = call_screen(pilot)
        for text in (HELLO, ASK, TILT, ASK + " Ja."):
            screen.field.fill(text)  # words are typed; everything else is clicked
            turns = screen.turns
            await pilot.click("#send")
            await until(pilot, lambda turns=turns: screen.turns > turns and screen.has_class("-yours"))
        for key in ("f2", "f8"):
            await click_key(pilot, key)
        await until(pilot, lambda: screen.has_class("-ended"))
        await pilot.click("#done")
        await reach(pilot, "OwnView")
        await pilot.click("#overall", offset=(5, 0))
        await pilot.click("#show")
        await reach(pilot, "ScorecardScreen")

    journey(steps, size=(100, 40))
    assert Store().summaries()[0].overall == 1


async def click_key(pilot: Pilot[None], key: str) -> None:
    from textual.widgets._footer import FooterKey

    (found,) = [one for one in pilot.app.screen.query(FooterKey) if one.key == key]
    await pilot.click(found)
    await pilot.pause()
