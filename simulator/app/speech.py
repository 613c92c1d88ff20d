"""A caller turn being said: a breath, then word by word."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

from simulator.app.pacing import BEFORE, pieces, seconds
from simulator.settings import Pace


class Speech:
    """One turn. ``shown`` gets what has been said so far, and whether that is all of it; it gets all once."""

    def __init__(self, owner: MessagePump, text: str, pace: Pace, shown: Callable[[str, bool], None]) -> None:
        self.owner, self.text, self.pace, self.shown = owner, text, pace, shown
        self._left = pieces(text)
        self._said = ""
        self._timer: Timer | None = None
        self._over = False

    def begin(self) -> None:
        """She draws breath."""
        self._wait(BEFORE)

    def finish(self) -> None:
        """All of it at once."""
        if self._timer:
            self._timer.stop()
        if not self._over:
            self._over = True
            self.shown(self.text, True)

    def _wait(self, weight: float) -> None:
        pause = seconds(weight, self.pace)
        if pause:
            self._timer = self.owner.set_timer(pause, self._next)
        else:
            self.finish()

    def _next(self) -> None:
        if self._over:
            return
        if not self._left:
            self.finish()
            return
        word, weight = self._left.pop(0)
        self._said += word
        self.shown(self._said.rstrip(), False)
        self._wait(weight)
