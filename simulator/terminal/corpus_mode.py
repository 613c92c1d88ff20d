"""Tables for the corpus and for measured figures, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

from rich.console import Console
from rich.table import Table

from simulator.language import _

_WIDTH = 110


def table_lines(table: Table) -> Iterator[str]:
    """A table as plain lines, so that it can be piped as well as read."""
    out = StringIO()
    Console(file=out, width=_WIDTH, color_system=None, highlight=False).print(table)
    yield from out.getvalue().rstrip("\n").split("\n")


def stats_lines(found: dict[str, Any]) -> Iterator[str]:
    """``samtal corpus stats``."""
    share = f"{found['share written first']:.0%}"
    yield _("{turns} turer ur {situations} situationer; {share} skrivna först och kodade sedan.").format(
        turns=found["turns"], situations=found["situations"], share=share
    )
    yield _("Närmissar: {near}. Med märkt bevis: {marked}. Drag per tur: {moves}.").format(
        near=found["near misses"], marked=found["evidence marked"], moves=found["moves a turn"]
    )
    yield _("Ord per tur: {words}").format(words=", ".join(f"{k} {v}" for k, v in found["words"].items()))
    agreed = found["agreement"]
    by_move = agreed.get("by move", {})
    if agreed["turns"]:
        told = _("Två kodare, {turns} turer: kappa {kappa} i medel över {moves} drag.")
        yield told.format(turns=agreed["turns"], kappa=agreed["mean kappa"], moves=agreed["moves counted"])
    files = Table(_("fil"), _("turer"), box=None)
    for name, count in found["files"].items():
        files.add_row(name, str(count))
    yield from table_lines(files)
    moves = Table(_("drag"), "train", "dev", "test", _("skrivna först"), "kappa", box=None)
    for move, counts in sorted(found["moves"].items(), key=lambda item: sum(list(item[1].values())[:3])):
        kappa = by_move.get(move, {}).get("kappa")
        cells = [str(counts[key]) for key in ("train", "dev", "test", "written first")]
        moves.add_row(move, *cells, f"{kappa:.2f}" if kappa is not None else "")
    yield from table_lines(moves)


def figure_lines(data: dict[str, Any]) -> Iterator[str]:
    """One measuring: averages, moves, confusions."""
    yield summary_line(data)
    table = Table(_("drag"), _("precision"), _("täckning"), "F1", "kappa", _("kodat"), _("funnet"), box=None)
    for move, one in sorted(data["moves"].items(), key=lambda item: item[1]["f1"]):
        cells = [f"{one[key]:.2f}" for key in ("precision", "recall", "f1", "kappa")]
        table.add_row(move, *cells, str(one["support"]), str(one["found"]))
    yield from table_lines(table)
    if data["confusions"]:
        yield _("Vanligaste förväxlingar (missat → hört i stället):")
        for pair in data["confusions"]:
            yield f"  {pair['missed']} → {pair['instead']}: {pair['count']}"


def summary_line(data: dict[str, Any]) -> str:
    """The averages of one measuring."""
    told = _(
        "{turns} turer, {counted} drag. Makro-F1 {macro:.3f}, felens {faults:.3f}, mikro-F1 {micro:.3f}, "
        "kappa {kappa:.3f}, ECE {ece:.3f}. Säkra fynd: {right:.0%} rätt, {caught:.0%} av allt."
    )
    return told.format(
        turns=data["turns"],
        counted=data["counted"],
        macro=data["macro_f1"],
        faults=data["faults_macro_f1"],
        micro=data["micro_f1"],
        kappa=data["mean_kappa"],
        ece=data["ece"],
        right=data["sure_right"],
        caught=data["sure_caught"],
    )


def all_lines(data: dict[str, Any]) -> Iterator[str]:
    """``samtal evaluate`` without a file: everything that is measured."""
    yield _("Läsare: {name}").format(name=data["reader"])
    for name, one in data.items():
        if name.startswith(("held-out", "outside")):
            yield f"{name}: {summary_line(one)}"
    for name in ("evidence", "robustness", "speed"):
        yield f"{name}: " + ", ".join(f"{key} {value}" for key, value in data[name].items())
    for name in ("alone", "with distractors"):
        one = data["questions"][name]
        yield f"questions, {name}: " + ", ".join(f"{key} {value}" for key, value in one.items())
    yield from figure_lines(data["held-out situations"])
