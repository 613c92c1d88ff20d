"""The scorecard: what counted, the call as a timeline, each strategy with one's own words, what was never said."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Footer, OptionList, Static, TabbedContent, TabPane, Tabs
from textual.widgets.option_list import Option

from simulator.app import score_view
from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.screens.support import support_lines
from simulator.app.visuals import plain
from simulator.app.widgets.rows import Rows
from simulator.language import N_, ToldError, _, language
from simulator.report import plain as words
from simulator.report.timeline import timeline

if TYPE_CHECKING:
    from simulator.app.score_view import Scored
    from simulator.grading import Judged
    from simulator.report.timeline import Moment


LISTS = {"turns": "#turn-list", "strategies": "#strategy-list"}
"""The list in each tab that has one."""


class ScorecardScreen(SamtalScreen[int]):
    """Returns the turn to try again from, or 0."""

    ABOUT: ClassVar[str] = N_(
        "Flikarna: översikt, samtalet tur för tur, strategierna, det som inte blev sagt, och stöd för dig. "
        "Vänster och höger pil byter flik när fliken är vald.\n"
        "Peka på en rad för att se vad som hördes, vad som hade varit bättre, och vilken studie som säger det.\n"
        "x säger att en bedömning är fel. Det sparas åt den som utbildar, inget annat ändras.\n"
        "p prövar igen från den tur du pekar på, i ett nytt samtal; det här står kvar."
    )
    BINDINGS = [
        Binding("x", "object", N_("Det här är fel")),
        Binding("p", "retry", N_("Pröva igen härifrån")),
        Binding("1", "tab('overview')", show=False),
        Binding("2", "tab('turns')", show=False),
        Binding("3", "tab('strategies')", show=False),
        Binding("4", "tab('unsaid')", show=False),
        Binding("5", "tab('after')", show=False),
        HELP,
        Binding("escape", "back", N_("Tillbaka")),
    ]

    def __init__(self, scored: Scored) -> None:
        super().__init__()
        self.scored = scored
        self.moments: tuple[Moment, ...] = timeline(scored.call, scored.card)
        self.objected = set(scored.objected)
        self._rows: dict[str, tuple[int, Judged | None]] = {}

    def compose(self) -> ComposeResult:
        """Five tabs; lists have what is pointed at beside or beneath them."""
        one, lang = self.scored, language()
        yield Static(plain(f" {one.loaded.scenario.title[lang]}"), id="title", classes="heading")
        with TabbedContent(id="card"):
            with TabPane(_("Översikt"), id="overview"), VerticalScroll():
                yield Static(score_view.overview(one), classes="paragraph")
                yield Static(score_view.own_view(one), classes="paragraph")
            with TabPane(_("Samtalet"), id="turns"):
                yield Static(score_view.curve(one.call, self.moments), id="curve")
                with Horizontal():
                    yield Rows(id="turn-list", markup=False)
                    with VerticalScroll(classes="detail"):
                        yield Static(id="turn-detail")
            with TabPane(_("Strategier"), id="strategies"), Horizontal():
                yield Rows(id="strategy-list", markup=False)
                with VerticalScroll(classes="detail"):
                    yield Static(id="strategy-detail")
            with TabPane(_("Osagt"), id="unsaid"), VerticalScroll():
                yield Static(score_view.unsaid(one), classes="paragraph")
            with TabPane(_("Efteråt"), id="after"), VerticalScroll():
                common = one.loaded.common
                yield Static(_("Att tänka vidare på"), classes="label")
                yield Static(plain(common.expand(one.loaded.scenario.debrief[lang])), classes="paragraph")
                yield Static(_("Om samtalet väckte något hos dig"), classes="label")
                yield Static(support_lines(one.loaded), classes="paragraph")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the lists."""
        self._fill()
        self.query_one(Tabs).focus()
        if not self.scored.card.strategies or self.scored.card.why_none == "too-short":
            for name in LISTS:
                self.query_one(TabbedContent).disable_tab(name)

    def _fill(self) -> None:
        name = words.first_name(self.scored.loaded.scenario)
        for list_id, rows in (
            ("#turn-list", score_view.turn_rows(self.scored, self.moments, self.objected, name)),
            ("#strategy-list", score_view.strategy_rows(self.scored, self.objected)),
        ):
            listed = self.query_one(list_id, OptionList)
            place = listed.highlighted
            listed.clear_options()
            for row in rows:
                self._rows[row.id] = (row.turn, row.judged)
                listed.add_option(Option(row.visual, id=row.id, disabled=row.turn == 0))
            if place is not None and place < listed.option_count:
                listed.highlighted = place

    @on(OptionList.OptionHighlighted)
    def _pointed(self, event: OptionList.OptionHighlighted) -> None:
        turn, judged = self._rows.get(event.option_id or "", (0, None))
        detail = "#turn-detail" if event.option_list.id == "turn-list" else "#strategy-detail"
        shown = self.query_one(detail, Static)
        if judged:
            shown.update(score_view.judgement(judged, self.scored, self.objected))
        elif turn:
            shown.update(score_view.turn_detail(turn, self.scored))

    @property
    def pointed_at(self) -> tuple[int, Judged | None]:
        """The turn and the judgement under the pointer of the tab that is shown; 0 where there is none."""
        tab = self.query_one(TabbedContent).active
        if tab not in LISTS:
            return 0, None
        option = self.query_one(LISTS[tab], OptionList).highlighted_option
        return self._rows.get(option.id or "", (0, None)) if option else (0, None)

    def action_tab(self, name: str) -> None:
        """Show a tab and go to its list."""
        tabs = self.query_one(TabbedContent)
        tabs.active = name
        if name in LISTS:
            self.query_one(LISTS[name]).focus()

    def action_object(self) -> None:
        """ "This is wrong", or no longer."""
        _turn, judged = self.pointed_at
        if judged is None:
            self.notify(_("Peka först på en bedömning, i fliken Samtalet eller Strategier."))
        elif self.scored.call_id is None or self.desk.store is None:
            self.notify(_("Samtalet är inte sparat, så invändningen kan inte sparas."))
        else:
            self._object(judged)

    @work(thread=True)
    def _object(self, judged: Judged) -> None:
        from simulator.store import object_to

        assert self.desk.store and self.scored.call_id is not None
        try:
            stands = object_to(self.desk.store, self.scored.call_id, judged.opportunity)
        except ToldError as error:
            self.app.call_from_thread(self.notify, str(error.message), severity="warning")
        else:
            self.app.call_from_thread(self._objected, judged, stands)

    def _objected(self, judged: Judged, stands: bool) -> None:
        key = (judged.opportunity.strategy, judged.opportunity.turn)
        self.objected.add(key) if stands else self.objected.discard(key)
        self.notify(
            _("Sparat: du tycker att det är fel bedömt.") if stands else _("Invändningen är borttagen.")
        )
        self._fill()

    def action_retry(self) -> None:
        """A new call from the turn pointed at."""
        turn, _judged = self.pointed_at
        if not turn:
            self.notify(_("Peka först på en tur, i fliken Samtalet eller Strategier."))
        elif self.scored.call_id is None:
            self.notify(_("Samtalet är inte sparat, så det går inte att pröva igen från en tur."))
        else:
            self.dismiss(turn)

    def action_back(self) -> None:
        """To the calls."""
        self.dismiss(0)
