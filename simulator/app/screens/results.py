"""Own results: calls over time, strengths and weak spots, own view against score, and all that is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Button, Footer, OptionList, Static, TabbedContent, TabPane
from textual.widgets.option_list import Option

from simulator.app import results_view
from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.screens.export_to import ExportTo
from simulator.app.screens.trouble import Trouble
from simulator.app.visuals import Ends, bar, plain
from simulator.app.widgets.rows import Rows
from simulator.language import N_, ToldError, _, language
from simulator.report import wording

if TYPE_CHECKING:
    from simulator.store import CallSummary


class Results(SamtalScreen[None]):
    """One's own results."""

    ABOUT: ClassVar[str] = N_(
        "Här ser bara du vad du har gjort. Enter på ett samtal visar hur det gick.\n"
        "Allt som finns sparat ligger i en fil på den här datorn. Du kan spara ut den och du kan ta bort den."
    )
    BINDINGS = [
        Binding("escape", "back", N_("Tillbaka")),
        Binding("delete,d", "erase_one", N_("Ta bort samtalet"), key_display="d"),
        Binding("e", "export", N_("Spara ut")),
        HELP,
    ]

    def compose(self) -> ComposeResult:
        """Four tabs."""
        yield Static(_(" Mina resultat"), id="title", classes="heading")
        with TabbedContent(id="results"):
            with TabPane(_("Över tid"), id="over-time"):
                yield Rows(id="played", markup=False)
            with TabPane(_("Strategier"), id="standing"), VerticalScroll():
                yield Static(id="strategies", classes="paragraph")
            with TabPane(_("Egen bild"), id="own"), VerticalScroll():
                yield Static(id="gap", classes="paragraph")
            with TabPane(_("Det som sparas"), id="stored"), VerticalScroll():
                yield Static(id="kept", classes="paragraph")
                with Horizontal(classes="ways"):
                    yield Button(_("Spara ut allt"), id="export")
                    yield Button(_("Ta bort allt"), id="erase", variant="error")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """To the list; the store is read as the screen comes up, now and whenever it is come back to."""
        self.query_one("#played").focus()

    def on_screen_resume(self) -> None:
        """Something may have been added."""
        self.read_store()

    @work(thread=True, exclusive=True, group="read")
    def read_store(self) -> None:
        """Everything at once, away from the screen."""
        from simulator.progress import by_strategy
        from simulator.store import own_views, results

        store = self.desk.store
        if store is None:
            self.app.call_from_thread(self._nothing)
            return
        try:
            found = results(store)
            known = results_view.Known(
                store.summaries(), by_strategy(found), found, own_views(store), store.path
            )
        except ToldError as error:
            self.app.call_from_thread(self.samtal.store_failed, error)
        else:
            self.app.call_from_thread(self._show, known)

    def _nothing(self) -> None:
        text = _("Inget sparas just nu: lagret är inte öppet.")
        for name in ("#strategies", "#gap", "#kept"):
            self.query_one(name, Static).update(text)

    def _show(self, known: results_view.Known) -> None:
        played = self.query_one("#played", OptionList)
        place = played.highlighted
        played.clear_options()
        played.add_options(
            Option(self._call_row(call), id=str(call.id)) for call in known.calls if call.length
        )
        if not played.option_count:
            played.add_option(Option(_("Inga samtal än. Det första du tar syns här."), disabled=True))
        played.highlighted = min(place or 0, played.option_count - 1)
        self.query_one("#strategies", Static).update(results_view.strategies(known.standings))
        self.query_one("#gap", Static).update(results_view.own_view(known))
        self.query_one("#kept", Static).update(results_view.kept(known))
        self.query_one("#erase", Button).disabled = not known.calls

    def _call_row(self, call: CallSummary) -> Visual:
        one = self.desk.shelf.get(call.scenario)
        title = one.scenario.title[language()] if one else call.scenario
        if call.waiting:
            how = plain(_("pausat"), "$warn")
        elif call.ended_by == "left":
            how = plain(_("lämnat"), "$quiet")
        elif call.total is None:
            how = plain(_("utan siffra"), "$quiet")
        else:
            how = Content.assemble((bar(call.total / 100) + " ", "$focus"), (f"{call.total:>3}", "bold"))
        mode = _(wording.MODES[call.mode][0]).lower()
        about = _("{when} · turer: {n} · {mode}").format(
            when=f"{call.begun:%Y-%m-%d %H:%M}", n=call.length, mode=mode
        )
        if call.came_from:
            about += " · " + _("nytt försök från tur {n}").format(n=call.from_turn)
        left = Content.assemble((title, "bold"), (f"  {about}", "$quiet"))
        return Ends(left, how)

    # ---- keys --------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#played")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self.samtal.show_call(int(event.option_id))

    def action_erase_one(self) -> None:
        """Erase the call pointed at, after a question."""
        option = self.query_one("#played", OptionList).highlighted_option
        if self.query_one(TabbedContent).active == "over-time" and option and option.id:
            number = int(option.id)
            ask = Trouble(
                _("Ta bort det här samtalet?"),
                [_("Allt som skrevs och svarades i det tas bort. Det går inte att ångra.")],
                {"keep": _("Behåll"), "erase": _("Ta bort")},
            )
            self.app.push_screen(ask, lambda way: self._answered(way, number))

    @on(Button.Pressed, "#erase")
    def _erase_all(self) -> None:
        ask = Trouble(
            _("Ta bort allt som är sparat?"),
            [
                _(
                    "Alla samtal, anteckningar och resultat tas bort från den här datorn. Det går inte att ångra."
                )
            ],
            {"keep": _("Behåll"), "erase": _("Ta bort allt")},
        )
        self.app.push_screen(ask, lambda way: self._answered(way, None))

    def _answered(self, way: str | None, call_id: int | None) -> None:
        if way == "erase":
            self._erase(call_id)

    @work(thread=True)
    def _erase(self, call_id: int | None) -> None:
        assert self.desk.store
        try:
            count = self.desk.store.erase(call_id)
        except ToldError as error:
            self.app.call_from_thread(self.samtal.store_failed, error)
        else:
            self.app.call_from_thread(self.notify, _("Borttagna samtal: {n}.").format(n=count))
            self.app.call_from_thread(self.read_store)

    @on(Button.Pressed, "#export")
    def action_export(self) -> None:
        """Ask where to, then write."""
        if self.desk.store and self.app.is_web:
            self._deliver()
        elif self.desk.store:
            self.app.push_screen(ExportTo(Path.home() / self._file_name), self._to)

    @property
    def _file_name(self) -> str:
        return f"samtal-{self.desk.now():%Y%m%d-%H%M}.json"

    @work(thread=True)
    def _deliver(self) -> None:
        """In a browser: as a download, since the disk is the server's."""
        import json
        from io import StringIO

        from simulator.store.export import everything

        assert self.desk.store
        try:
            text = json.dumps(everything(self.desk.store), ensure_ascii=False, indent=1)
        except ToldError as error:
            self.app.call_from_thread(self.samtal.store_failed, error)
        else:
            self.app.call_from_thread(self.app.deliver_text, StringIO(text), save_filename=self._file_name)

    def _to(self, path: Path | None) -> None:
        if path:
            self._export(path)

    @work(thread=True)
    def _export(self, path: Path) -> None:
        from simulator.store.export import export

        assert self.desk.store
        try:
            count = export(self.desk.store, path)
        except ToldError as error:
            self.app.call_from_thread(self.notify, str(error.message), severity="error", timeout=10)
        else:
            text = _("{n} samtal sparade i {path}").format(n=count, path=path)
            self.app.call_from_thread(self.notify, text, timeout=10)
