"""The call as it is written down: numbered turns, speech that grows word by word, remarks that unfold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.app.visuals import GAP, Hanging, Stack, labelled, plain
from simulator.app.widgets.rows import Rows
from simulator.call import Call
from simulator.grading import remark
from simulator.report import coaching
from simulator.report.coaching import SIGNS

STYLES = {"broken": "$bad", "missed": "$warn", "met": "$good", "unsure": "$quiet", "": "$quiet"}
NUMBER = 4
"""Cells for a turn's number."""


@dataclass(frozen=True)
class Note:
    """A remark on a turn: its outcome, one line, and (label, text) pairs to unfold."""

    outcome: str
    line: str
    details: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, call: Call, turn: int) -> Note:
        """The remark on a turn of a call."""
        book, pronoun = call.role.book, call.role.scenario.caller.pronoun
        found = remark(call.transcript, turn, book)
        outcome, line = coaching.headline(found, book, pronoun)
        return cls(outcome, line, coaching.details(found, book, pronoun))


class Transcript(Rows):
    """One option a turn. Options keep their place, so two hundred turns scroll like five."""

    class TurnChosen(Message):
        """Enter or a click on one of the handler's turns (number from 1)."""

        def __init__(self, turn: int) -> None:
            self.turn = turn
            super().__init__()

    def __init__(self, caller: str, handler: str) -> None:
        super().__init__(id="transcript", markup=False)
        self.caller, self.handler = caller, handler
        self.indent = NUMBER + max(len(caller), len(handler)) + 2
        self._said: dict[int, str] = {}
        self._notes: dict[int, Note] = {}
        self._unfolded: set[int] = set()

    # ---- writing down ------------------------------------------------------------------------

    def retell(self, call: Call, *, remarks: bool) -> None:
        """All that has been said in a call taken up again."""
        for n, exchange in enumerate(call.exchanges, 1):
            self.handler_says(n, exchange.reading.turn)
            if remarks:
                self.remark(n, Note.of(call, n))
            self.caller_says(n, exchange.reply.text)

    def handler_says(self, turn: int, words: str) -> None:
        """The handler's turn."""
        self._said[turn] = words
        self.add_option(Option(self._handler_turn(turn), id=f"h{turn}"))
        self.follow()

    def caller_says(self, turn: int, words: str, *, done: bool = True, extra: str = "") -> None:
        """The caller's turn, as far as it has been said; more words replace what stood there.

        ``extra`` tells apart words said after her turn ``turn`` (her last words).
        """
        label = self._label(turn, self.caller, "bold $caller")
        body = plain(words) if done else Content.assemble(plain(words), (" ▍", "$caller"))
        self._put(f"c{turn}{extra}", Stack([Hanging(label, body, self.indent), GAP]))

    def about_to_speak(self, turn: int) -> None:
        """A quiet sign that she is about to say something."""
        label = self._label(turn, self.caller, "bold $caller")
        self._put(f"c{turn}", Hanging(label, plain("· · ·", "$quiet"), self.indent))

    def remark(self, turn: int, note: Note) -> None:
        """A remark beneath a handler turn."""
        self._notes[turn] = note
        self._put(f"h{turn}", self._handler_turn(turn))

    def unfold(self, turn: int) -> None:
        """Show or hide what a turn's remark rests on."""
        if turn in self._notes:
            self._unfolded ^= {turn}
            self._put(f"h{turn}", self._handler_turn(turn), follow=False)
            self.highlighted = self.get_option_index(f"h{turn}")
            if turn == max(self._said):
                self.follow()
            else:
                self.scroll_to_highlight()

    def keep(self, turns: int) -> None:
        """Take away all turns after the first so many."""
        for option in list(self.options):
            if (option.id and int(option.id[1:].rstrip("x")) > turns) or (option.id or "").endswith("x"):
                self.remove_option(option.id or "")
        for turn in [n for n in self._said if n > turns]:
            del self._said[turn]
            self._notes.pop(turn, None)
            self._unfolded.discard(turn)

    def follow(self) -> None:
        """Keep the latest words in sight."""
        self.call_after_refresh(self.scroll_end, animate=False)

    # ---- inside ------------------------------------------------------------------------------

    def _put(self, name: str, visual: Visual, *, follow: bool = True) -> None:
        if name in self._id_to_option:
            self.replace_option_prompt(name, visual)
        else:
            self.add_option(Option(visual, id=name))
        if follow:
            self.follow()

    def _label(self, turn: int, who: str, style: str) -> Content:
        return Content.assemble((f"{turn:>{NUMBER - 1}} ", "$quiet"), (who, style))

    def _handler_turn(self, turn: int) -> Visual:
        said = Hanging(self._label(turn, self.handler, "bold $focus"), plain(self._said[turn]), self.indent)
        note = self._notes.get(turn)
        if note is None:
            return said
        style = STYLES[note.outcome]
        unfolded = turn in self._unfolded
        fold = "▾" if unfolded else "▸"
        line = Content.assemble((f"{fold} ", "$quiet"), (f"{SIGNS[note.outcome]} {note.line}", style))
        parts: list[Visual] = [said, Hanging("", line, self.indent)]
        if unfolded:
            parts += labelled(note.details, self.indent)
        return Stack(parts)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A turn was chosen: the handler's own are told of, the caller's are not choices."""
        event.stop()
        if event.option_id and event.option_id.startswith("h"):
            self.post_message(self.TurnChosen(int(event.option_id[1:])))
