"""Every caller of the library: deep enough, said whole, and different for those who listen and those who do not."""

from __future__ import annotations

from itertools import product

import pytest

from simulator.caller import policy
from simulator.checking import advice
from simulator.codebook import codebook
from simulator.scenario import Loaded, find, load
from simulator.scenario.library import scenario_files
from simulator.scenario.schema import caller_lines
from simulator.trying import Summary, summarise, try_out
from simulator.trying.agreement import contradictions
from simulator.trying.handlers import handlers
from simulator.trying.handling import Said
from simulator.trying.summary import spoken
from tests.standin import StandIn

NAMES = tuple(scenario_files())
FULL = tuple(name for name in NAMES if name != "forsta-samtalet")
ENDS = ("skilled", "average", "hurried")
SEEDS = (1, 2, 3)
LONGEST = 270
"""Lines: most callers have 70-150; the three oldest have more wordings of each."""


def coded(said: Said) -> str:
    """What the stand-in for the reader reads: the coding in front of the words."""
    moves = [move for move in said.moves if move in codebook().moves]
    tags = " ".join([*moves, *(f"@{topic}" for topic in said.asked)])
    return f"{{{tags}}} {said.text}" if said.text else ""


def played(loaded: Loaded, *players: str, seeds: tuple[int, ...] = SEEDS) -> Summary:
    chosen = [handlers()[player] for player in players]
    trials = list(try_out(loaded, chosen, seeds, StandIn(), coded))
    assert len(trials) == len(players) * len(seeds)
    assert all(spoken(trial.call) for trial in trials)
    return summarise(loaded, trials)


def test_the_library_has_what_the_studies_describe() -> None:
    scenarios = [load(find(name)).scenario for name in FULL]
    assert len(scenarios) >= 24
    assert {one.family for one in scenarios} == {"pengar", "underhall", "vald", "sjukskrivning", "barnet"}
    assert {one.level for one in scenarios} == {1, 2, 3}
    assert {one.caller.pronoun for one in scenarios} >= {"hon", "han"}
    assert min(one.caller.age for one in scenarios) <= 20 and max(one.caller.age for one in scenarios) >= 60
    names = [one.caller.name for one in scenarios]
    assert len({name.split()[0] for name in names}) == len({name.split()[-1] for name in names}) == len(names)


@pytest.mark.parametrize("name", FULL)
def test_each_caller_is_deep(name: str) -> None:
    scenario = load(find(name)).scenario
    lines = list(caller_lines(scenario))
    assert 70 <= len(lines) <= LONGEST
    assert len(scenario.hidden) >= 2 or len(scenario.hidden[0].steps) >= 8
    assert len(scenario.ends.good) >= 2
    assert len(scenario.ends.unfinished) + len(scenario.ends.hang_up) >= 2
    assert {act for _key, act, _text in lines} <= set(codebook().acts)
    needs = [step.gate for matter in scenario.hidden for step in matter.steps if step.id == matter.reached]
    assert not set(needs) & {"free"}
    if "violence" in scenario.marks:
        assert "nodnumret" in scenario.support or "kvinnofridslinjen" in scenario.support


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_advise(name: str) -> None:
    loaded = load(find(name))
    left = [str(one) for one in advice(find(name), loaded, StandIn()) if not one.explained]
    assert [text for text in left if "needless" not in text and "längre" not in text] == []
    assert list(contradictions(loaded.scenario)) == []


@pytest.mark.parametrize("name", FULL)
def test_who_listens_hears_what_who_hurries_does_not(name: str) -> None:
    summary = played(load(find(name)), *ENDS)
    skilled, average, hurried = (summary.of(player) for player in ENDS)
    assert skilled and average and hurried
    assert skilled.all_reached == 1 and hurried.any_reached == 0
    assert skilled.mean and average.mean and hurried.mean is not None
    assert skilled.mean > average.mean > hurried.mean
    assert skilled.mean - hurried.mean >= 25
    assert summary.doubles == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_call_with_any_handler_ends_and_says_nothing_twice(name: str) -> None:
    summary = played(load(find(name)), *handlers(), seeds=(7,))
    assert summary.doubles == ()
    assert all(one.turns <= policy().limits.turns + 1 for one in summary.handled)


def test_trials_are_the_same_every_time() -> None:
    loaded = load(find(FULL[0]))
    first, second = (played(loaded, "average", "over-friendly", seeds=(5,)) for _ in range(2))
    assert first == second


def test_seeds_and_handlers_differ() -> None:
    loaded = load(find(FULL[0]))
    calls = [
        tuple(spoken(next(try_out(loaded, [handlers()[player]], [seed], StandIn(), coded)).call))
        for player, seed in product(("average", "silent"), (1, 2))
    ]
    assert len(set(calls)) == len(calls)
