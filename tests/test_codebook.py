"""The vocabulary: complete, checked, and refused with file and line when it is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.codebook import PARTS, codebook, read_codebook
from simulator.codebook.load import DATA
from simulator.sourcefile import SourceError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "codebook"))


def edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first occurrence; returns its line number."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(folder: Path) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read_codebook(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_moves_are_the_contract() -> None:
    moves = codebook().moves
    assert len(moves) == 62
    kinds = {kind: sum(m.kind == kind for m in moves.values()) for kind in ("good", "fault", "neutral")}
    assert kinds == {"good": 39, "fault": 18, "neutral": 5}


def test_strategies_cover_all_groups_and_parts() -> None:
    strategies = codebook().strategies.values()
    assert len(strategies) >= 48
    assert {s.group for s in strategies} == {"all", "money", "maintenance", "violence", "sickness", "child"}
    assert {s.part for s in strategies} == set(PARTS)


def test_every_strategy_has_a_source_that_was_seen_and_both_languages() -> None:
    book = codebook()
    for strategy in book.strategies.values():
        assert strategy.sources
        assert all(book.studies[name].seen in ("excerpt", "partial") for name in strategy.sources)
        for text in (strategy.name, strategy.explanation, strategy.better):
            assert text["sv"] and text["en"]


def test_a_strategy_on_inference_alone_knows_it() -> None:
    inferred = [s for s in codebook().strategies.values() if s.inferred]
    assert inferred
    assert all(set(s.evidence) <= {"C", "I", "R"} for s in inferred)


def test_unknown_ids_are_told_with_line_and_nearest(folder: Path) -> None:
    line = edit(folder, "strategies.yaml", "broken_by: [presume-errand]", "broken_by: [presume-erand]")
    found = problems(folder)
    assert len(found) == 1
    assert f"strategies.yaml:{line}:" in found[0]
    assert "”presume-errand”" in found[0]


def test_a_slot_no_act_can_open_is_an_error(folder: Path) -> None:
    edit(folder, "strategies.yaml", "after: [hint-money]", "after: [sighs-deeply]")
    assert any("sighs-deeply" in text for text in problems(folder))


def test_a_strategy_without_source_is_an_error(folder: Path) -> None:
    edit(folder, "strategies.yaml", "sources: [heritage-robinson-2006]", "sources: []")
    assert any("sources" in text for text in problems(folder))


def test_a_slot_with_two_forms_is_an_error(folder: Path) -> None:
    edit(folder, "strategies.yaml", "slot: {at: closing}", "slot: {at: closing, after: [errand]}")
    assert any("after, at" in text for text in problems(folder))


def test_all_problems_are_told_at_once(folder: Path) -> None:
    edit(folder, "strategies.yaml", "broken_by: [presume-errand]", "broken_by: [nonsense-one]")
    edit(folder, "strategies.yaml", "after: [hint-money]", "after: [nonsense-two]")
    assert len(problems(folder)) == 2


def test_a_doubled_id_is_an_error(folder: Path) -> None:
    edit(folder, "acts.yaml", "id: elaborates", "id: answer")
    assert any("finns redan" in text for text in problems(folder))
