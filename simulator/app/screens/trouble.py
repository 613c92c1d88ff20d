"""When something is wrong: what it is, what is not lost, and ways on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import SamtalDialog
from simulator.app.visuals import plain
from simulator.language import N_, _


class Trouble(SamtalDialog[str]):
    """A message with choices; returns the chosen one's name, or ``""`` for Escape."""

    ABOUT: ClassVar[str] = N_("Läs vad som hänt och välj hur du vill gå vidare. Inget du har gjort är borta.")
    BINDINGS = [("escape", "leave", N_("Tillbaka"))]

    def __init__(self, title: str, text: Sequence[str], ways: dict[str, str]) -> None:
        """``ways``: name and label of each way on, the first one recommended."""
        super().__init__()
        self.heading, self.text, self.ways = title, text, ways

    def compose(self) -> ComposeResult:
        """Heading, message, ways on."""
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static(plain(self.heading), classes="heading")
            for paragraph in self.text:
                yield Static(plain(paragraph), classes="paragraph")
            with Horizontal(classes="ways"):
                for n, (name, label) in enumerate(self.ways.items()):
                    yield Button(label, id=name, variant="primary" if n == 0 else "default")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """The recommended way has the focus."""
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A way was chosen."""
        self.dismiss(event.button.id or "")

    def action_leave(self) -> None:
        """None of them."""
        self.dismiss("")


def scenario_trouble(problems: Sequence[str]) -> Trouble:
    """A scenario that cannot be played, with everything wrong in it."""
    text = [_("Det här samtalet har fel i sin fil och kan inte spelas förrän de är rättade."), *problems]
    return Trouble(_("Samtalet går inte att ta"), text, {"back": _("Till samtalen")})


def turn_trouble(why: str) -> Trouble:
    """A turn that could not be kept, and so was not answered."""
    ways = {"back": _("Tillbaka till samtalet"), "leave": _("Till samtalen")}
    lost = _("Turen är inte sänd. Det du skrev står kvar i fältet.")
    return Trouble(_("Det gick inte att spara turen"), [why, lost], ways)


class TooSmall(SamtalDialog[None]):
    """Shown while the window has no room for the app; goes away by itself."""

    LEAST: ClassVar[tuple[int, int]] = (60, 18)

    def compose(self) -> ComposeResult:
        """What is needed."""
        width, height = self.LEAST
        text = _("Fönstret är för litet för Samtal. Gör det minst {w} tecken brett och {h} rader högt.")
        yield Static(plain(text.format(w=width, h=height)), classes="too-small")
