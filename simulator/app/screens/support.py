"""After Bryt, and after hard calls: a calm screen for the one who practises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.visual import Visual
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import HELP, SamtalScreen
from simulator.app.visuals import Hanging, Stack, plain
from simulator.language import N_, _
from simulator.report.plain import support_line

if TYPE_CHECKING:
    from simulator.scenario import Loaded


def support_lines(loaded: Loaded) -> Visual:
    """Whom the trainee may call, one line each."""
    lines = (support_line(loaded.common.support[name]) for name in loaded.scenario.support)
    return Stack([Hanging("•", plain(line), 2) for line in lines])


class Support(SamtalScreen[str]):
    """You left the call. Returns ``back`` (to the call) or ``home``."""

    ABOUT: ClassVar[str] = N_(
        "Du lämnade samtalet. Du kan gå tillbaka till det, eller till samtalen. Ta den tid du vill."
    )
    BINDINGS = [("escape", "home", N_("Till samtalen")), HELP]

    def __init__(self, loaded: Loaded) -> None:
        super().__init__()
        self.loaded = loaded

    def compose(self) -> ComposeResult:
        """Few words, numbers, two ways on."""
        with VerticalScroll(id="calm", can_focus=False):
            yield Static(_("Du lämnade samtalet. Det är helt i sin ordning."), classes="heading")
            yield Static(
                _("Det räknas inte, och ingen frågar varför. Ta den tid du vill."), classes="paragraph"
            )
            yield Static(_("Om samtalet väckte något hos dig"), classes="label")
            about = _("Det här är för dig som övar. Du kan också prata med en kollega eller din chef.")
            yield Static(about, classes="paragraph")
            yield Static(support_lines(self.loaded), classes="paragraph")
            with Horizontal(classes="ways"):
                yield Button(_("Till samtalen"), id="home", variant="primary")
                yield Button(_("Tillbaka till samtalet"), id="back")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Nothing is hurried."""
        self.query_one("#home").focus()

    @on(Button.Pressed)
    def _chosen(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_home(self) -> None:
        """To the calls."""
        self.dismiss("home")
