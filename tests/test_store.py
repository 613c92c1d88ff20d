"""The store: nothing sent is lost, two windows do not hurt each other, every failure is told."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.call import call as call_module
from simulator.caller import policy
from simulator.cli import app
from simulator.scenario import Loaded
from simulator.session import Session
from simulator.store import Store, StoreError
from tests.standin import StandIn

HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"
ASK = "{invite-telling legitimise} Berätta gärna hur det är."
run = CliRunner().invoke


def session(loaded: Loaded, store: Store | None) -> Session:
    return Session.start(loaded, 4, StandIn(), store)


def test_a_resumed_call_is_the_same_call(each_scenario: Loaded) -> None:
    store = Store()
    first = session(each_scenario, store)
    for turn in (HELLO, ASK, "", ASK + " Och sedan?"):
        first.say(turn)
    (stored,) = Store().calls()
    again = Session.resume(stored, StandIn(), Store())
    assert again.call.transcript == first.call.transcript
    assert again.call.states == first.call.states
    again.say(ASK)
    assert len(Store().calls()[0].turns) == 5


def test_a_turn_sent_but_not_answered_is_answered_on_resume(underhall: Loaded) -> None:
    store = Store()
    first = session(underhall, store)
    first.say(HELLO)
    assert first.call_id is not None
    store.sent(first.call_id, 2, ASK)  # the program died here
    again = Session.resume(Store().calls()[0], StandIn(), Store())
    expected = session(underhall, None)
    expected.say(HELLO)
    expected.say(ASK)
    assert again.call.transcript == expected.call.transcript
    assert all(exchange for _, exchange in Store().calls()[0].turns)


def test_a_scenario_changed_on_disk_does_not_change_a_stored_call(underhall: Loaded) -> None:
    store = Store()
    first = session(underhall, store)
    first.say(HELLO)
    assert Store().calls()[0].scenario_text == underhall.text


def test_taking_back_drops_turns_from_the_store_too(underhall: Loaded) -> None:
    store = Store()
    one = session(underhall, store)
    for turn in (HELLO, ASK, ASK):
        one.say(turn)
    one.back(2)
    one.say(ASK + " Annorlunda.")
    assert [turn for turn, _ in Store().calls()[0].turns] == [HELLO, ASK + " Annorlunda."]


def test_the_same_call_in_two_windows_is_refused_not_mixed(underhall: Loaded) -> None:
    store = Store()
    one = session(underhall, store)
    one.say(HELLO)
    other = Session.resume(Store().calls()[0], StandIn(), Store())
    one.say(ASK)
    with pytest.raises(StoreError) as caught:
        other.say(ASK)
    assert "annat fönster" in str(caught.value.message)
    assert len(Store().calls()[0].turns) == 2


def test_two_windows_with_calls_of_their_own(underhall: Loaded) -> None:
    failures: list[BaseException] = []

    def play() -> None:
        try:
            one = session(underhall, Store())
            for _ in range(12):
                one.say(ASK)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=play) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(len(call.turns) for call in Store().calls()) == [12] * 4


def test_erase_one_and_all(underhall: Loaded, own_store: Path) -> None:
    for _ in range(3):
        session(underhall, Store()).say(HELLO + " hemligt ord: kvarnsten")
    assert run(app, ["erase", "2"]).exit_code == 0
    assert [call.id for call in Store().calls()] == [3, 1]
    assert run(app, ["erase"]).exit_code == 2
    assert run(app, ["erase", "99"]).exit_code == 1
    assert run(app, ["erase", "--all"], input="n\n").exit_code == 1
    assert len(Store().calls()) == 2
    assert run(app, ["erase", "--all", "--yes"]).exit_code == 0
    assert Store().calls() == []
    kept = b"".join(path.read_bytes() for path in own_store.parent.iterdir())
    assert b"kvarnsten" not in kept


def test_a_damaged_file_is_told_and_left_alone(own_store: Path) -> None:
    own_store.parent.mkdir()
    own_store.write_bytes(b"not a database at all " * 500)
    result = run(app, ["calls"])
    assert result.exit_code == 1
    assert "skadad" in result.output
    assert "Traceback" not in result.output
    assert own_store.read_bytes().startswith(b"not a database")


def test_a_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("SAMTAL_STORE", str(tmp_path / "file" / "deeper"))
    result = run(app, ["calls"])
    assert result.exit_code == 1
    assert "SAMTAL_STORE" in result.output


def test_a_full_disk_is_told_before_the_caller_answers(underhall: Loaded, own_store: Path) -> None:
    store = Store()
    one = session(underhall, store)
    one.say(HELLO)
    with sqlite3.connect(own_store) as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    from sqlalchemy import event

    @event.listens_for(store.engine, "connect")
    def _small(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    store.close()
    with pytest.raises(StoreError) as caught:
        for _ in range(200):
            one.say(ASK + " Lång tur." * 300)
            one.back(1)
            one.say(ASK)
    assert "full" in str(caught.value.message)


def test_a_store_from_a_newer_version_is_refused(own_store: Path) -> None:
    Store().close()
    with sqlite3.connect(own_store) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        Store()
    assert "nyare" in str(caught.value.message)


def test_the_tables_are_what_the_migrations_make(own_store: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from simulator.store.tables import HEAD, Base

    store = Store()
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, Base.metadata) == []


KILLED = """
import os, signal, sys
from simulator import session
from simulator.scenario import find, load
from simulator.store import Store
sys.path.insert(0, {root!r})
from tests.standin import StandIn
one = session.Session.start(load(find("underhall-indraget")), 4, StandIn(), Store())
one.say({hello!r})
class Dies(StandIn):
    def read(self, *given):
        os.kill(os.getpid(), signal.SIGKILL)
one.reader = Dies()
one.say({ask!r})
"""


def test_kill_9_while_a_turn_is_read_loses_nothing(underhall: Loaded) -> None:
    root = str(Path(__file__).parent.parent)
    script = KILLED.format(root=root, hello=HELLO, ask=ASK)
    assert subprocess.run([sys.executable, "-c", script]).returncode == -9
    (stored,) = Store().calls()
    assert [turn for turn, _ in stored.turns] == [HELLO, ASK]
    again = Session.resume(stored, StandIn(), Store())
    assert len(again.call.exchanges) == 2
    assert again.call.exchanges[1].reply.lines


def test_a_call_that_plays_otherwise_after_an_update_says_so(
    underhall: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = session(underhall, Store())
    first.say(HELLO)
    first.say(ASK)
    (stored,) = Store().calls()
    assert not Session.resume(stored, StandIn(), Store()).changed
    general = policy()
    slower = general.model_copy(update={"limits": general.limits.model_copy(update={"turns": 1})})
    monkeypatch.setattr(call_module, "policy", lambda: slower)
    again = Session.resume(stored, StandIn(), Store())
    assert again.changed
    assert again.call.ended_by == "caller"
