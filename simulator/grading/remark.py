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
    """The strategies whose slot the caller has opened and which are still to be done, the latest opened first."""
    exchanges = transcript.exchanges
    found: dict[str, Strategy] = {}
    for n in range(len(exchanges), 0, -1):
        due = [book.strategies[name] for name in book.slots(exchanges[n - 1].reply.acts)]
        since = exchanges[n:]
        for strategy in due:
            done = any(exchange.reading.has(*strategy.met_by) for exchange in since)
            if len(since) < strategy.slot.within and not done:
                found.setdefault(strategy.id, strategy)
    return tuple(found.values())
