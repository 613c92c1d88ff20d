"""What the results screen shows: words and small pictures, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual

from simulator.app.visuals import GAP, Ends, Stack, para, plain, sparkline
from simulator.codebook import codebook
from simulator.language import _, language
from simulator.progress import Standing, over_calls, strong, weak

if TYPE_CHECKING:
    from simulator.store import Believed, CallSummary, Result


@dataclass(frozen=True)
class Known:
    """Everything the screen shows, read from the store at once."""

    calls: list[CallSummary]
    standings: list[Standing]
    results: list[Result]
    views: dict[int, dict[str, Believed]]
    path: Path


def strategies(standings: list[Standing]) -> Visual:
    """Weak, strong and the rest, each with its path over the latest calls."""
    if not standings:
        return Stack([para(_("Inget att visa än. Efter ett par samtal ser du här vad som sitter."))])
    parts: list[Visual] = []
    weak_ones, strong_ones = weak(standings), strong(standings)
    rest = [s for s in standings if s not in weak_ones and s not in strong_ones]
    for title, found in (
        (_("Att öva på"), weak_ones),
        (_("Det här sitter"), strong_ones),
        (_("På väg, eller för få tillfällen för att säga"), rest),
    ):
        if found:
            parts.append(para(title, "bold $focus"))
        for standing in found:
            strategy = codebook().strategies[standing.strategy]
            count = _("{met} av {n}").format(met=standing.met, n=standing.opportunities)
            right = Content.assemble((sparkline(standing.path) + " ", "$focus"), f"{count:>9}")
            parts.append(Ends(plain(f"  {strategy.name[language()]}"), right))
        if found:
            parts.append(GAP)
    return Stack(parts)


def own_view(known: Known) -> Visual:
    """Own view against score, by strategy."""
    found = over_calls(known.views, known.results)
    if not found:
        text = _("Efter varje samtal kan du svara på vad du tror att du gjorde. Här ser du hur det stämmer.")
        return Stack([para(text)])
    parts: list[Visual] = [
        para(_("Din egen bild mot det som hördes, i snitt. ▲ du trodde mer, ▼ det hördes mer.")),
        GAP,
    ]
    for strategy, mean, calls in found:
        sign = "▲" if mean > 0.1 else "▼" if mean < -0.1 else "="
        name = codebook().strategies[strategy].name[language()]
        count = _("{n} samtal").format(n=calls)
        right = Content.assemble((f"{sign} {abs(mean) * 100:>3.0f}", "bold"), (f"  {count}", "$quiet"))
        parts.append(Ends(plain(f"  {name}"), right))
    return Stack(parts)


def kept(known: Known) -> Visual:
    """What is stored, and where."""
    turns = sum(call.length for call in known.calls)
    lines = [
        _("Samtal: {calls}. Turer: {turns}.").format(calls=len(known.calls), turns=turns),
        _("För varje samtal: det du skrev, det som svarades, hur det lästes, dina anteckningar och utkast, "
          "tid, tips och tillbakatagna turer, din egen bild, och dina invändningar."),
        _("Fil: {path}").format(path=known.path),
        _("Inget lämnar den här datorn. Ta bort enskilda samtal i fliken Över tid, med d."),
    ]  # fmt: skip
    return Stack([para(line) for line in lines])
