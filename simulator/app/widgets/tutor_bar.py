"""The line that teaches the keys in the first call; in any other it is not there."""

from __future__ import annotations

from textual.widgets import Static

from simulator.app.tutor import Tutor


class TutorBar(Static):
    """``tutor`` is None where nothing is taught."""

    def __init__(self, scenario: str) -> None:
        super().__init__(id="tutor")
        self.tutor = Tutor.of(scenario)

    def after(self, event: str) -> None:
        """Something was done."""
        self.display = self.tutor is not None
        if self.tutor:
            self.update(self.tutor.after(event))
