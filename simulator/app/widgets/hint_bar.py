"""A hint above the field: first what waits to be done, asked again how it may be put."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from simulator.app.visuals import plain
from simulator.grading import open_slots
from simulator.language import _
from simulator.report import coaching
from simulator.session import Session


class HintBar(Static):
    """Hidden until asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="hint")
        self.session = session
        self._given = False

    def give(self) -> bool:
        """Show the next hint; whether it is a new one rather than an example of the last."""
        due = open_slots(self.session.call.transcript, self.session.call.role.book)
        trained = list(self.session.loaded.scenario.trains)
        text = coaching.hint(due, trained, example=self._given)
        self.update(Content.assemble((_("Tips") + "  ", "bold $focus"), plain(text)))
        self.display = True
        self._given = not self._given
        return self._given

    def clear(self) -> None:
        """No hint."""
        self.display = False
        self._given = False
