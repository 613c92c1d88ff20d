"""Grading: opportunities from slots, evidence in the handler's words, honest totals."""

from __future__ import annotations

import pytest

from simulator.call import Call
from simulator.codebook import codebook
from simulator.grading import Opportunity, Scorecard, grade
from simulator.report import plain
from simulator.scenario import Loaded
from tests.conftest import Player

HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"
PLAIN = "{ask-facts} Sedan när är det så?"


def graded(call: Call) -> Scorecard:
    return grade(call.transcript, call.role.scenario, codebook())


def found(card: Scorecard, strategy: str) -> list[Opportunity]:
    return [judged.opportunity for s in card.strategies if s.strategy.id == strategy for judged in s.judged]


def test_a_tilted_violence_question_is_broken_and_the_consequence_told(
    underhall: Loaded, play: Player
) -> None:
    tilted = "{ask-violence denial-tilt} Det har inte varit något våld, va?"
    call = play(underhall, HELLO, PLAIN, tilted, PLAIN)
    card = graded(call)
    (one,) = found(card, "no-denial-tilt")
    assert (one.outcome, one.turn) == ("broken", 3)
    assert one.evidence in tilted
    (score,) = [s for s in card.strategies if s.strategy.id == "no-denial-tilt"]
    assert [reason.code for reason in score.judged[0].reasons] == ["denied-tilted"]
    assert "byggd för ett nej" in plain.scorecard(card, call, everything=True)


def test_a_neutral_question_meets_what_a_tilted_one_breaks(underhall: Loaded, play: Player) -> None:
    neutral = "{ask-violence concrete-acts reason-preface} Har han hotat dig eller följt efter dig?"
    card = graded(play(underhall, HELLO, PLAIN, neutral, PLAIN))
    assert [o.outcome for o in found(card, "no-denial-tilt")] == ["met"]
    assert [o.outcome for o in found(card, "concrete-acts")] == ["met"]


def test_words_outside_their_slot_earn_nothing(underhall: Loaded, play: Player) -> None:
    card = graded(play(underhall, HELLO, PLAIN, PLAIN, PLAIN))
    assert found(card, "receive-disclosure") == []
    assert found(card, "take-your-time") == []


def test_a_stock_phrase_is_paid_once(underhall: Loaded, play: Player) -> None:
    stock = "{invite-telling legitimise} Berätta gärna mer."
    call = play(underhall, HELLO, *[stock] * 9)
    repeated = [o for s in graded(call).strategies for j in s.judged if (o := j.opportunity).repeated]
    assert repeated
    assert all(o.outcome == "missed" for o in repeated)
    by_strategy: dict[str, int] = {}
    for score in graded(call).strategies:
        if score.strategy.met_by:
            by_strategy[score.strategy.id] = score.count("met")
    assert max(by_strategy.values()) == 1


def test_unsure_readings_weigh_nothing(underhall: Loaded, play: Player) -> None:
    turns = [HELLO, PLAIN, "{ask-violence} Har han hotat dig?", PLAIN]
    sure = graded(play(underhall, *turns))
    doubtful = graded(play(underhall, *turns[:2], "{ask-violence denial-tilt?} Har han hotat dig?", PLAIN))
    assert [o.outcome for o in found(sure, "no-denial-tilt")] == ["met"]
    (score,) = [s for s in doubtful.strategies if s.strategy.id == "concrete-acts"]
    assert score.score is not None
    unsure = graded(play(underhall, HELLO, "{ask-privacy?} Är det lugnt hos dig?", turns[2], PLAIN))
    (privacy,) = [s for s in unsure.strategies if s.strategy.id == "check-can-talk"]
    assert (privacy.score, privacy.counted) == (None, ())


def test_a_call_too_short_to_judge_says_so(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, PLAIN)
    card = graded(call)
    assert (card.total, card.why_none) == (None, "too-short")
    assert "för kort" in plain.scorecard(card, call)


def test_part_scores_come_only_from_opportunities_that_arose(each_scenario: Loaded, play: Player) -> None:
    card = graded(play(each_scenario, HELLO, PLAIN, PLAIN, PLAIN, PLAIN))
    for part in card.parts:
        assert (part.score is None) == (part.opportunities == 0)
    assert sum(part.opportunities for part in card.parts) == card.opportunities


def test_what_was_never_said_is_shown_afterwards(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, PLAIN, PLAIN, PLAIN)
    card = graded(call)
    for disclosure, matter in zip(card.disclosures, each_scenario.scenario.hidden, strict=True):
        assert disclosure.told + len(disclosure.never_said) == disclosure.steps == len(matter.steps)
        assert not disclosure.reached
    assert each_scenario.scenario.hidden[0].about.sv[:40] in " ".join(plain.scorecard(card, call).split())


def test_inference_is_said_on_screen_and_weighs_half(underhall: Loaded, play: Player) -> None:
    card = graded(play(underhall, HELLO, *["{refuse} Nej."] * 8))
    inferred = [s for s in card.strategies if s.strategy.inferred]
    others = [s for s in card.strategies if not s.strategy.inferred]
    assert {s.weight for s in inferred} <= {0.5, 1.0}
    assert {s.weight for s in others} <= {1.0, 2.0}
    for score in inferred:
        assert "slutledning" in plain.strategy_text(score, codebook(), "hon")


@pytest.mark.parametrize("left", [True, False])
def test_the_last_slot_is_missed_only_if_the_handler_ended_the_call(
    underhall: Loaded, play: Player, left: bool
) -> None:
    turns = [HELLO, *["{invite-telling reflect legitimise} Hur menar du då?"] * 4]
    call = play(underhall, *turns)
    ended = call.abandon() if left else call.finish()
    last = len(call.exchanges)
    late = [o for s in graded(ended).strategies for j in s.judged if (o := j.opportunity).turn > last]
    assert not late
    difference = graded(call.finish()).opportunities - graded(call.abandon()).opportunities
    assert difference >= 1


def test_the_scorecard_says_what_closed_her(underhall: Loaded, play: Player) -> None:
    told = "{invite-telling legitimise} Berätta gärna hur det är."
    blame = "{blame} Det där skulle du ha tänkt på tidigare."
    call = play(underhall, HELLO, told, blame, PLAIN, PLAIN)
    text = plain.scorecard(graded(call), call)
    assert "DET SOM FICK INRINGAREN ATT SLUTA SIG" in text
    assert "Det där skulle du ha tänkt på tidigare." in " ".join(text.split())
