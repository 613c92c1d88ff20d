"""Home: what waits, what to practise next, and all calls by family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.visuals import GAP, Ends, Stack, plain, sparkline
from simulator.app.widgets.rows import Rows
from simulator.language import N_, ToldError, _, language

if TYPE_CHECKING:
    from simulator.progress import Suggestion
    from simulator.scenario import Loaded, Scenario
    from simulator.store import CallSummary

TOLD = 6
"""Strategies named before a call."""
TREND = 8
"""Results in a trend, the latest last."""


class Home(SamtalScreen[None]):
    """The first screen."""

    ABOUT: ClassVar[str] = N_(
        "Här väljer du ett samtal att öva på. Pilarna flyttar, Enter väljer, och allt går att klicka på.\n"
        "Inringarna är påhittade och allt sker på den här datorn. Poängen är till för att du ska lära dig, "
        "ingen annan ser den om du inte visar den."
    )
    BINDINGS = [
        Binding("slash,ctrl+f", "search", N_("Sök"), key_display="/"),
        Binding("r", "results", N_("Mina resultat")),
        Binding("i", "settings", N_("Inställningar")),
        HELP,
        Binding("escape", "clear", N_("Rensa"), show=False),
        Binding("q", "app.quit", N_("Stäng")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._calls: list[CallSummary] = []
        self._suggestion: Suggestion | None = None
        self.ready = False

    def compose(self) -> ComposeResult:
        """Name, search, list, and beside it what is pointed at."""
        yield Static(self._title(), id="title")
        yield Input(placeholder=_("Sök bland samtalen"), id="search", compact=True)
        with Horizontal(id="browse"):
            with Vertical(id="calls"):
                yield Rows(id="shelf", markup=False)
            with VerticalScroll(id="about"):
                yield Static(id="pointed")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show at once what there is; the rest comes when it has been read."""
        shelf = self.query_one("#shelf", OptionList)
        shelf.focus()
        shelf.add_option(Option(_("Läser in samtalen …"), disabled=True))

    def _title(self) -> Ends:
        note = _("gäst: allt raderas när du stänger") if self.desk.guest else _("inringarna är påhittade")
        what = _("öva samtal där det viktiga bara antyds")
        left = Content.assemble((" Samtal ", "bold $focus"), (what, "$quiet"))
        return Ends(left, plain(f"{note} ", "$quiet"))

    def on_screen_resume(self) -> None:
        """Back from a call: results may have changed."""
        if self.focused is None:
            self.query_one("#shelf").focus()
        if self.ready:
            self.refresh_calls()

    @work(thread=True, exclusive=True, group="calls")
    def refresh_calls(self) -> None:
        """Read what has been played, away from the screen."""
        try:
            calls = self.desk.calls()
            suggestion = self.desk.suggestion(calls)
        except ToldError as error:
            self.app.call_from_thread(self.samtal.store_failed, error)
        else:
            self.app.call_from_thread(self._known, calls, suggestion)

    def _known(self, calls: list[CallSummary], suggestion: Suggestion | None) -> None:
        shelf = self.query_one("#shelf", OptionList)
        untouched = not self.ready and shelf.highlighted in (None, self._first(shelf))
        self._calls, self._suggestion, self.ready = calls, suggestion, True
        self.show_shelf()
        if untouched:  # what is suggested came above what was pointed at by itself
            shelf.highlighted = self._first(shelf)

    # ---- the list ----------------------------------------------------------------------------

    def show_shelf(self) -> None:
        """List what is known so far: the scenarios, and once it has been read what has been played."""
        shelf = self.query_one("#shelf", OptionList)
        pointed = shelf.highlighted_option.id if shelf.highlighted_option else None
        wanted = self.query_one("#search", Input).value.casefold().split()
        shelf.clear_options()
        shelf.add_options(self._options(wanted))
        if not shelf.option_count:
            shelf.add_option(Option(_("Inget samtal passar sökningen. Esc visar alla."), disabled=True))
        ids = [option.id for option in shelf.options]
        shelf.highlighted = ids.index(pointed) if pointed and pointed in ids else self._first(shelf)

    def _first(self, shelf: OptionList) -> int | None:
        return next((n for n, option in enumerate(shelf.options) if not option.disabled), None)

    def _options(self, wanted: Sequence[str]) -> Iterator[Option]:
        waiting = [call for call in self._calls if call.waiting]
        if waiting and not wanted:
            yield _heading(_("Pausade samtal"))
            yield from (Option(self._paused(call), id=f"call:{call.id}") for call in waiting)
        if self._suggestion and not wanted:
            loaded = self.desk.shelf[self._suggestion.scenario]
            yield _heading(_("Förslag till dig"))
            visual = self._row(self._suggestion.scenario, loaded, str(self._suggestion.why))
            yield Option(visual, id=f"next:{self._suggestion.scenario}")
        yield from self._families(wanted)

    def _families(self, wanted: Sequence[str]) -> Iterator[Option]:
        from simulator.progress.next_call import FIRST
        from simulator.report.wording import FAMILIES

        kept = {name: one for name, one in self.desk.shelf.items() if _fits(one.scenario, wanted)}
        for family, title in FAMILIES.items():
            of_it = [name for name, one in kept.items() if one.scenario.family == family]
            if of_it:
                yield _heading(_(title))
                of_it.sort(key=lambda name: (name != FIRST, kept[name].scenario.level))
                yield from (Option(self._row(name, kept[name]), id=f"new:{name}") for name in of_it)
        if self.desk.broken:
            yield _heading(_("Går inte att ta"))
        for name, error in self.desk.broken.items():
            fault = _("✗ fel i filen: {n}").format(n=len(error.problems))
            yield Option(Ends(plain(name), plain(fault, "$bad")), id=f"new:{name}")

    def _totals(self, scenario: str) -> list[int]:
        totals = [c.total for c in self._calls if c.scenario == scenario and c.total is not None]
        return totals[:TREND][::-1]

    def _row(self, name: str, one: Loaded, why: str = "") -> Visual:
        totals = self._totals(name)
        result: Content | str = ""
        if totals:
            result = Content.assemble(
                (sparkline([t / 100 for t in totals]) + " ", "$focus"), (f"{totals[-1]:>3}", "bold")
            )
        left = plain(one.scenario.title[language()], "bold")
        below = plain(why or about(one.scenario), "$quiet")
        return Stack([Ends(left, result), Ends(below)])

    def _paused(self, call: CallSummary) -> Visual:
        one = self.desk.shelf.get(call.scenario)
        title = one.scenario.title[language()] if one else call.scenario
        about_it = _("tur {n}, {when}").format(n=call.length, when=f"{call.begun:%Y-%m-%d}")
        if call.draft:
            about_it += " · " + _("utkast: ”{text}”").format(text=" ".join(call.draft.split())[:40])
        left = Content.assemble(("▸ ", "$focus"), (title, "bold"))
        return Stack([Ends(left), Ends(plain(f"  {about_it}", "$quiet"))])

    # ---- what is pointed at ------------------------------------------------------------------

    @on(OptionList.OptionHighlighted, "#shelf")
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        kind, _colon, name = (event.option_id or "").partition(":")
        if kind == "call":
            call = next((c for c in self._calls if c.id == int(name)), None)
            name = call.scenario if call else ""
        pointed = self.query_one("#pointed", Static)
        if name in self.desk.shelf:
            pointed.update(self._about(self.desk.shelf[name]))
        elif name in self.desk.broken:
            pointed.update(plain("\n\n".join(str(problem) for problem in self.desk.broken[name].problems)))
        else:
            pointed.update("")

    def _about(self, loaded: Loaded) -> Content:
        lang, scenario = language(), loaded.scenario
        parts: list[str | tuple[str, str]] = [
            (scenario.title[lang] + "\n", "bold"),
            (about(scenario) + "\n\n", "$quiet"),
        ]
        parts += [(_("Innan du svarar") + "\n", "$focus"), scenario.content_note[lang] + "\n\n"]
        parts += [(_("Det här tränas") + "\n", "$focus"), *(f"{line}\n" for line in trained(scenario)), "\n"]
        totals = self._totals(scenario.id)
        parts.append((_("Dina resultat") + "\n", "$focus"))
        if totals:
            parts += [sparkline([t / 100 for t in totals]), "  " + ", ".join(str(t) for t in totals)]
        else:
            parts.append((_("Inget än."), "$quiet"))
        return Content.assemble(*parts)

    # ---- keys --------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#shelf")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _colon, name = (event.option_id or "").partition(":")
        if kind == "call":
            self.samtal.take_up(int(name))
        elif name:
            self.samtal.take(name)

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        if self.desk.shelf or self.desk.broken:
            self.show_shelf()

    @on(Input.Submitted, "#search")
    def _found(self) -> None:
        self.query_one("#shelf").focus()

    def action_search(self) -> None:
        """To the search field."""
        self.query_one("#search").focus()

    def action_clear(self) -> None:
        """No search, back to the list."""
        self.query_one("#search", Input).value = ""
        self.query_one("#shelf").focus()

    def action_results(self) -> None:
        """One's own results."""
        self.samtal.show_results()

    def action_settings(self) -> None:
        """Settings."""
        self.samtal.show_settings()


def about(scenario: Scenario) -> str:
    """Benefit, level, length and content marks in a line."""
    from simulator.report.wording import MARKS

    lang = language()
    line = _("{benefit} · nivå {level} · {minutes} min").format(
        benefit=scenario.benefit[lang], level=scenario.level, minutes=scenario.minutes
    )
    marks = ", ".join(_(MARKS[mark]) for mark in scenario.marks)
    return line + (" · " + _("berör: {marks}").format(marks=marks) if marks else "")


def trained(scenario: Scenario) -> list[str]:
    """What a call trains, a few lines: a long list would tell the story before it is heard."""
    from simulator.codebook import codebook

    names = [codebook().strategies[name].name[language()] for name in scenario.trains]
    lines = [f"• {name}" for name in names[:TOLD]]
    more = len(names) - TOLD
    return [*lines, _("  och {n} till").format(n=more)] if more > 0 else lines


def _heading(text: str) -> Option:
    return Option(Stack([GAP, Ends(plain(text, "bold $focus"))]), disabled=True)


def _fits(scenario: Scenario, wanted: Sequence[str]) -> bool:
    from simulator.report.wording import FAMILIES

    text = f"{scenario.id} {scenario.title[language()]} {about(scenario)} {_(FAMILIES[scenario.family])}"
    return all(word in text.casefold() for word in wanted)
