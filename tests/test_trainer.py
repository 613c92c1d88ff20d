"""The trainer's doors: new, check with advice, explain, debug, packs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from simulator.cli import app
from simulator.scenario import find, load, load_text
from simulator.scenario.advice import CODES
from simulator.scenario.library import scenario_files
from simulator.scenario.new import KINDS, SkeletonError, Wanted, skeleton, slug
from simulator.scenario.schema import caller_lines

runner = CliRunner()
BASE = find("underhallsstod-sent").read_text("utf-8")
NEW = ["new", "--family", "pengar", "--benefit", "Bostadsbidrag", "--errand", "ett brev om höjd hyra"]


def run(*arguments: str | Path, typed: str | None = None) -> Result:
    return runner.invoke(app, [str(argument) for argument in arguments], input=typed)


def checked(tmp_path: Path, old: str, new: str) -> str:
    assert old in BASE, old
    path = tmp_path / "underhallsstod-sent.yaml"
    path.write_text(BASE.replace(old, new, 1), "utf-8")
    return run("check", path).stdout


# ---- new ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_plays_as_it_is(kind: str, tmp_path: Path) -> None:
    result = run(*NEW, "--hidden", kind, "--title", "Höjd hyra", "--name", "Åsa Ek", "--folder", tmp_path)
    path = tmp_path / "hojd-hyra.yaml"
    assert result.exit_code == 0 and str(path) in result.stdout
    report = run("check", path)
    assert report.exit_code == 0
    assert set(re.findall(r"\[([a-z-]+)\]", report.stdout)) <= {"untouched", "few-lines"}
    tried = run("try", path, "--seeds", "1", "--handler", "silent")
    assert tried.exit_code == 0 and "Åsa" not in tried.stderr
    called = run("ring", path, "--no-store", typed="\n{greet open-inquiry} Hej, vad gäller det?\n/avsluta\n")
    assert "ett brev om höjd hyra" in called.stdout


def test_what_is_not_given_is_asked_for(tmp_path: Path) -> None:
    typed = "underhall\nUnderhållsstöd\nett brev\nviolence\nEtt brev\nPer Ek\n"
    result = run("new", "--folder", tmp_path, typed=typed)
    assert result.exit_code == 0
    scenario = load(tmp_path / "ett-brev.yaml").scenario
    assert (scenario.family, scenario.hidden[0].kind, scenario.caller.name) == (
        "underhall",
        "violence",
        "Per Ek",
    )


def test_nothing_is_written_over(tmp_path: Path) -> None:
    arguments = (*NEW, "--hidden", "money", "--title", "Hyran", "--name", "Åsa Ek", "--folder", tmp_path)
    assert run(*arguments).exit_code == 0
    (tmp_path / "hyran.yaml").write_text("mitt", "utf-8")
    again = run(*arguments)
    assert again.exit_code == 2 and "hyran.yaml" in again.stderr
    assert (tmp_path / "hyran.yaml").read_text("utf-8") == "mitt"


@pytest.mark.parametrize(
    ("field", "value"), [("title", "!!!"), ("name", " "), ("errand", ""), ("family", "hus"), ("kind", "x")]
)
def test_what_cannot_become_a_scenario_is_refused(field: str, value: str) -> None:
    given_ = {"title": "T", "family": "pengar", "benefit": "B", "errand": "e", "kind": "money", "name": "A B"}
    with pytest.raises(SkeletonError):
        skeleton(Wanted(**(given_ | {field: value})))


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(
    lambda t: t.strip()
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(WORDS, WORDS, WORDS, st.sampled_from(KINDS))
def test_whatever_is_typed_makes_a_file_that_loads(benefit: str, errand: str, name: str, kind: str) -> None:
    text = skeleton(Wanted("Ett brev", "pengar", benefit, errand, kind, f"A{name}"[:60]))
    scenario = load_text(text, "ett-brev").scenario
    assert scenario.benefit.sv == " ".join(benefit.split())


@given(st.text(max_size=80))
def test_an_id_has_only_what_an_id_may_have(title: str) -> None:
    try:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    except SkeletonError:
        assert not re.search(r"[a-zåäö0-9]", title.casefold())


# ---- advice ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("early-label", "again:", 'again:\n      - "Vi är fattiga, det är så det är."'),
        ("long-line", "again:", f'again:\n      - "{"ett ord till och " * 14}slut."'),
        ("first-step-not-free", "gate: free", "gate: question"),
        ("too-high", "gate: trusted", "gate: trusted\n        trust: 0.99"),
        ("in-bank", "again:", 'again:\n      - "Hallå? Är du kvar?"'),
        ("never-due", "trains:", "trains:\n  - suicide-question-direct"),
        ("untouched", "again:", 'again:\n      - "SKRIV: ett sätt till att säga det."'),
    ],
)
def test_advice_is_given_with_its_code_and_place(code: str, old: str, new: str, tmp_path: Path) -> None:
    out = checked(tmp_path, old, new)
    assert f"[{code}]: " in out, out
    assert re.search(rf"\[{code}\]: \S+underhallsstod-sent\.yaml:\d+:\d+: ", out)


def test_explained_advice_is_shown_as_explained(tmp_path: Path) -> None:
    why = "explained:\n  - {advice: first-step-not-free, why: Hon säger inget självmant.}\nsupport:"
    path = tmp_path / "underhallsstod-sent.yaml"
    path.write_text(BASE.replace("gate: free", "gate: question", 1).replace("support:", why, 1), "utf-8")
    result = run("check", path)
    assert (
        "förklarat råd [first-step-not-free]" in result.stdout
        and "Hon säger inget självmant." in result.stdout
    )
    assert "Råd: 0. Förklarade råd: 1" in result.stdout


def test_an_explanation_nobody_needs_is_told(tmp_path: Path) -> None:
    why = "explained:\n  - {advice: few-lines, why: Det är ett kort samtal.}\nsupport:"
    assert "[needless-explanation]" in checked(tmp_path, "support:", why)


def test_an_unknown_code_is_an_error(tmp_path: Path) -> None:
    why = "explained:\n  - {advice: few-line, why: Det är ett kort samtal.}\nsupport:"
    assert "Menade du ”few-lines”" in checked(tmp_path, "support:", why)
    assert "few-lines" in CODES


@pytest.mark.weights
def test_questions_mixed_up_are_measured(tmp_path: Path) -> None:
    out = checked(
        tmp_path, "facts:", 'facts:\n  - {id: vader, ask: ["Vad heter du?"], say: ["Det vet jag inte alls."]}'
    )
    assert "[mixed-questions]" in out and re.search(r"\(0\.\d\d\)", out)


def test_a_strategy_that_does_not_hold_here_is_not_judged() -> None:
    from simulator.call import begin

    loaded = load(find("raden-for-adress"))
    names = [exempt.strategy for exempt in loaded.scenario.exempt]
    assert names == ["show-file-knowledge"]
    assert not set(names) & set(begin(loaded, 1).role.book.strategies)


# ---- explain and debug ----------------------------------------------------------------------------


class Words(HTMLParser):
    """The text of a page, and what it fetches from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [
            value or "" for name, value in attrs if name == "src" or (tag == "link" and name == "href")
        ]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("name", ["underhallsstod-sent", "raden-for-adress"])
def test_explain_shows_every_line_and_the_rules_with_their_sources(name: str, tmp_path: Path) -> None:
    loaded, target = load(find(name)), tmp_path / "sida.html"
    text = " ".join(run("explain", name).stdout.split())
    assert run("explain", name, "--html", target).exit_code == 0
    page = Words(target.read_text("utf-8"))
    shown = " ".join(" ".join(page.text).split())
    for part in (text, shown):
        for _key, _act, line in caller_lines(loaded.scenario):
            assert " ".join(line.split()) in part, line
        for rule in loaded.scenario.rules:
            assert " ".join(loaded.common.rules[rule].source.split()) in part
    assert page.fetched == []
    assert run("explain", name, "--html", target).exit_code == 2


def test_explain_escapes_what_a_file_says(tmp_path: Path) -> None:
    path, target = tmp_path / "underhallsstod-sent.yaml", tmp_path / "x.html"
    path.write_text(
        BASE.replace("again:", 'again:\n      - "<script>alert(1)</script> hej på dig"', 1), "utf-8"
    )
    assert run("explain", path, "--html", target).exit_code == 0
    assert "<script>" not in target.read_text("utf-8")


def test_debug_shows_reading_state_and_why() -> None:
    turns = "\n{greet open-inquiry} Hej, vad gäller det?\n{reflect invite-telling} Berätta.\n/avsluta\n"
    out = run("ring", "underhallsstod-sent", "--debug", "--no-store", "--seed", "3", typed=turns).stdout
    for words in ("| läge: förtroende", "| läst: greet 0.90", "| replik: errand", "| ärende: ", "nästa "):
        assert words in out
    assert "| läst" not in run("ring", "underhallsstod-sent", "--no-store", "--seed", "3", typed=turns).stdout
    assert run("ring", "underhallsstod-sent", "--debug", "--json").exit_code == 2


# ---- packs ----------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "paket"
    (folder / "pengar").mkdir(parents=True)
    (folder / "pack.yaml").write_text('id: lokalt\nversion: "1.2"\ntitle: {sv: Våra, en: Ours}\n', "utf-8")
    (folder / "pengar" / "underhallsstod-sent.yaml").write_text(BASE, "utf-8")
    return folder


def test_a_pack_has_an_id_space_of_its_own(pack: Path) -> None:
    assert run("packs", "add", pack).exit_code == 0
    assert "lokalt 1.2: Våra" in run("packs").stdout
    assert {"underhallsstod-sent", "lokalt/underhallsstod-sent"} <= set(scenario_files())
    assert load(find("lokalt/underhallsstod-sent")).scenario.id == "lokalt/underhallsstod-sent"
    assert load(find("underhallsstod-sent")).scenario.id == "underhallsstod-sent"
    assert "lokalt/underhallsstod-sent" in run().stdout
    assert run("packs", "remove", "lokalt").exit_code == 0
    assert "lokalt/underhallsstod-sent" not in scenario_files()
    assert (pack / "pack.yaml").is_file()


def test_a_call_of_a_pack_is_kept_and_resumed_without_the_pack(pack: Path) -> None:
    run("packs", "add", pack)
    turns = "\n{greet open-inquiry} Hej, vad gäller det?\n/paus\n"
    assert run("ring", "lokalt/underhallsstod-sent", "--seed", "2", typed=turns).exit_code == 0
    run("packs", "remove", "lokalt")
    assert "lokalt/underhallsstod-sent" in run("calls").stdout
    resumed = run("resume", typed="{invite-telling} Berätta.\n/avsluta\n")
    assert resumed.exit_code == 0 and "kan svara annorlunda" not in resumed.stdout


def test_faulty_packs_are_told_and_the_rest_still_works(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twin = pack.parent / "tvilling"
    twin.mkdir()
    (twin / "pack.yaml").write_text((pack / "pack.yaml").read_text("utf-8"), "utf-8")
    bad = pack.parent / "trasig"
    bad.mkdir()
    (bad / "pack.yaml").write_text("id: Å\n", "utf-8")
    monkeypatch.setenv("SAMTAL_PACKS", f"{pack}:{twin}:{bad}:{pack.parent / 'borta'}")
    out = run("packs").stdout
    assert (
        "lokalt 1.2" in out
        and "finns redan" in out
        and "trasig/pack.yaml" in out
        and "borta/pack.yaml" in out
    )
    assert "lokalt/underhallsstod-sent" in scenario_files()
    assert run("packs", "add", pack).exit_code == 1
    assert run("packs", "add", pack.parent).exit_code == 1
    assert run("packs", "remove", "inget").exit_code == 1
    assert run("check", bad).exit_code == 1


def test_an_installed_package_offers_its_pack(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    (pack / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(pack.parent))
    points = [
        EntryPoint("lokalt", "paket", "samtal.packs"),
        EntryPoint("borta", "finns_inte", "samtal.packs"),
    ]
    monkeypatch.setattr("simulator.scenario.packs.entry_points", lambda group: points)
    assert "lokalt/underhallsstod-sent" in scenario_files()
