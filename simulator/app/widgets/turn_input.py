"""Where the handler types: grows with the text, remembers turns said, sends with Enter."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.widgets import TextArea

TAKEN = ("f6", "f7", "pageup", "pagedown")
"""Keys of a text area that the call needs for itself."""


class CallText(TextArea, inherit_bindings=False):
    """A text area that leaves the call its keys. Undo is Textual's own (Ctrl+Z, Ctrl+Y)."""

    BINDINGS = [
        *(one for one in TextArea.BINDINGS if not (isinstance(one, Binding) and one.key in TAKEN)),
    ]


class TurnInput(CallText):
    """Where one turn is typed."""

    NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter")

    class Sent(Message):
        """The turn is to be said. ``text`` may be empty: silence is a turn too."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self) -> None:
        super().__init__(
            id="turn", soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True
        )
        self.past: list[str] = []
        self._place: int | None = None
        self._unsent = ""

    async def _on_key(self, event: Key) -> None:
        # not a priority binding: those overtake letters that are still on their way here
        if event.key == "enter":
            self.action_send()
        elif event.key in self.NEW_LINE:
            self.insert("\n")
        else:
            return
        event.stop()
        event.prevent_default()

    def action_send(self) -> None:
        """Hand the turn over; whoever takes it empties the field."""
        self.post_message(self.Sent(self.text))

    @property
    def draft(self) -> str:
        """What is being typed: also while older turns are looked at."""
        return self.text if self._place is None else self._unsent

    def said(self, text: str) -> None:
        """A turn went out: remember it, and what was being typed beside it, and start anew."""
        if self._place is not None and self._unsent.strip():
            self.past.append(self._unsent)
        self.past.append(text)
        self._place = None
        self.fill("")

    def displace(self, text: str) -> None:
        """Other words come first; what was being typed is one step up."""
        if self.draft.strip():
            self.past.append(self.draft)
        self._place = None
        self.fill(text)

    def fill(self, text: str) -> None:
        """Put text in the field, the cursor at its end; it can be undone."""
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)

    def action_cursor_up(self, select: bool = False) -> None:
        """Up a line; on the first line, to the turn said before."""
        if select or not self.cursor_at_first_line or not self.past:
            super().action_cursor_up(select)
            return
        if self._place is None:
            self._place, self._unsent = len(self.past), self.text
        if self._place > 0:
            self._place -= 1
            self.fill(self.past[self._place])

    def action_cursor_down(self, select: bool = False) -> None:
        """Down a line; on the last line, towards what was being typed."""
        if select or not self.cursor_at_last_line or self._place is None:
            super().action_cursor_down(select)
            return
        self._place += 1
        if self._place >= len(self.past):
            self._place = None
            self.fill(self._unsent)
        else:
            self.fill(self.past[self._place])
