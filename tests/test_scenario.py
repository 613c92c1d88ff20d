"""Scenario files: what is refused, where, and in which words."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from simulator.cli import app
from simulator.codebook import codebook
from simulator.language import set_language
from simulator.report.schemas import scenario_schema
from simulator.scenario import Loaded, UnknownScenarioError, find, load
from simulator.scenario.library import scenario_files
from simulator.scenario.schema import caller_lines
from simulator.sourcefile import SourceError, parse_source

run = CliRunner().invoke
ORIGINAL = find("underhall-indraget").read_text("utf-8")


def written(tmp_path: Path, old: str, new: str) -> tuple[Path, int]:
    assert old in ORIGINAL, old
    path = tmp_path / "prov.yaml"
    path.write_text(ORIGINAL.replace(old, new, 1), "utf-8")
    return path, ORIGINAL[: ORIGINAL.index(old)].count("\n") + 1


def problems(path: Path) -> list[str]:
    with pytest.raises(SourceError) as caught:
        load(path)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_scenarios_are_deep(each_scenario: Loaded) -> None:
    lines = list(caller_lines(each_scenario.scenario))
    assert len(lines) >= 70
    assert max(len(matter.steps) for matter in each_scenario.scenario.hidden) >= 8
    assert {act for _, act, _ in lines} <= set(codebook().acts)


def test_the_shipped_scenarios_say_no_label_early(each_scenario: Loaded) -> None:
    scenario = each_scenario.scenario
    early = [line for point in scenario.errand for line in point.say]
    early += [line for matter in scenario.hidden for step in matter.steps[:3] for line in step.say]
    for label in ("våld", "misshand", "fattig", "slår mig", "slog mig"):
        assert not [line for line in early if label in line.casefold()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("family: underhall", "famly: underhall", "Menade du ”family”"),
        ("level: 3", "level: sju", "heltal"),
        ("level: 3", "level: 7", "högst 3"),
        ("family: underhall", "family: pengr", "Välj bland"),
        ("gate: free", "gate: open", "Välj bland"),
        ("act: vague-trouble", "act: vague-truble", "Menade du ”vague-trouble”"),
        ("kind: violence", "kind: [violence]", "prov.yaml"),
    ],
)
def test_faults_are_told_with_line_and_remedy(tmp_path: Path, old: str, new: str, expected: str) -> None:
    path, line = written(tmp_path, old, new)
    found = problems(path)
    assert any(expected in text for text in found)
    assert any(f"prov.yaml:{line}:" in text for text in found)


def test_every_problem_is_told_not_just_the_first(tmp_path: Path) -> None:
    text = ORIGINAL.replace("act: vague-trouble", "act: vag", 1).replace("act: clue", "act: clu", 1)
    path = tmp_path / "prov.yaml"
    path.write_text(text, "utf-8")
    assert len(problems(path)) == 2


def test_messages_exist_in_english(tmp_path: Path) -> None:
    path, _ = written(tmp_path, "family: underhall", "famly: underhall")
    set_language("en")
    assert any("Did you mean" in text for text in problems(path))


def test_a_rules_sum_may_not_be_typed(tmp_path: Path, underhall: Loaded) -> None:
    value = underhall.common.rules["us-belopp-7-15"].value
    assert value
    path, _ = written(tmp_path, "title:\n", f"own_numbers: []\ntitle:\n  # {value}\n")
    assert load(path)  # a comment is no text
    first = underhall.scenario.errand[0].say[0]
    path, line = written(tmp_path, first, f"Jag fick {value} förut.")
    found = problems(path)
    assert f":{line}:" in found[0] and "{rule:us-belopp-7-15}" in found[0]


def test_the_callers_own_number_may_equal_a_rules_sum(tmp_path: Path, underhall: Loaded) -> None:
    value = underhall.common.rules["us-belopp-7-15"].value
    first = underhall.scenario.errand[0].say[0]
    path, _ = written(tmp_path, first, f"Hyran är {value}, hej, jag undrar över brevet.")
    path.write_text(path.read_text("utf-8") + f'\nown_numbers: ["{value}"]\n', "utf-8")
    assert load(path)


def test_a_support_number_may_not_be_typed(tmp_path: Path, underhall: Loaded) -> None:
    number = underhall.common.support["kvinnofridslinjen"].number
    first = underhall.scenario.errand[0].say[0]
    path, _ = written(tmp_path, first, f"Jag ringde {number}.")
    assert any("common/support.yaml" in text for text in problems(path))


def test_the_same_line_twice_is_an_error(tmp_path: Path, underhall: Loaded) -> None:
    first, second = underhall.scenario.errand[0].say[:2]
    path, _ = written(tmp_path, first, second)
    assert any("står redan på rad" in text for text in problems(path))


@pytest.mark.parametrize(
    "text",
    [
        "id: !!python/object/apply:os.system [ls]\n",
        "a: !include /etc/passwd\n",
        "a: &x [1]\nb: *x\n",
        "a: [1, 2\n",
        "a: 1\na: 2\n",
        "\x00",
        "a: {b: {c: {d: " * 20 + "1" + "}" * 80,
        "? [a, b]\n: c\n",
        "- " * 3000 + "x",
    ],
)
def test_nothing_but_plain_yaml_is_read(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        parse_source(text, "prov.yaml")
    path = tmp_path / "prov.yaml"
    path.write_text(text, "utf-8")
    result = run(app, ["check", str(path)])
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_words_that_yaml_1_1_would_change_stay_words() -> None:
    data = parse_source("on: no\nday: 2026-10-14\nyes: off\n", "prov.yaml").data
    assert data == {"on": "no", "day": "2026-10-14", "yes": "off"}


def test_an_unknown_id_suggests_the_nearest() -> None:
    with pytest.raises(UnknownScenarioError) as caught:
        find("underhall-indragett")
    assert caught.value.near == "underhall-indraget"


def test_the_json_schema_accepts_the_shipped_scenarios_and_refuses_faults() -> None:
    schema = scenario_schema()
    for path in scenario_files().values():
        data = parse_source(path.read_text("utf-8"), path.name).data
        jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"level": 9}, schema)


def test_check_finds_nothing_wrong_with_what_is_shipped() -> None:
    folder = next(iter(scenario_files().values())).parent.parent
    result = run(app, ["check", str(folder)])
    assert result.exit_code == 0, result.output


def test_check_tells_of_a_missing_file() -> None:
    result = run(app, ["check", "finns/inte.yaml"])
    assert result.exit_code == 1
    assert "finns inte" in result.output


def test_the_schema_command_prints_json() -> None:
    result = run(app, ["schema", "scenario"])
    assert json.loads(result.output)["title"] == "Scenario"
    assert run(app, ["schema", "nonsense"]).exit_code == 2
