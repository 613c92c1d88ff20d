"""Three handlers, three calls: the skilled one hears what the hurried one never does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from simulator.call import Call, begin
from simulator.codebook import codebook
from simulator.grading import Scorecard, grade
from simulator.reading import Reader
from simulator.scenario import find, load
from tests.conftest import SCENARIOS
from tests.standin import StandIn

PLAYED = (*SCENARIOS, "forsta-samtalet")
FOLDER = Path(__file__).parent / "players"
Result = tuple[Call, Scorecard]


def played(scenario: str, player: str, reader: Reader, seed: int, *, coded: bool) -> Result:
    loaded = load(find(scenario))
    call = begin(loaded, seed)
    for turn in yaml.safe_load((FOLDER / f"{scenario}.yaml").read_text("utf-8"))[player]:
        if call.ended_by:
            break
        tags = " ".join([*turn.get("moves", []), *(f"@{topic}" for topic in turn.get("asked", []))])
        call = call.hear(call.read(f"{{{tags}}} {turn['say']}" if coded else turn["say"], reader))
    if not call.ended_by:
        call = call.finish()
    return call, grade(call.transcript, loaded.scenario, codebook())


def total(result: Result) -> int:
    assert result[1].total is not None
    return result[1].total


@pytest.mark.parametrize("scenario", PLAYED)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_handlers_get_three_calls(scenario: str, seed: int) -> None:
    skilled, average, hurried = (
        played(scenario, player, StandIn(), seed, coded=True) for player in ("skilled", "average", "hurried")
    )
    assert all(disclosure.reached for disclosure in skilled[1].disclosures)
    assert not any(disclosure.reached for disclosure in hurried[1].disclosures)
    assert total(skilled) - total(hurried) >= 25
    assert total(skilled) > total(average) > total(hurried)


@pytest.mark.weights
@pytest.mark.parametrize("scenario", PLAYED)
def test_three_handlers_heard_by_the_shipped_reader(scenario: str, shipped_reader: Reader) -> None:
    skilled, hurried = (
        played(scenario, player, shipped_reader, 1, coded=False) for player in ("skilled", "hurried")
    )
    assert all(disclosure.reached for disclosure in skilled[1].disclosures)
    assert not any(disclosure.reached for disclosure in hurried[1].disclosures)
    assert total(skilled) - total(hurried) >= 25
