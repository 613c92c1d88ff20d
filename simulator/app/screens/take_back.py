"""Choosing the turn to take the call back to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from simulator.app.screens.base import SamtalDialog
from simulator.app.visuals import Ends, plain
from simulator.app.widgets.rows import Rows
from simulator.language import N_, _


class TakeBack(SamtalDialog[int]):
    """The handler's own turns, the latest first. Returns the chosen turn's number, or 0."""

    ABOUT: ClassVar[str] = N_(
        "Den tur du väljer tas tillbaka, och allt efter den. Det du sa då läggs i fältet."
    )
    BINDINGS = [("escape", "leave", N_("Avbryt"))]

    def __init__(self, turns: Sequence[str]) -> None:
        super().__init__()
        self.turns = turns

    def compose(self) -> ComposeResult:
        """One line a turn."""
        with Vertical(classes="dialog"):
            yield Static(_("Ta tillbaka till vilken tur?"), classes="heading")
            yield Static(
                _("Turen och allt efter den tas bort. Det du sa läggs i fältet igen."), classes="paragraph"
            )
            yield Rows(
                *(
                    Option(Ends(plain(f"{n:>3}  {' '.join(turn.split()) or '…'}")), id=str(n))
                    for n, turn in reversed(list(enumerate(self.turns, 1)))
                )
            )
        yield Footer(compact=True, show_command_palette=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A turn was chosen."""
        self.dismiss(int(event.option_id or 0))

    def action_leave(self) -> None:
        """None."""
        self.dismiss(0)
