"""Where to write everything that is stored."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Footer, Input, Static

from simulator.app.screens.base import SamtalDialog
from simulator.language import N_, _


class ExportTo(SamtalDialog[Path | None]):
    """Where to write the export. Returns a path, or None."""

    BINDINGS = [("escape", "leave", N_("Avbryt"))]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def compose(self) -> ComposeResult:
        """A path to change, and two ways on."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(_("Spara ut allt som är sparat"), classes="heading")
            yield Static(
                _("En JSON-fil med varje tur, läsning, anteckning och resultat."), classes="paragraph"
            )
            yield Input(str(self.path), id="path")
            with Horizontal(classes="ways"):
                yield Button(_("Spara"), id="save", variant="primary")
                yield Button(_("Avbryt"), id="leave")
        yield Footer(compact=True, show_command_palette=False)

    @on(Input.Submitted)
    @on(Button.Pressed, "#save")
    def _save(self) -> None:
        given = self.query_one(Input).value.strip()
        self.dismiss(Path(given).expanduser() if given else None)

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Not now."""
        self.dismiss(None)
