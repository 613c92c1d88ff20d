"""How a caller takes what is said to her: what opens, what shuts, what she does with the odd."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.call import Call, begin, replay
from simulator.codebook import codebook
from simulator.scenario import Loaded, find, load
from tests.conftest import Player
from tests.standin import StandIn

HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"


def codes(call: Call) -> list[str]:
    return [reason.code for exchange in call.exchanges for reason in exchange.reply.reasons]


def acts(call: Call) -> tuple[str, ...]:
    return call.exchanges[-1].reply.acts


def test_she_opens_with_her_errand_whatever_she_is_met_with(each_scenario: Loaded, play: Player) -> None:
    for turn in (
        HELLO,
        "{greet} Hej.",
        "{presume-errand} Det gäller väl brevet?",
        "{@personnummer} Personnummer?",
    ):
        assert "errand" in acts(play(each_scenario, turn))


def test_a_tilted_question_gets_a_no_though_it_is_not_true(each_scenario: Loaded, play: Player) -> None:
    matter = each_scenario.scenario.hidden[0]
    ask = {
        "violence": "ask-violence",
        "money": "ask-finances",
        "health": "ask-function",
        "child": "ask-child",
    }
    call = play(each_scenario, HELLO, f"{{{ask[matter.kind]} denial-tilt}} Det är väl inga problem, va?")
    said = call.exchanges[-1].reply
    assert "denied-tilted" in codes(call)
    assert {line.text for line in said.lines if line.act == "deny"} <= set(matter.deny)


def test_a_plain_no_is_opened_by_one_fitting_follow_up(underhall: Loaded, play: Player) -> None:
    tilted = "{ask-violence denial-tilt} Det har inte varit något våld, va?"
    follow = "{invite-telling reflect legitimise} Du drog lite på det. Hur är det när ni hörs?"
    call = play(underhall, HELLO, tilted, follow)
    assert "opened-follow-up" in codes(call)


def test_she_holds_back_when_what_she_told_is_met_with_blame(underhall: Loaded, play: Player) -> None:
    told = "{invite-telling legitimise} Berätta gärna hur det är."
    blame = "{blame} Det där skulle du ha tänkt på tidigare."
    call = play(underhall, HELLO, told, told, blame)
    rungs = call.states[-2].rungs
    assert "held-back" in codes(call)
    assert call.state.rungs == rungs
    changes = [c for c in call.exchanges[-1].changes if c.quantity == "trust"]
    assert [(c.cause, c.after < c.before) for c in changes] == [("blame", True)]
    assert changes[0].evidence in blame


def test_kindness_alone_does_not_melt_her(each_scenario: Loaded, play: Player) -> None:
    kind = "{empathy reflect legitimise normalise-reaction receive-disclosure} Det hörs att det är tungt."
    call = play(each_scenario, HELLO, kind)
    assert call.state.trust - call.states[1].trust <= call.role.policy.limits.rise_per_turn + 1e-9
    told = [line.step for e in call.exchanges for line in e.reply.lines if line.step]
    assert len(told) <= 2


def test_a_stock_phrase_is_worth_less_each_time(underhall: Loaded, play: Player) -> None:
    call = play(underhall, *[HELLO, *["{legitimise} Bra att du ringer."] * 4])
    gains = [
        change.after - change.before
        for exchange in call.exchanges[1:]
        for change in exchange.changes
        if change.quantity == "trust" and change.cause == "legitimise"
    ]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] < gains[0] / 2


def test_several_questions_in_one_turn_are_answered_in_order(each_scenario: Loaded, play: Player) -> None:
    first, second = [fact for fact in each_scenario.scenario.facts if fact.act == "answer"][:2]
    call = play(each_scenario, HELLO, f"{{ask-facts @{second.id} @{first.id}}} Två frågor?")
    said = [line.text for line in call.exchanges[-1].reply.lines]
    assert said[:2] == [second.say[0], first.say[0]]


def test_asked_again_she_answers_otherwise(each_scenario: Loaded, play: Player) -> None:
    fact = each_scenario.scenario.facts[0]
    turns = [HELLO, *[f"{{ask-facts @{fact.id}}} Och vad var det?"] * 4]
    said = [exchange.reply.lines[0].text for exchange in play(each_scenario, *turns).exchanges[1:]]
    assert len(set(said)) == len(said)
    assert said[0] == fact.say[0]


@pytest.mark.parametrize(
    ("turn", "code"),
    [("", "empty"), ("  \n\t ", "empty"), ("🙂🙂", "empty"), ("!!!", "empty")],
)
def test_silence_is_met_with_a_question(each_scenario: Loaded, play: Player, turn: str, code: str) -> None:
    call = play(each_scenario, HELLO, turn)
    assert codes(call)[-1] == code


def test_english_is_answered_in_swedish(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, "Hello, can you please tell me what this is about?")
    assert codes(call)[-1] == "english"
    assert acts(call) == ("not-following",)


def test_a_second_insult_ends_the_call(each_scenario: Loaded, play: Player) -> None:
    once = play(each_scenario, HELLO, "Håll käften, din idiot.")
    assert not once.ended_by
    twice = play(each_scenario, HELLO, "Håll käften, din idiot.", "Dra åt helvete.")
    assert (twice.ended_by, twice.end_reason) == ("caller", "abuse")


def test_asked_whether_she_is_a_robot_she_stays_in_character(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, "Är du en robot?")
    bank = {line for reaction in each_scenario.common.bank["robot"] for line in reaction.say}
    own = {line for r in each_scenario.scenario.reactions if r.on == "robot" for line in r.say}
    assert call.exchanges[-1].reply.text in bank | own


def test_she_comes_back_to_her_errand_when_the_handler_drifts(each_scenario: Loaded, play: Player) -> None:
    drift = [f"Jag tänkte på sommaren {n} och på båten vi hade då." for n in range(5)]
    call = play(each_scenario, HELLO, *drift)
    again = {line for point in each_scenario.scenario.errand for line in point.again}
    returns = {line for reaction in each_scenario.common.bank["returns"] for line in reaction.say}
    own = {line for r in each_scenario.scenario.reactions if r.on == "returns" for line in r.say}
    assert {line.text for e in call.exchanges for line in e.reply.lines} & (again | returns | own)


def test_a_handler_who_says_nothing_is_hung_up_on(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, *[""] * 30)
    assert call.ended_by == "caller"
    assert len(call.exchanges) < 15


def test_the_handler_may_end_the_call_at_once(each_scenario: Loaded) -> None:
    call = begin(each_scenario, 1).finish()
    assert (call.ended_by, call.exchanges) == ("left", ())


def test_a_goodbye_with_things_left_is_unfinished(each_scenario: Loaded, play: Player) -> None:
    call = play(each_scenario, HELLO, "{farewell} Tack och hej.")
    assert (call.ended_by, call.end_reason) == ("handler", "unfinished")


def test_the_seed_changes_wordings_and_nothing_is_random_beside_it(underhall: Loaded, play: Player) -> None:
    turns = [HELLO, *["{invite-telling reflect} Berätta mer."] * 6]
    same = [play(underhall, *turns, seed=5).transcript for _ in range(2)]
    assert same[0] == same[1]
    texts = {play(underhall, *turns, seed=seed).exchanges[0].reply.text for seed in range(12)}
    assert len(texts) > 1


def test_after_much_jargon_an_answer_is_not_taken_in_until_it_is_put_plainly(
    each_scenario: Loaded, play: Player
) -> None:
    jargon = "{jargon} Det är preliminärt och stäms av mot slutlig taxering."
    first = each_scenario.scenario.errand[0]
    answer = (first.answered_by or ["straight-answer"])[0]
    call = play(each_scenario, HELLO, *[jargon] * 5)
    while call.state.waiting:  # until she has just asked again
        call = call.hear(call.read(jargon, StandIn()))
    call = call.hear(call.read(f"{{{answer}}} Ja, så är det.", StandIn()))
    assert call.state.understanding <= call.role.policy.limits.lost
    assert "not-knowing" in acts(call)
    assert "answered" not in codes(call)
    plain = call.hear(StandIn().read("{plain-words} Det betyder att vi räknar om när skatten är klar.", ""))
    assert codes(plain)[-1] == "answered"


def test_speech_breaks_down_once_when_it_grows_too_much(each_scenario: Loaded, play: Player) -> None:
    blunt = "{doubt urge-contact empathy limit-detail} Är det verkligen så?"
    call = play(each_scenario, HELLO, *[blunt] * 12)
    broken = [exchange for exchange in call.exchanges if "distress" in exchange.reply.acts]
    assert len(broken) <= 1
    assert call.state.overcome == bool(broken)
    if call.state.distress >= call.role.policy.limits.overcome and not call.ended_by:
        assert broken


# ---- whatever is said ------------------------------------------------------------------------------

MOVES = sorted(codebook().moves)
LOADED = {name: load(find(name)) for name in ("underhall-indraget", "bostadsbidrag-aterkrav")}
tags = st.lists(st.sampled_from([*MOVES, *(f"{move}?" for move in MOVES), "@hyra", "@namn"]), max_size=5)
tagged = st.builds(lambda found, text: "{" + " ".join(found) + "} " + text, tags, st.text(max_size=60))
turn = st.one_of(st.text(max_size=300), tagged, tagged)
names = st.sampled_from(sorted(LOADED))


def played(name: str, turns: list[str], seed: int) -> Call:
    call = begin(LOADED[name], seed)
    for said in turns:
        if call.ended_by:
            break
        call = call.hear(call.read(said, StandIn()))
    return call


@settings(max_examples=60, deadline=None)
@given(names, st.lists(turn, max_size=40), st.integers(0, 50))
def test_any_turns_play_without_repeating_a_line(name: str, turns: list[str], seed: int) -> None:
    call = played(name, turns, seed)
    said = [line.text for exchange in call.exchanges for line in exchange.reply.lines]
    assert len(said) == len(set(said))
    assert all(exchange.reply.lines for exchange in call.exchanges)
    for state in call.states:
        for quantity in (state.trust, state.distress, state.understanding, state.patience):
            assert 0 <= quantity <= 1


@settings(max_examples=40, deadline=None)
@given(names, st.lists(turn, max_size=30), st.integers(0, 50))
def test_steps_are_told_in_order_and_never_below_their_gate(name: str, turns: list[str], seed: int) -> None:
    call = played(name, turns, seed)
    gates = call.role.policy.gates
    for matter in LOADED[name].scenario.hidden:
        told = [
            (line.step, state)
            for exchange, state in zip(call.exchanges, call.states[1:], strict=True)
            for line in exchange.reply.lines
            if line.matter == matter.id
        ]
        assert [step for step, _ in told] == [step.id for step in matter.steps[: len(told)]]
        for (_, state), step in zip(told, matter.steps, strict=False):
            need = step.trust if step.trust is not None else gates[step.gate]
            assert state.trust >= need - call.role.policy.follow_up - 1e-9


@settings(max_examples=40, deadline=None)
@given(names, st.lists(turn, max_size=25), st.integers(0, 50))
def test_a_call_is_replayed_to_the_same_call(name: str, turns: list[str], seed: int) -> None:
    call = played(name, turns, seed)
    again = replay(LOADED[name], seed, [exchange.reading for exchange in call.exchanges])
    assert again.transcript == call.transcript
    assert again.states == call.states


@settings(max_examples=40, deadline=None)
@given(names, st.lists(turn, min_size=1, max_size=25), st.data())
def test_taking_back_and_saying_again_gives_the_same_call(
    name: str, turns: list[str], data: st.DataObject
) -> None:
    call = played(name, turns, 7)
    count = data.draw(st.integers(1, len(call.exchanges)))
    back = call.back(count)
    assert len(back.exchanges) == len(call.exchanges) - count
    assert not back.ended_by
    for exchange in call.exchanges[-count:]:
        back = back.hear(exchange.reading)
    assert back.transcript == call.transcript


@settings(max_examples=15, deadline=None)
@given(names, turn, st.integers(0, 20))
def test_every_call_comes_to_an_end(name: str, said: str, seed: int) -> None:
    call = played(name, [said] * 200, seed)
    assert call.ended_by
    assert len(call.exchanges) <= call.role.policy.limits.turns + 1
