"""Settings: language, theme, pace, text width, and where the store lies."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Footer, Input, Static

from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.themes import NAMES
from simulator.app.widgets.choice import Choice
from simulator.language import N_, _, language
from simulator.store import store_path

CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "lang": (N_("Språk (inringarna talar svenska)"), {"sv": N_("Svenska"), "en": N_("Engelska")}),
    "theme": (N_("Utseende"), NAMES),
    "pace": (
        N_("Inringarens taltempo"),
        {
            "lugn": N_("Lugnt"),
            "vanlig": N_("Vanligt"),
            "snabb": N_("Snabbt"),
            "genast": N_("Hela repliken genast"),
        },
    ),
    "width": (N_("Textens bredd"), {"smal": N_("Smal"), "vanlig": N_("Vanlig"), "bred": N_("Bred")}),
}


class SettingsScreen(SamtalScreen[None]):
    """Every choice takes effect at once and is kept."""

    ABOUT: ClassVar[str] = N_(
        "Allt du ändrar gäller genast och sparas. Var lagret ligger gäller från nästa start."
    )
    BINDINGS = [("escape", "back", N_("Tillbaka")), HELP]

    def compose(self) -> ComposeResult:
        """One row of choices for each setting."""
        chosen = self.desk.settings
        yield Static(_(" Inställningar"), id="title", classes="heading")
        with VerticalScroll(id="settings", can_focus=False):
            for name, (title, values) in CHOICES.items():
                yield Static(_(title), classes="label")
                now = language() if name == "lang" else getattr(chosen, name)
                labels = {value: _(label) for value, label in values.items()}
                yield Choice(labels, str(now), id=f"set-{name}")
            yield Static(_("Var det som sparas ligger (en mapp; tomt: som vanligt)"), classes="label")
            yield Input(chosen.store, placeholder=str(store_path().parent), id="store", compact=True)
            with Horizontal(classes="ways"):
                yield Button(_("Klart"), id="ready", variant="primary")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Start at the top."""
        self.query(Choice).first().focus()

    @on(Choice.Changed)
    async def _changed(self, event: Choice.Changed) -> None:
        name, value = (event.choice.id or "").removeprefix("set-"), event.value
        self.samtal.choose("error", **{name: value})
        if name == "lang":
            await self.samtal.speak(value)
        elif name == "theme":
            self.app.theme = value

    @on(Input.Submitted, "#store")
    @on(Input.Blurred, "#store")
    def _moved(self, event: Input.Submitted | Input.Blurred) -> None:
        self._place(event.value)

    def _place(self, given: str) -> None:
        given = given.strip() and str(Path(given.strip()).expanduser().resolve())
        if given != self.desk.settings.store:
            self.samtal.choose("error", store=given)
            self.notify(_("Gäller nästa gång du startar Samtal: {path}").format(path=store_path()))

    def action_back(self) -> None:
        """Keep what stands in the field, too."""
        self._place(self.query_one("#store", Input).value)
        self.dismiss()

    @on(Button.Pressed, "#ready")
    def _ready(self) -> None:
        self.action_back()
