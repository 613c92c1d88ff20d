"""What the documents promise is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator import __version__
from simulator.cli import app
from simulator.scenario import load
from simulator.scenario.library import scenario_files
from tests.capture import BEGIN, END, TRIED_BEGIN, TRIED_END, played, tried

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.weights
def test_the_captured_call_is_a_real_one() -> None:
    shown = README[README.index(BEGIN) + len(BEGIN) : README.index(END)]
    assert shown == played(), "run: python -m tests.capture"


@pytest.mark.weights
def test_the_captured_trial_is_a_real_one() -> None:
    shown = README[README.index(TRIED_BEGIN) + len(TRIED_BEGIN) : README.index(TRIED_END)]
    assert shown == tried(), "run: python -m tests.capture"


def test_every_call_of_the_library_is_named_in_the_readme() -> None:
    assert [name for name in scenario_files() if f"`{name}`" not in README] == []


@pytest.mark.parametrize("name", ["call", "scorecard"])
def test_the_readmes_pictures_show_the_call_that_was_played(name: str) -> None:
    path = ROOT / "tests" / "pictures" / f"{name}.svg"
    assert f"tests/pictures/{name}.svg" in README
    words = "".join(re.findall(r">([^<]+)<", path.read_text("utf-8"))).replace("&#160;", " ")
    assert "Stödet som dras in" in words
    assert "Det har väl inte varit något våld, va?" in words


def test_ci_runs_the_readmes_test_command() -> None:
    command = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
    assert command in README
    assert command in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_commands_named_in_the_readme_exist() -> None:
    named = set(
        re.findall(
            r"\bsamtal (ring|resume|calls|score|check|read|erase|schema|new|try|explain|packs|train|evaluate"
            r"|bakeoff|corpus|serve|export)\b",
            README,
        )
    )
    known = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert named == known | {"corpus", "packs"}


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("guide", ["GUIDE.sv.md", "GUIDE.en.md"])
def test_the_guides_example_is_a_scenario_without_errors(guide: str, tmp_path: Path) -> None:
    text = (ROOT / "scenarios" / guide).read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    whole = [block for block in blocks if "\nhidden:" in block and "\nends:" in block]
    assert len(whole) == 1
    path = tmp_path / (re.search(r"^id: (\S+)", whole[0], re.MULTILINE) or ["", "x"])[1]
    path = path.with_suffix(".yaml")
    path.write_text(whole[0], "utf-8")
    assert load(path).scenario
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 0
