"""What the command palette offers, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from simulator.app.themes import NAMES
from simulator.language import _, language

if TYPE_CHECKING:
    from simulator.app.app import SamtalApp


def commands(app: SamtalApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """What can be done from a screen: its own keys, and from home also every call."""
    for active in screen.active_bindings.values():
        binding = active.binding
        if (
            binding.show
            and active.enabled
            and active.node is screen
            and not binding.action.startswith("app.")
        ):
            yield SystemCommand(
                binding.description,
                active.tooltip or _("Tangent: {key}").format(key=app.get_key_display(binding)),
                partial(screen.run_action, binding.action),
            )
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
    yield SystemCommand(_("Stäng Samtal"), _("Ett samtal som pågår är sparat"), app.action_quit)
