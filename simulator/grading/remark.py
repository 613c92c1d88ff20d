"""While a call goes on: what one turn did, and what is due next. Same slots and same reading as the score."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.call import Exchange, Transcript
from simulator.codebook import Codebook, Strategy
from simulator.grading.opportunities import opportunities
from simulator.grading.scorecard import Judged, consequences

ORDER = ("broken", "missed", "met", "unsure")
"""Which outcome a trainee is told of first."""


@dataclass(frozen=True)
class Remark:
    """One handler turn (number from 1): the exchange, and the opportunities that this turn settled."""

    turn: int
    exchange: Exchange
    judged: tuple[Judged, ...]

    def first(self, outcome: str) -> Judged | None:
        """The first opportunity with this outcome."""
        return next((j for j in self.judged if j.opportunity.outcome == outcome), None)


def remark(transcript: Transcript, turn: int, book: Codebook) -> Remark:
    """What a turn did, as known when it had been answered.

    An opportunity is missed only once its last turn has gone by, so that nobody is blamed for a slot still open.

    Raises:
        IndexError: there is no such turn.
    """
    exchange = transcript.exchanges[turn - 1]
    so_far = Transcript(transcript.exchanges[:turn])
    settled = [
        consequences(found, so_far)
        for found in opportunities(so_far, book)
        if (found.until == turn if found.outcome == "missed" else found.turn == turn and found.move)
    ]
    settled.sort(key=lambda judged: ORDER.index(judged.opportunity.outcome))
    return Remark(turn, exchange, tuple(settled))


def open_slots(transcript: Transcript, book: Codebook) -> tuple[Strategy, ...]:
    """The strategies whose slot the caller has opened and which can still be met, the latest opened first.

    Found by the scorecard's own rule: what would be missed if the call ended now, but need not be.
    """
    length = len(transcript.exchanges)
    if_ended_now = Transcript(transcript.exchanges, "handler")
    due = [
        found
        for found in opportunities(if_ended_now, book)
        if book.strategies[found.strategy].slot.after
        and found.outcome == "missed"
        and not found.repeated
        and (found.until > length or (found.until == 0 and found.turn == length))
    ]
    due.sort(key=lambda found: -found.turn)
    return tuple(book.strategies[name] for name in dict.fromkeys(found.strategy for found in due))
