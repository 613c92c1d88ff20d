"""Lists: the calls one can take, and the calls that have been played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.language import _, language
from simulator.report import wording
from simulator.scenario import Scenario, shelf
from simulator.sourcefile import SourceError

if TYPE_CHECKING:
    from simulator.store import CallSummary, StoredCall


def scenario_lines() -> Iterator[str]:
    """The shipped scenarios; one that has errors stands there too, and says so."""
    yield _("Samtal: öva samtal där det viktiga bara antyds. Inringarna är påhittade.")
    yield ""
    for item in shelf():
        yield from _broken(item) if isinstance(item, SourceError) else _about(item.scenario)
    yield ""
    yield _("Börja med:  samtal ring underhall-indraget")
    yield _("Hjälp:      samtal --help")


def _about(scenario: Scenario) -> Iterator[str]:
    lang = language()
    about = _("{benefit}, nivå {level}, cirka {minutes} min").format(
        benefit=scenario.benefit[lang], level=scenario.level, minutes=scenario.minutes
    )
    yield f"  {scenario.id}"
    yield f"      {scenario.title[lang]} ({about})"
    if scenario.marks:
        marks = ", ".join(_(wording.MARKS[mark]) for mark in scenario.marks)
        yield "      " + _("Berör: {marks}").format(marks=marks)


def _broken(error: SourceError) -> Iterator[str]:
    file = error.problems[0].file
    fault = _("kan inte spelas: {count} fel, se: samtal check {file}")
    yield f"  {Path(file).stem}"
    yield "      " + fault.format(count=len(error.problems), file=file)


def call_data(one: StoredCall) -> dict[str, object]:
    """A stored call for ``samtal calls --json``: everything that was typed and answered in it."""
    said = [
        {"turn": n, "handler": turn, "caller": exchange.reply.text if exchange else None}
        for n, (turn, exchange) in enumerate(one.turns, 1)
    ]
    return {
        "call": one.id,
        "scenario": one.scenario,
        "begun": one.begun.isoformat(timespec="seconds"),
        "turns": len(one.turns),
        "ended": one.ended_by,
        "total": one.total,
        "seed": one.seed,
        "reader": one.reader,
        "exchanges": said,
    }


def call_line(one: CallSummary) -> str:
    """A stored call in one line."""
    if not one.ended_by:
        how = _("pausat, samtal resume {n}").format(n=one.id)
    elif one.total is None:
        how = _("för kort för att bedömas")
    else:
        how = _("{total} av 100").format(total=one.total)
    line = _("{n}. {scenario}, {begun} UTC, {turns} turer: {how}")
    begun = one.begun.strftime("%Y-%m-%d %H:%M")
    return line.format(n=one.id, scenario=one.scenario, begun=begun, turns=one.length, how=how)
