"""Playing a scenario with scripted handlers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from simulator.call import Call, begin
from simulator.codebook import codebook
from simulator.grading import Scorecard, grade
from simulator.reading import Reader, Reading, Topic
from simulator.scenario import Loaded
from simulator.trying.handlers import Handler
from simulator.trying.handling import Handling, Said


@dataclass(frozen=True)
class Trial:
    """One call played by a scripted handler."""

    handler: str
    seed: int
    call: Call
    card: Scorecard


Words = Callable[[Said], str]


def try_out(
    loaded: Loaded,
    handlers: Iterable[Handler],
    seeds: Iterable[int],
    reader: Reader,
    words: Words = lambda said: said.text,
) -> Iterator[Trial]:
    """Play the scenario once for each handler and seed.

    ``words``: what of a turn is given to the reader; a stand-in for the reader may want the coding along.
    """
    seeds = list(seeds)
    remembering = _Remembering(reader)
    for handler in handlers:
        for seed in seeds:
            handling = Handling(handler, seed)
            call = begin(loaded, seed)
            while not call.ended_by:
                turn = None if handling.done else handling.next(call)
                call = call.hear(call.read(words(turn), remembering)) if turn else call.finish()
            yield Trial(handler.id, seed, call, grade(call.transcript, loaded.scenario, codebook()))


class _Remembering:
    """A reader that reads the same turn in the same place once only: trials say the same things often."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._read: dict[tuple[str, str, tuple[Topic, ...]], Reading] = {}

    @property
    def version(self) -> str:
        return self._reader.version

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        key = (turn, before, tuple(topics))
        if key not in self._read:
            self._read[key] = self._reader.read(turn, before, key[2])
        return self._read[key]
