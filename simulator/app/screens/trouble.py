"""When something is wrong: what it is, what is not lost, and ways on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Size
from textual.widgets import Button, Footer, Static

from simulator.app.screens.base import SamtalDialog
from simulator.app.visuals import plain
from simulator.language import N_, ToldError, _


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


def store_trouble(error: ToldError) -> Trouble:
    """The store failed. Only a file that is itself at fault is offered to be moved aside."""
    damaged = getattr(error, "damaged", False)
    text = [str(error.message), _("Du kan öva ändå. Då sparas inget, varken samtal eller resultat.")]
    retry = {"aside": _("Flytta undan filen och börja om")} if damaged else {"again": _("Försök igen")}
    ways = {"without": _("Öva utan att spara")} | retry | {"quit": _("Stäng")}
    return Trouble(_("Det som är sparat går inte att läsa"), text, ways)


class TooSmall(SamtalDialog[None]):
    """Shown while the window has no room for the app; goes away by itself."""

    LEAST: ClassVar[tuple[int, int]] = (60, 18)

    @classmethod
    def for_size(cls, size: Size) -> bool:
        """Whether a window of this size is too small."""
        return size.width < cls.LEAST[0] or size.height < cls.LEAST[1]

    def on_resize(self) -> None:
        """Go as soon as there is room."""
        self._go_if_room()

    def on_screen_resume(self) -> None:
        """Something lay on top of this; there may be room by now."""
        self._go_if_room()

    def _go_if_room(self) -> None:
        if self.is_active and not self.for_size(self.app.size):
            self.dismiss(None)

    def compose(self) -> ComposeResult:
        """What is needed."""
        width, height = self.LEAST
        text = _("Fönstret är för litet för Samtal. Gör det minst {w} tecken brett och {h} rader högt.")
        yield Static(plain(text.format(w=width, h=height)), classes="too-small")
