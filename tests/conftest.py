"""No test loads the real weights unless it is marked for it, and none touches the user's own store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

os.environ["HF_HUB_OFFLINE"] = "1"

from simulator import session
from simulator.call import Call, begin
from simulator.language import set_language
from simulator.reading import Reader, reader
from simulator.scenario import Loaded, find, load
from simulator.settings import settings
from tests.standin import StandIn

hypothesis_settings.register_profile("same every time", derandomize=True, database=None)
hypothesis_settings.load_profile("same every time")

SCENARIOS = ("bostadsbidrag-aterkrav", "sjukpenning-rutinfraga", "underhall-indraget")


@pytest.fixture(autouse=True)
def no_real_weights(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("weights"):
        return

    def refuse(self: object, folder: Path) -> None:
        raise AssertionError("this test may not load the shipped reader; mark it with @pytest.mark.weights")

    monkeypatch.setattr(reader.TrainedReader, "__init__", refuse)
    monkeypatch.setattr(session, "load_reader", StandIn)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store"
    monkeypatch.setenv("SAMTAL_STORE", str(path))
    monkeypatch.setenv("SAMTAL_CONFIG", str(tmp_path / "config"))
    monkeypatch.delenv("SAMTAL_LANG", raising=False)
    settings.cache_clear()
    return path / "samtal.db"


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    set_language("sv")
    yield
    set_language("sv")


@pytest.fixture(params=SCENARIOS)
def each_scenario(request: pytest.FixtureRequest) -> Loaded:
    return load(find(request.param))


@pytest.fixture
def underhall() -> Loaded:
    return load(find("underhall-indraget"))


@pytest.fixture(scope="session")
def shipped_reader() -> Reader:
    from simulator.shipped_files import shipped

    return reader.TrainedReader(shipped("reader"))


Player = Callable[..., Call]


@pytest.fixture
def play() -> Player:
    """Play turns to the end of the call or of the turns, with the stand-in reader."""

    def run(loaded: Loaded, *turns: str, seed: int = 1, reader: Reader | None = None) -> Call:
        call = begin(loaded, seed)
        for turn in turns:
            if call.ended_by:
                break
            call = call.hear(call.read(turn, reader or StandIn()))
        return call

    return run
