"""One of several, chosen with the arrows or a click; which one is chosen is seen without colour."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from simulator.language import N_


class Choice(Static, can_focus=True):
    """``value`` is the chosen name, or empty. Left and right (or up and down) choose at once."""

    BINDINGS = [
        Binding("left,up", "step(-1)", N_("Föregående"), show=False),
        Binding("right,down", "step(1)", N_("Nästa"), show=False),
        Binding("space,enter", "take_first", N_("Välj"), show=False),
    ]

    value: reactive[str] = reactive("", init=False)

    class Changed(Message):
        """Something else was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            self.choice, self.value = choice, value
            super().__init__()

    def __init__(self, choices: Mapping[str, str], value: str = "", *, id: str, across: bool = True) -> None:
        """``choices``: name and label of each; ``across``: side by side rather than one a line."""
        super().__init__(id=id, classes="choice")
        self.choices, self.across = dict(choices), across
        self.set_reactive(Choice.value, value if value in self.choices else "")

    def on_mount(self) -> None:
        """Draw."""
        self.update(self._drawn())

    def watch_value(self) -> None:
        """Draw anew and tell."""
        self.update(self._drawn())
        self.post_message(self.Changed(self, self.value))

    def action_step(self, by: int) -> None:
        """The next or the one before; from nothing, the first."""
        names = list(self.choices)
        if self.value not in names:
            self.value = names[0]
        else:
            self.value = names[min(len(names) - 1, max(0, names.index(self.value) + by))]

    def action_take_first(self) -> None:
        """The arrows choose; where nothing is chosen yet, the first."""
        if not self.value:
            self.action_step(0)

    def on_click(self, event: Click) -> None:
        """A click on one of them."""
        name = event.style.meta.get("choice")
        if name in self.choices:
            self.focus()
            self.value = name

    def _drawn(self) -> Content:
        parts: list[Content] = []
        for name, label in self.choices.items():
            chosen = name == self.value
            if parts:
                parts.append(Content("   " if self.across else "\n"))
            text = f"{'(•)' if chosen else '( )'} {label}"
            part = Content.assemble((text, "bold $focus" if chosen else "$text"))
            parts.append(part.stylize(Style.from_meta({"choice": name})))
        return Content.assemble(*parts)
