"""The doors: plain terminal, JSON mode, score, read, and what they do with bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from simulator.cli import app
from simulator.report.schemas import event_schema
from simulator.store import Store

runner = CliRunner()
HELLO = "{greet open-inquiry} Försäkringskassan, vad kan jag hjälpa dig med?"
ASK = "{invite-telling legitimise} Berätta gärna hur det är."
ID = "underhall-indraget"


def ring_json(*turns: str, options: tuple[str, ...] = ()) -> tuple[Result, list[dict[str, object]]]:
    result = runner.invoke(app, ["ring", ID, "--json", "--seed", "3", *options], input="\n".join(turns))
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def kinds(events: list[dict[str, object]]) -> list[object]:
    return [event["event"] for event in events]


def test_json_mode_is_the_contract() -> None:
    result, events = ring_json(HELLO, ASK, ASK, ASK, "/avsluta")
    assert result.exit_code == 0
    assert kinds(events) == ["case", *["reading", "caller"] * 4, "caller", "ended", "scorecard"]
    schema = event_schema()
    for event in events:
        jsonschema.validate(event, schema)
    assert events[0]["seed"] == 3
    assert events[1]["moves"][0].keys() == {"id", "p", "evidence", "unsure"}  # type: ignore[index,union-attr]
    assert events[-2]["by"] == "handler"


def test_json_mode_is_the_same_every_time() -> None:
    first, second = (ring_json(HELLO, ASK, "", "blah", ASK, options=("--no-store",)) for _ in range(2))
    assert first[0].stdout == second[0].stdout


def test_end_of_input_ends_the_call() -> None:
    result, events = ring_json(HELLO)
    assert result.exit_code == 0
    assert kinds(events)[-2:] == ["ended", "scorecard"]
    assert (events[-2]["by"], events[-1]["total"], events[-1]["why_none"]) == ("left", None, "too-short")


def test_no_input_at_all() -> None:
    result, events = ring_json()
    assert result.exit_code == 0
    assert kinds(events) == ["case", "ended", "scorecard"]


def test_taking_back_in_json_mode() -> None:
    _, events = ring_json(HELLO, ASK, "/backa 1", ASK, "/backa 9", "/avsluta")
    assert kinds(events).count("back") == 1
    error = next(event for event in events if event["event"] == "error")
    assert "9" in str(error["message"])
    turns = [event["turn"] for event in events if event["event"] == "reading"]
    assert turns == [1, 2, 2]


def test_input_that_is_not_utf8_is_refused_and_what_was_played_is_graded() -> None:
    given = HELLO.encode() + b"\n\xff\xfe\n"
    result = runner.invoke(app, ["ring", ID, "--json"], input=given)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert kinds(events)[-3:] == ["error", "ended", "scorecard"]


def test_no_store_keeps_nothing(own_store: Path) -> None:
    ring_json(HELLO, ASK, options=("--no-store",))
    assert not own_store.exists()
    ring_json(HELLO, ASK)
    assert len(Store().calls()) == 1


def test_an_unknown_scenario_suggests_one() -> None:
    result = runner.invoke(app, ["ring", "underhal-indraget"])
    assert result.exit_code == 1
    assert "Menade du ”underhall-indraget”" in result.output


def test_a_scenario_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    path = tmp_path / "trasig.yaml"
    path.write_text("id: X\nlevel: 9\n", "utf-8")
    result = runner.invoke(app, ["ring", str(path)])
    assert result.exit_code == 1
    assert result.output.count("trasig.yaml:") >= 5


def plain(*lines: str, options: tuple[str, ...] = (), lang: str | None = None) -> Result:
    chosen = ["--lang", lang] if lang else []
    return runner.invoke(app, [*chosen, "ring", ID, "--seed", "3", *options], input="\n".join(lines) + "\n")


def test_a_whole_call_in_plain_text() -> None:
    result = plain("", HELLO, ASK, ASK, ASK, "/avsluta", "")
    assert result.exit_code == 0, result.output
    for part in ("ÄRENDET", "Telefonen ringer", "1 Johanna:", "SÅ GICK SAMTALET", "OM SAMTALET VÄCKTE"):
        assert part in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize("answer", ["n", "nej", "/bryt", "/avsluta"])
def test_a_call_may_be_declined_after_the_content_note(answer: str) -> None:
    result = plain(answer)
    assert result.exit_code == 0
    assert "Samtalet togs inte" in result.output
    assert Store().calls() == []


def test_a_turn_of_several_lines() -> None:
    plain("", HELLO, "Första raden\\", "andra raden", "/paus")
    assert Store().calls()[0].turns[1][0] == "Första raden\nandra raden"


def test_pause_and_resume() -> None:
    paused = plain("", HELLO, ASK, "/paus")
    assert "samtal resume 1" in paused.output
    resumed = runner.invoke(app, ["resume"], input=f"{ASK}\n{ASK}\n/avsluta\n\n")
    assert resumed.exit_code == 0, resumed.output
    assert "SAMTALET SÅ LÅNGT" in resumed.output
    assert "SÅ GICK SAMTALET" in resumed.output
    assert runner.invoke(app, ["resume"]).exit_code == 1


def test_bryt_leaves_at_once_with_support_and_no_score() -> None:
    result = plain("", HELLO, ASK, "/bryt")
    assert result.exit_code == 0
    assert "OM SAMTALET VÄCKTE" in result.output
    assert "SÅ GICK" not in result.output


def test_take_back_after_the_call_has_ended() -> None:
    result = plain("", HELLO, ASK, ASK, "{farewell} Hej då.", "/backa 1", ASK, "/avsluta", "")
    assert result.exit_code == 0, result.output
    assert [turn for turn, _ in Store().calls()[0].turns] == [HELLO, ASK, ASK, ASK]


def test_unknown_command_shows_the_commands() -> None:
    assert "”/dansa” finns inte" in plain("", "/dansa", "/paus").output


def test_control_sequences_and_markup_are_shown_as_text() -> None:
    nasty = "{greet} \x1b[31mrött\x1b]0;titel\x07 [bold]fet[/bold] \u202eomvänt"
    result = plain("", nasty, "/paus")
    assert result.exit_code == 0, result.output
    resumed = runner.invoke(app, ["resume"], input="/paus\n")
    assert "\x1b" not in resumed.output
    assert "\u202e" not in resumed.output
    assert "[bold]fet[/bold]" in resumed.output
    assert "\\x1b[31mrött" in resumed.output


@pytest.mark.parametrize("turn", ["x" * 5000, "å" * 5000, "ord " * 1250, "?" * 5000, "🙂" * 2500])
def test_five_thousand_characters(turn: str) -> None:
    result, events = ring_json(HELLO, turn, ASK, "/avsluta")
    assert result.exit_code == 0
    assert kinds(events)[-1] == "scorecard"


def test_the_interface_in_english_the_caller_in_swedish() -> None:
    from simulator.language import set_language

    set_language("en")
    result, events = ring_json(HELLO, ASK, ASK, ASK, "/avsluta")
    assert result.exit_code == 0
    text = str(events[-1]["strategies"])
    assert "the agency's" in text or "guidance" in text
    said = " ".join(str(event["text"]) for event in events if event["event"] == "caller")
    assert "Johanna" in said or "jag" in said


def transcript(tmp_path: Path, text: str, name: str = "utskrift.txt") -> Result:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return runner.invoke(app, ["score", str(path)])


def test_a_transcript_file_is_graded(tmp_path: Path) -> None:
    turns = "\n".join(f"H: {{ask-facts}} Fråga {n}?\nC: Svar {n}. [hint-money]" for n in range(6))
    result = transcript(tmp_path, f"H: {HELLO}\nC: Hej, jag undrar en sak. [errand]\n{turns}\n")
    assert result.exit_code == 0, result.output
    assert "Fånga pengahinten" in result.output


def test_a_saved_json_call_is_graded_to_the_same_total(tmp_path: Path) -> None:
    result, events = ring_json(HELLO, ASK, ASK, ASK, ASK, "/avsluta")
    path = tmp_path / "samtal.jsonl"
    path.write_text(result.stdout, "utf-8")
    again = runner.invoke(app, ["score", str(path), "--json"])
    assert json.loads(again.stdout)["total"] == events[-1]["total"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("utan talare\n", 1),
        ("# kommentar\n\nC: Hej. [errand]\nC: Och? [sighs]\n", 4),
        ('{"event": "case", "scenario": "x"}\n{"event": "dance"}\n', 2),
        ('{"event": "reading", "text": "Hej"}\nnot json\n', 2),
        ("C: bara inringaren\n", 1),
    ],
)
def test_a_transcript_that_cannot_be_parsed_says_at_which_line(tmp_path: Path, text: str, line: int) -> None:
    result = transcript(tmp_path, text)
    assert result.exit_code == 1
    assert f"Rad {line}:" in result.output


def test_score_of_what_is_not_there() -> None:
    assert runner.invoke(app, ["score", "finns-inte.txt"]).exit_code == 1
    assert "Samtal 7 finns inte" in runner.invoke(app, ["score", "7"]).output


def test_score_of_a_stored_call_is_the_score_it_got() -> None:
    _, events = ring_json(HELLO, ASK, ASK, ASK, ASK, "/avsluta")
    again = runner.invoke(app, ["score", "1", "--json"])
    assert json.loads(again.stdout)["total"] == events[-1]["total"]


def test_read_gives_moves_for_each_line_and_an_error_for_a_bad_one() -> None:
    given = '{"caller": "", "turn": "{greet} Hej."}\nnonsense\n{"turn": 3}\n{"turn": "{refuse} Nej."}\n'
    result = runner.invoke(app, ["read"], input=given)
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [move["id"] for move in out[0]["moves"]] == ["greet"]
    assert "Rad 2" in out[1]["error"] and "Rad 3" in out[2]["error"]
    assert [move["id"] for move in out[3]["moves"]] == ["refuse"]


def test_calls_lists_what_is_kept_and_where(own_store: Path) -> None:
    ring_json(HELLO, ASK, ASK, ASK, ASK, "/avsluta")
    plain("", HELLO, "/paus")
    result = runner.invoke(app, ["calls"])
    assert "samtal resume 2" in result.output
    assert "av 100" in result.output
    assert str(own_store) in result.output
    data = [json.loads(line) for line in runner.invoke(app, ["calls", "--json"]).stdout.splitlines()]
    assert [one["call"] for one in data] == [2, 1]
    assert [said["handler"] for said in data[0]["exchanges"]] == [HELLO]
    assert all(said["caller"] for said in data[1]["exchanges"])


def test_without_a_command_the_calls_are_listed() -> None:
    result = runner.invoke(app, [])
    assert result.exit_code == 0
    assert "underhall-indraget" in result.output


def test_a_missing_reader_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator import session
    from simulator.reading.reader import ReaderMissingError

    def missing() -> None:
        raise ReaderMissingError("weights.npz")

    monkeypatch.setattr(session, "load_reader", missing)
    result = plain("", HELLO)
    assert result.exit_code == 1
    assert "weights.npz" in result.output
    assert "Traceback" not in result.output


@pytest.mark.weights
@pytest.mark.parametrize("locale", ["C", "sv_SE.ISO-8859-1", "C.UTF-8"])
def test_broken_bytes_and_other_locales_do_not_stop_the_real_program(locale: str, own_store: Path) -> None:
    given = "\nFörsäkringskassan, hej!\\\noch hej \u2026\n".encode() + b"trasig \xff byte\n/avsluta\n\n"
    environment = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "simulator", "ring", ID, "--seed", "3"]
    done = subprocess.run(command, input=given, capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr.decode("latin-1")
    assert b"Traceback" not in done.stderr
    assert len(Store().calls()[0].turns) == 2


def test_what_is_said_instead_of_enter_is_the_first_turn() -> None:
    plain(HELLO, ASK, "/paus")
    assert [turn for turn, _ in Store().calls()[0].turns] == [HELLO, ASK]
