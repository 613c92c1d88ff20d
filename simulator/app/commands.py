"""What the command palette offers, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from simulator.app.themes import NAMES
from simulator.language import _, language

if TYPE_CHECKING:
    from simulator.app.app import SamtalApp


def commands(app: SamtalApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """What can be done from a screen: a call can be taken only from home."""
    yield SystemCommand(_("Hjälp"), _("Om den skärm du är på"), app.action_help)
    if screen is app.home:
        yield SystemCommand(
            _("Mina resultat"), _("Över tid, per strategi, och allt som sparas"), app.show_results
        )
        yield SystemCommand(_("Inställningar"), _("Språk, utseende, tempo, bredd"), app.show_settings)
        for name, loaded in app.desk.shelf.items():
            title = loaded.scenario.title[language()]
            yield SystemCommand(title, _("Ta samtalet"), lambda name=name: app.take(name))
    for name, title in NAMES.items():
        yield SystemCommand(_(title), _("Byt utseende"), lambda name=name: app.choose_theme(name))
    yield SystemCommand(_("Stäng Samtal"), _("Ett samtal som pågår är sparat"), app.exit)
