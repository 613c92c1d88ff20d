"""``samtal try FILE``: scripted handlers play a scenario, and a table and a picture say what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from simulator.codebook import codebook
from simulator.language import _, language
from simulator.reading import Reader
from simulator.report.wording import ended_short
from simulator.scenario import Loaded
from simulator.sourcefile import parse_source
from simulator.trying import Summary, Trial, summarise, try_out
from simulator.trying.agreement import Contradiction, contradictions
from simulator.trying.handlers import Handler, handlers
from simulator.trying.summary import Climb
from simulator.trying.verdict import verdicts

SHADES = "·░▒▓█"
"""How often a step was told, from never to in every call."""
SHOWN = 12
"""Lines never said that are listed unless all are asked for."""


def chosen_handlers(names: Sequence[str]) -> list[Handler]:
    """The handlers of these ids; all when none is named. Raises KeyError with the unknown id."""
    known = handlers()
    return [known[name] for name in names] if names else list(known.values())


def trials(loaded: Loaded, players: Sequence[Handler], seeds: int, reader: Reader) -> list[Trial]:
    """Play, with a progress bar where there is a terminal to show it in."""
    bar = Console(stderr=True)
    with Progress(console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task(_("Spelar"), total=len(players) * seeds)
        played = []
        for trial in try_out(loaded, players, range(1, seeds + 1), reader):
            played.append(trial)
            progress.advance(task)
    return played


def report(loaded: Loaded, played: Sequence[Trial], name: str, *, everything: bool, console: Console) -> None:
    """Print what the trials showed."""
    summary = summarise(loaded, played)
    lang = language()
    console.print()
    console.print(Text(f"{loaded.scenario.title[lang]} ({loaded.scenario.id})", style="bold"))
    counted = _("{calls} samtal: {handlers} handläggare med {seeds} frön var.")
    seeds = summary.calls // len(summary.handled)
    console.print(counted.format(calls=summary.calls, handlers=len(summary.handled), seeds=seeds))
    console.print(_scores(summary))
    console.print(_ladders(summary))
    _lines(summary, loaded, name, everything, console)
    _slots(summary, console)
    _agreement(contradictions(loaded.scenario), loaded, name, console)
    _conclusions(summary, console)


def as_json(loaded: Loaded, played: Sequence[Trial]) -> str:
    """The same as one JSON object."""
    summary = summarise(loaded, played)
    data: dict[str, Any] = {
        "scenario": loaded.scenario.id,
        "calls": summary.calls,
        "said_share": round(summary.said_share, 4),
        "handlers": [asdict(one) | {"mean": one.mean, "spread": one.spread} for one in summary.handled],
        "lines": [
            {"key": list(line.key), "act": line.act, "text": line.text, "calls": line.calls}
            for line in summary.lines
        ],
        "slots": [asdict(slot) for slot in summary.slots],
        "doubles": list(summary.doubles),
        "contradictions": [asdict(found) for found in contradictions(loaded.scenario)],
        "verdicts": [{"fine": verdict.fine, "text": str(verdict.message)} for verdict in verdicts(summary)],
    }
    return json.dumps(data, ensure_ascii=False)


def _scores(summary: Summary) -> Table:
    table = Table(box=SIMPLE_HEAD, title=_("Poäng"), title_justify="left", pad_edge=False)
    table.add_column(_("Handläggare"))
    for title in (_("Medel"), _("Lägst–högst"), _("Turer"), _("Allt berättat")):
        table.add_column(title, justify="right")
    table.add_column(_("Hur samtalen slutade"))
    for one in summary.handled:
        ended = ", ".join(f"{ended_short(why)} {n}" for why, n in sorted(one.ended.items()))
        table.add_row(
            handlers()[one.handler].name[language()],
            "–" if one.mean is None else f"{one.mean:.0f}",
            f"{min(one.totals)}–{max(one.totals)}" if one.totals else "–",
            f"{one.turns:.0f}",
            f"{100 * one.all_reached:.0f} %",
            ended,
        )
    return table


def _ladders(summary: Summary) -> Table:
    """Each ladder from its top rung down; a cell says in what share of the calls the rung was told."""
    title = _("Stegarna: procent av samtalen där steget berättades (★ räknas som berättat)")
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    table.add_column(_("Steg"), min_width=18, overflow="fold")
    for one in summary.handled:
        name = handlers()[one.handler].name[language()]
        table.add_column(name, justify="center", min_width=6, max_width=7, overflow="fold")
    for number, climb in enumerate(summary.handled[0].climbs):
        table.add_row(Text(climb.matter, style="bold"))
        columns = [one.climbs[number] for one in summary.handled]
        for place in reversed(range(len(climb.steps))):
            mark = " ★" if climb.steps[place] == climb.goal else ""
            label = f"  {place + 1}. {climb.steps[place]}{mark}"
            table.add_row(label, *(_cell(column, place) for column in columns))
    return table


def _cell(climb: Climb, place: int) -> str:
    share = climb.shares[place]
    shade = SHADES[0] if share == 0 else SHADES[max(1, round(share * (len(SHADES) - 1)))]
    return f"{shade * 2} {100 * share:3.0f}"


def _lines(summary: Summary, loaded: Loaded, name: str, everything: bool, console: Console) -> None:
    told = _("Repliker: {said} av {all} sades i något samtal ({share:.0f} %).")
    never = summary.never_said
    said = len(summary.lines) - len(never)
    console.print(told.format(said=said, all=len(summary.lines), share=100 * summary.said_share))
    if summary.doubles:
        console.print(_("Sagda två gånger i samma samtal:"))
        for text in summary.doubles:
            console.print(Text(f"  {text}"))
    if never:
        console.print(_("Aldrig sagda:"))
        places = parse_source(loaded.text, name).places
        for line in never if everything else never[:SHOWN]:
            row = places.get(line.key, (0, 0))[0]
            console.print(Text(f"  {_('rad')} {row}: {line.text}"))
        if not everything and len(never) > SHOWN:
            console.print(_("  … och {n} till (--all visar alla).").format(n=len(never) - SHOWN))


def _slots(summary: Summary, console: Console) -> None:
    strategies, lang = codebook().strategies, language()
    unmet = [slot for slot in summary.never_met if slot.arose]
    never_due = [slot for slot in summary.slots if slot.trained and not slot.arose]
    for title, slots in (
        (_("Ingen tog tillfället:"), unmet),
        (_("Tränas men blev aldrig aktuell:"), never_due),
    ):
        if slots:
            console.print(title)
            for slot in slots:
                console.print(f"  {strategies[slot.strategy].name[lang]} ({slot.strategy}): {slot.arose}")


def _agreement(found: Iterable[Contradiction], loaded: Loaded, name: str, console: Console) -> None:
    places = parse_source(loaded.text, name).places
    for one in found:
        rows = ", ".join(str(places.get(key, (0, 0))[0]) for key in one.keys)
        text = _("Säger emot varandra (rad {rows}): {about} – {values}")
        console.print(Text(text.format(rows=rows, about=one.about, values=" / ".join(one.values))))


def _conclusions(summary: Summary, console: Console) -> None:
    console.print()
    for verdict in verdicts(summary):
        mark = "✓" if verdict.fine else "✗"
        console.print(Text(f"{mark} {verdict.message}", style="" if verdict.fine else "bold"))


def watch(path: Path) -> Iterator[None]:
    """Once now, and again each time the file is saved, until interrupted."""
    from watchfiles import watch as changes

    yield
    for _change in changes(path):
        yield
