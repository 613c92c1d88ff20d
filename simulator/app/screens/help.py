"""Help where one is: what this screen is for, and every key that works in it now."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import SamtalDialog
from simulator.app.visuals import Hanging, Stack, plain
from simulator.language import N_, _

if TYPE_CHECKING:
    from textual.screen import Screen

ALWAYS: tuple[tuple[str, str], ...] = (
    ("Tab", N_("Till nästa del av skärmen, Skift+Tab tillbaka")),
    ("↑ ↓", N_("Flytta i listor; Enter väljer")),
    ("PgUp PgDn", N_("Bläddra i det som är längre än skärmen")),
    ("F1", N_("Hjälp om den skärm du är på")),
    ("Ctrl+P", N_("Alla kommandon, att söka i")),
    ("Ctrl+Q", N_("Stäng Samtal. Ett samtal som pågår är sparat och kan tas upp igen")),
)


class Help(SamtalDialog[None]):
    """The help of a screen."""

    BINDINGS = [("escape,f1", "leave", N_("Stäng"))]
    ABOUT: ClassVar[str] = ""

    def __init__(self, text: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self.text, self.keys = text, keys

    @classmethod
    def of(cls, screen: Screen[object]) -> Help:
        """The help for a screen as it is now."""
        keys = [
            (
                screen.app.get_key_display(active.binding).capitalize(),
                active.tooltip or active.binding.description,
            )
            for active in screen.active_bindings.values()
            if active.binding.show and active.binding.description and active.enabled
        ]
        known = {key.casefold() for key, _text in ALWAYS}
        own = [(key, text) for key, text in dict.fromkeys(keys) if key.casefold() not in known]
        return cls(_(getattr(screen, "ABOUT", "")), [*own, *((key, _(text)) for key, text in ALWAYS)])

    def compose(self) -> ComposeResult:
        """Text first, keys after."""
        with VerticalScroll(classes="dialog", id="help"):
            yield Static(plain(_("Hjälp")), classes="heading")
            for paragraph in self.text.split("\n"):
                yield Static(plain(paragraph), classes="paragraph")
            yield Static(plain(_("Tangenter här")), classes="heading")
            yield Static(Stack([Hanging(f"[$focus]{key}[/]", plain(text), 12) for key, text in self.keys]))
            yield Button(_("Stäng"), id="close", variant="primary")
        yield Footer(compact=True, show_command_palette=False)

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss()
