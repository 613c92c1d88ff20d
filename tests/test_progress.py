"""What practice leads to: standing, own view against score, the next call, and remarks on the way."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from simulator.call import Transcript
from simulator.cli import app
from simulator.codebook import codebook
from simulator.grading import grade, open_slots, remark
from simulator.progress import (
    Known,
    asked_about,
    by_strategy,
    compare,
    over_calls,
    overrating,
    strong,
    suggest,
    weak,
)
from simulator.progress.next_call import FIRST
from simulator.report.timeline import steps, timeline
from simulator.scenario import Loaded
from simulator.session import NotAllowedError, Session
from simulator.settings import Settings, save, settings, settings_path
from simulator.store import Believed, CallSummary, Result, Store, keep_own_view, own_views, results
from simulator.store.export import everything
from tests.conftest import Player
from tests.standin import StandIn

HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"
ASK = "{invite-telling legitimise} Berätta gärna hur det är."
TILT = "{minimise denial-tilt} Det är väl inte så farligt?"
run = CliRunner().invoke
counts = st.integers(0, 5)


def result(call: int, strategy: str, met: int, missed: int, broken: int = 0) -> Result:
    counted = met + missed + broken
    return Result(call, strategy, met / counted if counted else None, met, missed, broken, 0)


def summary(number: int, scenario: str, total: int | None = 50) -> CallSummary:
    when = datetime(2026, 11, 1, 10, number)
    return CallSummary(
        number,
        scenario,
        1,
        "r",
        when,
        "handler",
        "good",
        total,
        8,
        "call",
        300,
        0,
        0,
        None,
        None,
        None,
        "",
        "",
    )


@given(st.lists(st.tuples(st.sampled_from("abc"), counts, counts, counts), max_size=12))
def test_standing_counts_every_opportunity_of_the_latest_calls(rows: list[tuple[str, int, int, int]]) -> None:
    results = [result(n, name, met, missed, broken) for n, (name, met, missed, broken) in enumerate(rows)]
    standings = by_strategy(results)
    for standing in standings:
        latest = [r for r in results if r.strategy == standing.strategy and r.met + r.missed + r.broken][-6:]
        assert standing.opportunities == sum(r.met + r.missed + r.broken for r in latest)
        assert 0 <= standing.share <= 1
    assert [s.share for s in standings] == sorted(s.share for s in standings)
    assert not set(weak(standings)) & set(strong(standings))


def test_the_next_call_is_the_first_one_for_a_newcomer_then_what_trains_the_weakest() -> None:
    trained = list(codebook().strategies)[:2]
    shelf = [Known(FIRST, 1, ()), Known("lätt", 1, ()), Known("svår", 2, (trained[0],))]
    book = codebook()
    first = suggest(shelf, [], [], book, "sv")
    assert first and first.scenario == FIRST
    after = suggest(shelf, [summary(1, FIRST)], [], book, "sv")
    assert after and after.scenario == "lätt"
    standings = by_strategy([result(1, trained[0], 0, 4), result(1, trained[1], 1, 3)])
    weakest = suggest(shelf, [summary(1, FIRST)], standings, book, "sv")
    assert weakest and (weakest.scenario, weakest.strategy) == ("svår", trained[0])
    assert "0 av 4" in str(weakest.why)
    beyond = [Known(FIRST, 1, ()), Known("lätt", 1, ()), Known("svår", 3, (trained[0],))]
    assert (suggest(beyond, [summary(1, FIRST)], standings, book, "sv") or first).scenario == "lätt"
    assert suggest([], [], [], book, "sv") is None
    played = [summary(n, name) for n, name in enumerate(("lätt", "svår", FIRST), 1)]
    assert (suggest(shelf, played, [], book, "sv") or first).scenario in ("lätt", "svår")


def test_own_view_against_score(underhall: Loaded, play: Player) -> None:
    call = play(underhall, HELLO, TILT, ASK, TILT + " Eller?", ASK + " Och sedan?").finish()
    card = grade(call.transcript, underhall.scenario, codebook())
    asked = asked_about(card)
    assert 0 < len(asked) <= 6
    believed: dict[str, Believed] = {score.strategy.id: "yes" for score in asked}
    gaps = compare(card, believed)
    for gap, score in zip(gaps, asked, strict=True):
        assert score.score is not None
        assert gap.difference == pytest.approx(1 - score.score)
        assert gap.kind in ("over", "alike")
    assert (overrating(gaps) or 0) > 0
    assert overrating([]) is None
    views: dict[int, dict[str, Believed]] = {1: {"a": "yes", "b": "no"}, 2: {"a": "no", "c": "yes"}}
    kept = [result(1, "a", 1, 3), result(1, "b", 2, 0), result(2, "a", 1, 1)]
    assert over_calls(views, kept) == [("a", pytest.approx(0.125), 2), ("b", -1.0, 1)]


def test_a_remark_blames_nobody_for_a_slot_still_open(each_scenario: Loaded, play: Player) -> None:
    """What is told turn by turn is what the whole scorecard says of the same turns, once the call is over."""
    turns = (
        HELLO,
        ASK,
        "{} Jaha.",
        TILT,
        "{} Mm.",
        ASK + " Hur då?",
        "{reflect} Du säger att det är mycket.",
    )
    call = play(each_scenario, *turns)
    book = codebook()
    for n in range(1, len(call.exchanges) + 1):
        for judged in remark(call.transcript, n, book).judged:
            found = judged.opportunity
            assert found.turn <= n
            if found.outcome == "missed":
                later = Transcript(call.exchanges)
                card = grade(later, each_scenario.scenario, book)
                same = [s for s in card.strategies if s.strategy.id == found.strategy]
                outcomes = {
                    j.opportunity.outcome for s in same for j in s.judged if j.opportunity.turn == found.turn
                }
                assert "met" not in outcomes
    with pytest.raises(IndexError):
        remark(call.transcript, len(call.exchanges) + 1, book)


def test_what_is_due_is_what_the_callers_words_opened(underhall: Loaded, play: Player) -> None:
    book = codebook()
    assert open_slots(Transcript(), book) == ()
    call = play(underhall, HELLO)
    due = open_slots(call.transcript, book)
    assert due
    assert {s.id for s in due} <= set(book.slots(call.exchanges[-1].reply.acts))


def test_the_timeline_moves_as_the_call_did(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, ASK, TILT, ASK + " Och sedan?", TILT + " Va?")
    card = grade(call.transcript, each_scenario.scenario, codebook())
    moments = timeline(call, card)
    assert [m.turn for m in moments] == list(range(1, len(call.exchanges) + 1))
    for moment, state in zip(moments, call.states[1:], strict=True):
        assert moment.trust == pytest.approx(state.trust)
        assert moment.told == sum(state.rungs.values())
    assert moments[-1].told <= steps(call)


def test_a_new_try_goes_on_from_its_turn_and_leaves_the_old_call(underhall: Loaded) -> None:
    store = Store()
    first = Session.start(underhall, 3, StandIn(), store)
    for turn in (HELLO, ASK, TILT):
        first.say(turn)
    stored = store.calls()[0]
    second = Session.retry(stored, 3, StandIn(), store)
    assert second.call.exchanges == first.call.exchanges[:2]
    second.say(ASK + " Annorlunda.")
    assert len(store.calls()) == 2
    assert [turn for turn, _ in (store.call(stored.id) or stored).turns] == [HELLO, ASK, TILT]
    for turn in (0, 4):
        with pytest.raises(ValueError):
            Session.retry(stored, turn, StandIn(), store)


def test_a_new_try_of_an_exam_is_no_exam_and_counts_its_own_turns_only(underhall: Loaded) -> None:
    store = Store()
    first = Session.start(underhall, 3, StandIn(), store, "exam")
    for turn in (HELLO, ASK, TILT, ASK + " Hur då?", TILT + " Va?"):
        first.say(turn)
    first.finish()
    first.grade()
    second = Session.retry(store.calls()[0], 5, StandIn(), store)
    assert second.mode == "call"
    for turn in (ASK + " Annorlunda.", "{reflect} Du säger det."):
        second.say(turn)
    second.finish()
    card = second.grade()
    kept = {r.strategy: r for r in results(store) if r.call == second.call_id}
    for score in card.strategies:
        own = [j for j in score.judged if j.opportunity.turn >= 5]
        assert (score.strategy.id in kept) is bool(own)
        if own:
            assert kept[score.strategy.id].met == sum(j.opportunity.outcome == "met" for j in own)


def test_a_call_too_short_to_judge_keeps_no_results(underhall: Loaded) -> None:
    store = Store()
    session = Session.start(underhall, 3, StandIn(), store)
    session.say(HELLO)
    session.say(ASK)
    session.finish()
    session.grade()
    assert results(store) == []


def test_what_is_due_agrees_with_the_scorecard(each_scenario: Loaded, play: Player) -> None:
    """What is hinted at is missed if the call ends there, and met by the fitting move in the next turn."""
    book = codebook()
    turns = (HELLO, ASK, "{} Jaha.", ASK + " Hur då?", "{} Mm.", "{reflect} Du säger att det är mycket.")
    for n in range(1, len(turns) + 1):
        call = play(each_scenario, *turns[:n])
        for strategy in open_slots(call.transcript, book):
            answered = play(each_scenario, *turns[:n], f"{{{strategy.met_by[0]}}} Ord nummer {n}.")
            if len(answered.exchanges) == n + 1:
                card = grade(answered.transcript, each_scenario.scenario, book)
                (score,) = [s for s in card.strategies if s.strategy.id == strategy.id]
                assert "met" in {j.opportunity.outcome for j in score.judged if j.opportunity.turn == n + 1}


def test_an_exam_refuses_to_take_back(underhall: Loaded) -> None:
    session = Session.start(underhall, 1, StandIn(), None, "exam")
    session.say(HELLO)
    with pytest.raises(NotAllowedError):
        session.back(1)
    assert len(session.call.exchanges) == 1


def test_plain_mode_coaches_and_examines() -> None:
    lines = "\n" + HELLO + "\n/backa 1\n/avsluta\n\n"
    coached = run(
        app, ["ring", "underhall-indraget", "--no-store", "--mode", "coach", "--seed", "1"], input=lines
    )
    assert "✓ Bra: Öppen första fråga." in coached.output
    exam = run(
        app, ["ring", "underhall-indraget", "--no-store", "--mode", "exam", "--seed", "1"], input=lines
    )
    assert "I provläge går det inte att ta tillbaka turer." in exam.output
    assert run(app, ["ring", "underhall-indraget", "--mode", "lek"]).exit_code == 2


def test_export_holds_everything_and_overwrites_nothing(underhall: Loaded, tmp_path: Path) -> None:
    store = Store()
    session = Session.start(underhall, 2, StandIn(), store, "coach")
    for turn in (HELLO, ASK, TILT, ASK + " Och?"):
        session.say(turn)
    session.aside(notes="ring torsdag", draft="och", seconds=71)
    session.finish()
    session.grade()
    assert session.call_id
    keep_own_view(store, session.call_id, {"catch-money-hint": "no"}, 2)
    target = tmp_path / "allt.json"
    assert run(app, ["export", str(target)]).exit_code == 0
    (call,) = json.loads(target.read_text("utf-8"))["calls"]
    assert (call["notes"], call["seconds"], call["mode"], call["overall"]) == ("ring torsdag", 71, "coach", 2)
    assert call["own_view"] == {"catch-money-hint": "no"}
    assert call["results"] and call["turns"][0]["handler"] == HELLO
    again = run(app, ["export", str(target)])
    assert again.exit_code == 1 and "finns redan" in again.output
    assert run(app, ["export", str(tmp_path / "saknas" / "x.json")]).exit_code == 1
    assert everything(store)["calls"][0]["turns"][1]["caller"]


def test_erasing_a_call_erases_all_that_belongs_to_it(underhall: Loaded, own_store: Path) -> None:
    store = Store()
    session = Session.start(underhall, 2, StandIn(), store)
    for turn in (HELLO, ASK, TILT, ASK + " Och?"):
        session.say(turn)
    session.aside(notes="kvarnsten")
    session.finish()
    session.grade()
    assert session.call_id
    keep_own_view(store, session.call_id, {"catch-money-hint": "no"}, 2)
    store.erase(session.call_id)
    assert own_views(store) == {}
    with sqlite3.connect(own_store) as raw:
        for table in ("call", "exchange", "result", "own_view", "objection", "scenario_text"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    raw.close()
    assert b"kvarnsten" not in own_store.read_bytes()


def test_a_store_of_the_first_version_is_brought_up_to_date(underhall: Loaded, own_store: Path) -> None:
    from alembic import command
    from alembic.config import Config

    store = Store()
    session = Session.start(underhall, 2, StandIn(), store)
    session.say(HELLO)
    config = Config()
    config.set_main_option("script_location", str(Path(own_store.parent, "x")))
    import simulator.store as package

    folder = Path(package.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    store.close()
    (call,) = Store().calls()
    assert (call.mode, call.draft, call.seconds) == ("call", "", 0)
    assert call.turns[0][0] == HELLO


# ---- settings --------------------------------------------------------------------------------------


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
def test_a_settings_file_of_any_kind_is_read(data: object) -> None:
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")
    settings.cache_clear()
    assert settings() == Settings()


def test_a_settings_file_nested_past_all_reason_is_read_as_none() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[" * 100_000, "utf-8")
    settings.cache_clear()
    assert settings() == Settings()


def test_settings_keep_what_is_right_and_leave_what_is_wrong() -> None:
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text('{"theme": "dag", "pace": "rusande", "lang": 3, "vem": "x", "store": "/tmp/x"}', "utf-8")
    settings.cache_clear()
    assert settings() == Settings(theme="dag", store="/tmp/x")
    save(settings().with_(pace="lugn"))
    assert settings().pace == "lugn"
    with pytest.raises(ValueError):
        settings().with_(theme="rosa")


def test_settings_choose_the_language_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.settings import wanted_language

    save(Settings(lang="en"))
    assert wanted_language() == "en"
    monkeypatch.setenv("SAMTAL_LANG", "sv")
    assert wanted_language() == "sv"
    monkeypatch.setenv("SAMTAL_LANG", "xx")
    assert wanted_language() == "sv"
