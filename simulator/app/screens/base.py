"""What all screens share: translated key descriptions, help where one is, and breakpoints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen

from simulator.language import N_, _

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from simulator.app.app import SamtalApp
    from simulator.app.desk import Desk

Result = TypeVar("Result")


HELP = Binding("f1", "app.help", N_("Hjälp"), priority=True)
"""Stands where a screen wants it among its keys."""
PAGING = (
    Binding("pagedown", "page(1)", N_("Bläddra"), show=False),
    Binding("pageup", "page(-1)", N_("Bläddra"), show=False),
)


class Common:
    """Key descriptions in the language of the interface (bindings are made before it is known), and paging."""

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

    def action_page(self, way: int) -> None:
        """Scroll what is longest on the screen, whatever has the focus."""
        screen = cast("Screen[object]", self)
        tall = max(screen.query(VerticalScroll), key=lambda one: one.max_scroll_y, default=None)
        if tall:
            tall.scroll_relative(y=way * max(1, tall.size.height - 2), animate=False)


class SamtalScreen(Common, Screen[Result]):
    """Base of the screens."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (100, "-wide"),
        (150, "-broad"),
    ]
    AUTO_FOCUS = ""
    IN_CALL = False
    """Whether a call is under way, or about to be, on this screen."""
    BINDINGS = [
        *PAGING,
    ]
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


class SamtalDialog(Common, ModalScreen[Result]):
    """Base of what is shown on top of a screen."""

    BINDINGS = [*PAGING, HELP]

    @property
    def samtal(self) -> SamtalApp:
        """The app, typed."""
        return cast("SamtalApp", self.app)
