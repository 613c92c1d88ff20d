"""Before the call: what it may touch, what is trained, the case; the phone rings, and one may decline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.screens.home import about, trained
from simulator.app.screens.trouble import Trouble
from simulator.app.visuals import plain
from simulator.app.widgets.beside import case_file, rule_card
from simulator.app.widgets.choice import Choice
from simulator.language import N_, ToldError, _, language
from simulator.progress.next_call import FIRST
from simulator.report.wording import MODES
from simulator.session import topics_of
from simulator.settings import Mode

if TYPE_CHECKING:
    from simulator.reading import Reader
    from simulator.scenario import Loaded
    from simulator.store import StoredCall


class Before(SamtalScreen[tuple["Reader", Mode] | None]):
    """The case file and the choice. Returns the reader and the mode, or None for "another call"."""

    ABOUT: ClassVar[str] = N_(
        "Läs vad samtalet kan komma att röra. Vill du inte ta det i dag är det en god nog anledning: "
        "ta ett annat.\n"
        "Med coach får du en anmärkning efter varje tur. I ett prov finns ingen hjälp och inget tas tillbaka."
    )
    IN_CALL = True
    BINDINGS = [
        Binding("enter", "answer", N_("Svara"), show=False),
        Binding("f5", "answer", N_("Svara"), priority=True),
        Binding("escape", "decline", N_("Ta ett annat samtal")),
        HELP,
    ]

    def __init__(self, loaded: Loaded, stored: StoredCall | None = None) -> None:
        super().__init__()
        self.loaded, self.stored = loaded, stored
        self._reader: Reader | None = None
        self._wants_to_answer = False

    def compose(self) -> ComposeResult:
        """Note and choice to the left, case file to the right (below in a narrow window)."""
        lang, scenario, common = language(), self.loaded.scenario, self.loaded.common
        yield Static(plain(f" {scenario.title[lang]}"), id="title", classes="heading")
        with VerticalScroll(id="before", can_focus=False):
            with Vertical(id="choice"):
                yield Static(plain(about(scenario)), classes="quiet paragraph")
                yield Static(_("Innan du svarar"), classes="label")
                yield Static(plain(scenario.content_note[lang]), classes="paragraph")
                if self.stored:
                    yield Static(self._so_far(), classes="paragraph", id="so-far")
                elif self.loaded.scenario.id != FIRST:
                    yield from self._modes()
                yield Static(_("Ringer …"), id="line")
                with Horizontal(classes="ways"):
                    answer = _("Ta upp samtalet") if self.stored else _("Svara")
                    yield Button(answer, id="answer", variant="primary")
                    yield Button(_("Ta ett annat samtal"), id="decline")
                yield Static(_("Det här tränas"), classes="label")
                yield Static(plain("\n".join(trained(scenario))), classes="paragraph")
            with Vertical(id="file"):
                yield Static(_("Ärendet"), classes="label")
                yield Static(plain(common.expand(scenario.case.task[lang])), classes="paragraph")
                yield Static(case_file(self.loaded), classes="paragraph")
                yield Static(_("Regelkort"), classes="label")
                yield Static(rule_card(self.loaded))
        yield Footer(compact=True, show_command_palette=False)

    def _modes(self) -> ComposeResult:
        yield Static(_("Hur vill du öva?"), classes="label")
        modes = {name: f"{_(title)}: {_(what)}" for name, (title, what) in MODES.items()}
        yield Choice(modes, self.desk.settings.mode, id="mode", across=False)

    def _so_far(self) -> str:
        assert self.stored
        title, what = MODES[self.stored.mode]
        text = _("Samtalet står på tur {n}. Läge: {mode}, {what}.")
        return text.format(n=self.stored.length + 1, mode=_(title).lower(), what=_(what))

    def on_mount(self) -> None:
        """The phone rings while the reader is made ready."""
        self.query_one("#answer").focus()
        self._make_ready()

    @work(thread=True, exclusive=True, group="reader")
    def _make_ready(self) -> None:
        try:
            reader = self.desk.ready_reader(topics_of(self.loaded))
        except ToldError as error:
            self.app.call_from_thread(self._no_reader, str(error.message))
        else:
            self.app.call_from_thread(self._ready, reader)

    def _ready(self, reader: Reader) -> None:
        if not self.is_attached:
            return
        self._reader = reader
        ready = _("Linjen är klar.") if self.stored else _("Det ringer. Svara när du är redo.")
        self.query_one("#line", Static).update(ready)
        if self._wants_to_answer:
            self.action_answer()

    def on_screen_resume(self) -> None:
        """Something lay on top while the line was connected."""
        if self._wants_to_answer and self._reader:
            self.action_answer()

    def _no_reader(self, why: str) -> None:
        if not self.is_attached:
            return
        self._wants_to_answer = False
        text = [why, _("Läsaren är det som hör vad du gör med orden. Utan den kan inget samtal spelas.")]
        ways = {"back": _("Till samtalen"), "again": _("Försök igen")}
        self.app.push_screen(Trouble(_("Läsaren saknas"), text, ways), self._after_trouble)

    def _after_trouble(self, way: str | None) -> None:
        if way == "again":
            self._make_ready()
        else:
            self.dismiss(None)

    @property
    def mode(self) -> Mode:
        """The mode chosen; the first call is always coached, since it teaches the keys."""
        if self.stored:
            return self.stored.mode
        if self.loaded.scenario.id == FIRST:
            return "coach"
        return cast(Mode, self.query_one("#mode", Choice).value)

    @on(Button.Pressed, "#answer")
    def action_answer(self) -> None:
        """Answer; if the reader is not ready yet, as soon as it is."""
        self._wants_to_answer = True
        if self._reader is None:
            self.query_one("#line", Static).update(_("Kopplar fram samtalet …"))
        elif self.is_active:
            self._wants_to_answer = False  # coming to the top again while one leaves is no second answer
            self.dismiss((self._reader, self.mode))

    @on(Button.Pressed, "#decline")
    def action_decline(self) -> None:
        """Another call, then. Nothing is kept of this one."""
        self.dismiss(None)
