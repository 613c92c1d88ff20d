"""The line above the call: which call, whose turn, how long."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

from simulator.app.visuals import Ends
from simulator.language import _, language
from simulator.session import Session


class CallHead(Static):
    """Counts the time since it was mounted, beyond the seconds spent in the call before."""

    def __init__(self, session: Session, clock: Callable[[], float]) -> None:
        super().__init__(id="head")
        self.session, self.before, self.clock = session, session.seconds, clock
        self._from = clock()
        self._state = ""

    @property
    def spent(self) -> int:
        """Seconds of call time."""
        return self.before + int(self.clock() - self._from)

    def on_mount(self) -> None:
        """The clock ticks."""
        self.set_interval(1.0, self._draw)

    def tell(self, state: str, turn: int) -> None:
        """Whose turn it is, and its number."""
        self._state = f"{state} · {_('tur {n}').format(n=turn)}"
        self._draw()

    def _draw(self) -> None:
        minutes, seconds = divmod(self.spent, 60)
        scenario = self.session.loaded.scenario
        title, name = scenario.title[language()], scenario.caller.name
        if self.session.store is None:
            name += " · " + _("inget sparas")
        left = Content.assemble((f" {title}", "bold"), (f"  {name}", "$quiet"))
        right = Content.assemble((f"{self._state} · ", "$quiet"), (f"{minutes}:{seconds:02} ", "bold"))
        self.update(Ends(left, right))
