"""What all screens share: translated key descriptions, help where one is, and breakpoints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from simulator.language import N_, _

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from simulator.app.app import SamtalApp
    from simulator.app.desk import Desk

Result = TypeVar("Result")


class Translated:
    """Key descriptions in the language of the interface: bindings are made before it is known."""

    ABOUT: ClassVar[str] = ""
    """What F1 says here, in Swedish, to be translated when shown."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's own, with the descriptions translated."""
        found = cast("dict[str, ActiveBinding]", super().active_bindings)  # type: ignore[misc]
        for key, active in found.items():
            if active.binding.description:
                binding = replace(active.binding, description=_(active.binding.description))
                found[key] = active._replace(
                    binding=binding, tooltip=_(active.tooltip) if active.tooltip else ""
                )
        return found


class SamtalScreen(Translated, Screen[Result]):
    """Base of the screens."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-wide"),
        (150, "-broad"),
    ]
    AUTO_FOCUS = ""
    BINDINGS = [Binding("ctrl+p", "app.command_palette", N_("Alla kommandon"), key_display="^p")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]

    @property
    def samtal(self) -> SamtalApp:
        """The app, typed."""
        return cast("SamtalApp", self.app)

    @property
    def desk(self) -> Desk:
        """What the app has at hand."""
        return self.samtal.desk

    def action_back(self) -> None:
        """To the screen before."""
        self.dismiss()


class SamtalDialog(Translated, ModalScreen[Result]):
    """Base of what is shown on top of a screen."""

    @property
    def samtal(self) -> SamtalApp:
        """The app, typed."""
        return cast("SamtalApp", self.app)
