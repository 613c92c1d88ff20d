"""A call being played: reading in the background, every turn kept before it is answered.

The terminal, the JSON mode and whatever screens come later all play through this.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from simulator.call import Call, begin, replay
from simulator.codebook import codebook
from simulator.grading import Scorecard, grade
from simulator.language import N_
from simulator.reading import Reader, Reading, Topic
from simulator.scenario import Loaded, load_text
from simulator.store import Store, StoredCall, StoreError

SEEDS = 10_000


class WaitingReader:
    """A reader that loads in the background while the case file is read."""

    def __init__(self, load: Callable[[], Reader], warm_up: Callable[[Reader], object] | None = None) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._reader: Future[Reader] = pool.submit(self._load, load, warm_up)
        pool.shutdown(wait=False)

    @staticmethod
    def _load(load: Callable[[], Reader], warm_up: Callable[[Reader], object] | None) -> Reader:
        reader = load()
        if warm_up:
            warm_up(reader)
        return reader

    @property
    def version(self) -> str:
        """The loaded reader's version; waits for it. Raises whatever loading raised."""
        return self._reader.result().version

    def read(self, turn: str, before: str, topics: Iterable[Topic] = ()) -> Reading:
        """Read a turn, once loaded."""
        return self._reader.result().read(turn, before, topics)


def load_reader() -> Reader:
    """The shipped reader. Raises ReaderMissingError."""
    from simulator.reading.reader import TrainedReader
    from simulator.shipped_files import shipped

    return TrainedReader(shipped("reader"))


def some_seed() -> int:
    """A seed for a call nobody asked to be a certain one."""
    return random.SystemRandom().randrange(1, SEEDS)


@dataclass
class Session:
    """One call in play. ``store`` None: nothing is kept."""

    loaded: Loaded
    seed: int
    reader: Reader
    store: Store | None
    call: Call
    call_id: int | None = None
    changed: bool = False
    """Whether a resumed call plays otherwise than it did, because the program has changed since."""

    @classmethod
    def start(cls, loaded: Loaded, seed: int, reader: Reader, store: Store | None) -> Session:
        """A new call. The reader may still be loading. Raises StoreError."""
        return cls(loaded, seed, reader, store, begin(loaded, seed))

    @classmethod
    def resume(cls, stored: StoredCall, reader: Reader, store: Store) -> Session:
        """A stored call, played again up to its last turn; a turn sent but not answered is answered now.

        Raises:
            SourceError: the scenario it was played with cannot be used by this version.
            StoreError: the store failed.
        """
        loaded = load_text(stored.scenario_text, stored.scenario)
        answered = [exchange.reading for _, exchange in stored.turns if exchange]
        call = replay(loaded, stored.seed, answered)
        said = [exchange.reply for _, exchange in stored.turns if exchange]
        changed = [exchange.reply for exchange in call.exchanges] != said
        session = cls(loaded, stored.seed, reader, store, call, stored.id, changed)
        if len(call.exchanges) < len(answered):
            store.taken_back(stored.id, len(call.exchanges))
        for turn, exchange in stored.turns[len(answered) :]:
            if exchange is None and not call.ended_by:
                session._answer(turn)
        return session

    def say(self, turn: str) -> Call:
        """Send one handler turn: keep it, read it, let the caller answer, keep that, return the call.

        Raises:
            StoreError: it could not be kept; nothing was answered.
            ReaderMissingError: the reader could not be loaded.
        """
        turn = turn.encode("utf-8", "replace").decode("utf-8")  # a terminal may hand over broken bytes
        if self.store and self.call_id is None:
            self.call_id = self.store.begin(self.loaded, self.seed, self.reader.version)
        if self.store and self.call_id is not None:
            self.store.sent(self.call_id, len(self.call.exchanges) + 1, turn)
        return self._answer(turn)

    def back(self, turns: int) -> Call:
        """Take back the last turns. Raises ValueError, StoreError."""
        call = self.call.back(turns)
        if self.store and self.call_id is not None:
            self.store.taken_back(self.call_id, len(call.exchanges))
        self.call = call
        return call

    def finish(self) -> Call:
        """The handler ends the call."""
        self.call = self.call.finish()
        return self.call

    def abandon(self) -> Call:
        """The trainee leaves."""
        self.call = self.call.abandon()
        return self.call

    def grade(self) -> Scorecard:
        """Grade the call as it stands, and keep how it ended."""
        card = grade(self.call.transcript, self.loaded.scenario, codebook())
        if self.store and self.call_id is not None:
            self.store.ended(self.call_id, self.call, card.total)
        return card

    def _answer(self, turn: str) -> Call:
        self.call = self.call.hear(self.call.read(turn, self.reader))
        if self.store and self.call_id is not None:
            self.store.answered(self.call_id, len(self.call.exchanges), self.call.exchanges[-1])
        return self.call


def regraded(stored: StoredCall, reader: Reader) -> tuple[Call, Scorecard]:
    """A stored call read again by this reader and graded; what the caller said stays as it was said.

    Raises:
        SourceError: the scenario it was played with cannot be used.
        StoreError: no turn of it was ever answered.
    """
    loaded = load_text(stored.scenario_text, stored.scenario)
    kept = [exchange for _, exchange in stored.turns if exchange]
    if not kept:
        raise StoreError(N_("Samtal {n} har inga turer att bedöma."), n=stored.id)
    call = begin(loaded, stored.seed)
    before, exchanges = "", []
    for exchange in kept:
        reading = reader.read(exchange.reading.turn, before, call.role.topics)
        exchanges.append(replace(exchange, reading=reading))
        before = exchange.reply.text
    call = replace(call, exchanges=tuple(exchanges), ended_by=stored.ended_by, end_reason=stored.end_reason)
    return call, grade(call.transcript, loaded.scenario, codebook())
