"""Reading: form by rules, moves and questions by the shipped weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.call import begin
from simulator.reading import Reader, Reading
from simulator.reading.form import form_of, questions, sentences
from simulator.reading.reader import FILES, ReaderMissingError, TrainedReader
from simulator.reading.wording import grams
from simulator.scenario import Loaded
from tests.standin import StandIn


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Det gäller t.ex. hyran. Ring kl. 9! Okej?\nNy rad"
    assert sentences(text) == ["Det gäller t.ex. hyran.", "Ring kl. 9!", "Okej?", "Ny rad"]


@pytest.mark.parametrize(
    ("turn", "count"),
    [
        ("Var bor du, vilka bor där och vad tjänar ni?", 3),
        ("hur mycket är hyran", 1),
        ("Och hyran?", 1),
        ("Jag skickar blanketten i dag.", 0),
        ("Okej. Har du barn? Hur gamla är de?", 2),
        ("", 0),
    ],
)
def test_questions_are_told_apart(turn: str, count: int) -> None:
    assert len(questions(turn)) == count


@pytest.mark.parametrize(
    ("turn", "kind"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("…!?", "empty"),
        ("Could you please tell me what you want to do with this?", "english"),
        ("Är du en robot?", "robot"),
        ("Pratar jag med en AI? är det här en dator", "robot"),
        ("Håll käften.", "abuse"),
        ("Du är en idiot.", "abuse"),
    ],
)
def test_odd_turns_are_seen(turn: str, kind: str) -> None:
    assert getattr(form_of(turn, frozenset()), kind)


@pytest.mark.parametrize(
    "turn", ["Vilken jävla situation.", "Det var dumt.", "Han är en idiot, säger du.", "112"]
)
def test_strong_words_about_something_else_are_no_abuse(turn: str) -> None:
    form = form_of(turn, frozenset())
    assert not form.abuse and not form.empty


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text_has_a_form(turn: str) -> None:
    form = form_of(turn, frozenset({"abc"}))
    assert form.words >= 0
    assert all(question.strip() for question in form.questions)


@given(st.lists(st.text("ab -å?", max_size=20), max_size=4))
def test_the_wording_of_a_text_does_not_depend_on_the_texts_beside_it(texts: list[str]) -> None:
    together = grams(texts)
    for number, text in enumerate(texts):
        alone, its = grams([text]), together.texts == number
        assert alone.buckets.tolist() == together.buckets[its].tolist() == sorted(set(alone.buckets.tolist()))
        assert alone.weights.tolist() == together.weights[its].tolist()


@given(st.text(max_size=100))
def test_a_reading_survives_the_store(turn: str) -> None:
    reading = StandIn().read("{greet empathy?} " + turn, "")
    data = json.loads(json.dumps(reading.as_data()))
    assert Reading.from_data(reading.turn, data) == reading


def test_missing_or_damaged_files_are_told(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    with pytest.raises(ReaderMissingError):
        TrainedReader(tmp_path)
    for name in FILES:
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ReaderMissingError):
        TrainedReader(tmp_path)


# ---- the shipped weights -----------------------------------------------------------------------------

CLEAR = {
    "open-inquiry": "Vad kan jag hjälpa dig med i dag?",
    "ask-identity": "Kan jag få ditt personnummer, tack?",
    "ask-violence": "Har han hotat dig eller gjort dig illa?",
    "denial-tilt": "Det har väl inte förekommit något våld, va?",
    "blame": "Det där skulle du ha anmält i tid.",
    "ask-privacy": "Kan du prata ostört just nu?",
    "refer-support": "Kvinnofridslinjen är gratis och öppen dygnet runt.",
    "farewell": "Tack för att du ringde, hej då.",
    "next-step": "Jag skickar blanketten i dag och du får besked inom två veckor.",
    "ask-child": "Hur märker barnen av det här?",
}


@pytest.mark.weights
@pytest.mark.parametrize("move", CLEAR)
def test_the_plainest_turns_are_heard(move: str, shipped_reader: Reader) -> None:
    assert shipped_reader.read(CLEAR[move], "Jag vet inte hur det ska gå.").has(move)


@pytest.mark.weights
def test_evidence_is_a_sentence_of_the_turn(shipped_reader: Reader) -> None:
    turn = "Okej. Kan du prata ostört nu? Jag antecknar så länge."
    found = shipped_reader.read(turn, "").found("ask-privacy")
    assert found and found.evidence == "Kan du prata ostört nu?"


@pytest.mark.weights
def test_the_shipped_reader_is_deterministic_and_copes(shipped_reader: Reader, each_scenario: Loaded) -> None:
    topics = begin(each_scenario, 1).role.topics
    for turn in ("", "å" * 5000, "Hej. " * 1000, "\x00\x1b[31m", "🙂 hej 🙂", "'; drop table call;--"):
        first, second = (shipped_reader.read(turn, "", topics) for _ in range(2))
        assert first == second
        assert all(0 <= move.p <= 1 for move in first.moves)


@pytest.mark.weights
@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Hur mycket betalar du i hyra?", "hyra"),
        ("vad får du ut i lön varje månad", "manadslon"),
        ("Hur många barn har du?", "antal-barn"),
        ("Vad heter barnen?", "barnens-namn"),
        ("Vilken adress har du?", "adress"),
    ],
)
def test_questions_find_their_fact(
    question: str, fact: str, shipped_reader: Reader, each_scenario: Loaded
) -> None:
    facts = [f for f in each_scenario.scenario.facts if fact in f.family]
    asked = shipped_reader.read(question, "", begin(each_scenario, 1).role.topics).asked
    assert asked
    if facts:
        assert asked[0].topic == facts[0].id
    else:
        assert asked[0].topic not in {f.id for f in each_scenario.scenario.facts if f.act == "disclosure"}


@pytest.mark.weights
def test_nonsense_and_weather_find_no_fact(shipped_reader: Reader, each_scenario: Loaded) -> None:
    topics = begin(each_scenario, 1).role.topics
    facts = {fact.id for fact in each_scenario.scenario.facts}
    assert shipped_reader.read("xqzt wvbk pllrg zzkx", "", topics).form.nonsense
    for turn in ("Vad blir det för väder i morgon?", "Såg du matchen i går?"):
        assert not {asked.topic for asked in shipped_reader.read(turn, "", topics).asked} & facts
