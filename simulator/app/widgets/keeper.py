"""Keeps what stands beside the turns - draft, notes, time - a moment after it changed, away from the screen."""

from __future__ import annotations

from textual import work
from textual.timer import Timer
from textual.widget import Widget

from simulator.language import ToldError
from simulator.session import Session

SOON = 0.4
"""Seconds after the last key before a draft or a note is put on disk."""


class Keeper(Widget):
    """Not seen. What cannot be kept is told, once each time."""

    DEFAULT_CSS = "Keeper { display: none; }"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._waiting: dict[str, Timer] = {}

    def on_mount(self) -> None:
        """Note the call as soon as it is answered."""
        self._begin()

    def later(self, name: str, text: str) -> None:
        """Keep a text once the keys rest."""
        if name in self._waiting:
            self._waiting[name].stop()
        self._waiting[name] = self.set_timer(SOON, lambda: self.now(**{name: text}))

    def forget(self, name: str) -> None:
        """What was to be kept is out of date."""
        if name in self._waiting:
            self._waiting.pop(name).stop()

    @work(thread=True, group="aside")
    def now(self, **values: str | int) -> None:
        """Keep values (see ``Store.aside``) in a thread."""
        try:
            self.session.aside(**values)
        except ToldError as error:
            self.app.call_from_thread(self._tell, error)

    def at_once(self, **values: str | int) -> None:
        """Keep values before anything else happens; nothing waits any more."""
        for name in list(self._waiting):
            self.forget(name)
        try:
            self.session.aside(**values)
        except ToldError as error:
            self._tell(error)

    @work(thread=True, group="aside")
    def _begin(self) -> None:
        try:
            self.session.keep()
        except ToldError as error:
            self.app.call_from_thread(self._tell, error)

    def _tell(self, error: ToldError) -> None:
        self.app.notify(str(error.message), severity="warning")
