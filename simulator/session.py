"""A call being played: reading in the background, every turn kept before it is answered.

The app, the plain mode and the JSON mode all play through this.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import RLock

from simulator.call import Call, Exchange, begin, replay
from simulator.caller import Reply
from simulator.codebook import codebook
from simulator.grading import Scorecard, grade
from simulator.language import N_, ToldError
from simulator.reading import Reader, Reading, Topic
from simulator.scenario import Loaded, load_text
from simulator.settings import Mode
from simulator.store import Store, StoredCall, StoreError, keep_results

SEEDS = 10_000


@dataclass(frozen=True)
class Allows:
    """What a mode allows: a remark after each turn, hints, taking back."""

    remarks: bool
    hints: bool
    back: bool


MODES: dict[Mode, Allows] = {
    "coach": Allows(remarks=True, hints=True, back=True),
    "call": Allows(remarks=False, hints=True, back=True),
    "exam": Allows(remarks=False, hints=False, back=False),
}


class NotAllowedError(ToldError):
    """The mode of the call does not allow this."""


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


def load_stored(stored: StoredCall) -> Loaded:
    """The scenario as it read when a call was played. Raises SourceError."""
    return load_text(stored.scenario_text, stored.scenario, stored.scenario.rpartition("/")[0])


def topics_of(loaded: Loaded) -> tuple[Topic, ...]:
    """What may be asked about in a call; the same whatever the seed."""
    return begin(loaded, 0).role.topics


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

    mode: Mode = "call"
    hints: int = 0
    """How often the trainee has asked for help."""
    turns_back: int = 0
    """How many turns have been taken back."""
    draft: str = ""
    notes: str = ""
    seconds: int = 0
    """What lies beside the turns; also kept in the store, where there is one."""
    from_turn: int = 0
    """Of a new try: the turn where it parts from the call it came from; what was copied is not judged anew."""
    _unanswered: int = 0
    """The turn that was kept but could not be answered; it may be sent again, in other words."""
    _lock: RLock = field(default_factory=RLock, repr=False)
    """A screen may leave, end or take back while a thread reads: each step waits for the one before."""

    @classmethod
    def start(
        cls, loaded: Loaded, seed: int, reader: Reader, store: Store | None, mode: Mode = "call"
    ) -> Session:
        """A new call. The reader may still be loading."""
        return cls(loaded, seed, reader, store, begin(loaded, seed), mode=mode)

    @classmethod
    def resume(cls, stored: StoredCall, reader: Reader, store: Store) -> Session:
        """A stored call, played again up to its last turn; a turn sent but not answered is answered now.

        Raises:
            SourceError: the scenario it was played with cannot be used by this version.
            StoreError: the store failed.
        """
        loaded = load_stored(stored)
        answered = [exchange.reading for exchange in stored.exchanges]
        call = replay(loaded, stored.seed, answered)
        changed = _replies(call.exchanges) != _replies(stored.exchanges)
        session = cls(loaded, stored.seed, reader, store, call, stored.id, changed, stored.mode, stored.hints)
        session.from_turn, session.turns_back = stored.from_turn or 0, stored.taken_back
        session.draft, session.notes, session.seconds = stored.draft, stored.notes, stored.seconds
        if len(call.exchanges) < len(answered):
            store.taken_back(stored.id, len(call.exchanges))
        for turn, exchange in stored.turns[len(answered) :]:
            if exchange is None and not call.ended_by:
                session._answer(turn)
        return session

    @classmethod
    def retry(cls, stored: StoredCall, turn: int, reader: Reader, store: Store) -> Session:
        """A new call that is the stored one up to ``turn`` (from 1) and goes on from there; the old one stays.

        Raises:
            SourceError: the scenario it was played with cannot be used by this version.
            ValueError: the call has no such turn.
            StoreError: the store failed.
        """
        if not 1 <= turn <= len(stored.exchanges):
            raise ValueError(turn)
        loaded = load_stored(stored)
        kept = stored.exchanges[: turn - 1]
        call = replay(loaded, stored.seed, (exchange.reading for exchange in kept))
        changed = _replies(call.exchanges) != _replies(kept)
        mode: Mode = "call" if stored.mode == "exam" else stored.mode  # an exam takes nothing back
        number = store.begin(loaded, stored.seed, mode, (stored.id, turn))
        store.copied(number, call.exchanges)
        return cls(loaded, stored.seed, reader, store, call, number, changed, mode, from_turn=turn)

    @property
    def allows(self) -> Allows:
        """What the call's mode allows."""
        return MODES[self.mode]

    def keep(self) -> None:
        """Note the call in the store, if it is not there yet. Raises StoreError."""
        with self._lock:
            if self.store and self.call_id is None:
                self.call_id = self.store.begin(self.loaded, self.seed, self.mode)

    def aside(self, **values: str | int) -> None:
        """Keep what stands beside the turns: draft, notes, seconds, hints. Waits for no turn. Raises StoreError."""
        for name, value in values.items():
            setattr(self, name, value)
        if self.store and self.call_id is not None:
            self.store.aside(self.call_id, **values)

    def settle(self) -> None:
        """Wait until a turn that is being read has been answered and kept."""
        with self._lock:
            pass

    def say(self, turn: str) -> Call:
        """Send one handler turn: keep it, read it, let the caller answer, keep that, return the call.

        Raises:
            StoreError: it could not be kept; nothing was answered.
            ReaderMissingError: the reader could not be loaded.
        """
        turn = turn.encode("utf-8", "replace").decode("utf-8")  # a terminal may hand over broken bytes
        with self._lock:
            self.keep()
            number = len(self.call.exchanges) + 1
            if self.store and self.call_id is not None:
                self.store.sent(self.call_id, number, turn, again=self._unanswered == number)
            self._unanswered, self.draft = number, ""
            return self._answer(turn)

    def back(self, turns: int) -> Call:
        """Take back the last turns. Raises ValueError, StoreError, NotAllowedError."""
        if not self.allows.back:
            raise NotAllowedError(N_("I provläge går det inte att ta tillbaka turer."))
        with self._lock:
            call = self.call.back(turns)
            if self.store and self.call_id is not None:
                self.store.taken_back(self.call_id, len(call.exchanges))
            self.call, self._unanswered = call, 0
            self.turns_back += turns
            return call

    def finish(self) -> Call:
        """The handler ends the call."""
        with self._lock:
            self.call = self.call.finish()
            return self.call

    def abandon(self) -> Call:
        """The trainee leaves."""
        with self._lock:
            self.call = self.call.abandon()
            return self.call

    def card(self) -> Scorecard:
        """The grade of the call as it stands."""
        return grade(self.call.transcript, self.loaded.scenario, codebook())

    def close(self, card: Scorecard) -> None:
        """Keep how the call ended and what it showed.

        A call without a turn is not kept. One that was left counts for nothing: neither total nor results.
        One too short to judge keeps no results, and a new try only those of its own turns.

        Raises:
            StoreError: the store failed.
        """
        with self._lock:
            if self.store is None or self.call_id is None:
                return
            if not self.call.exchanges and not self._unanswered:
                self.store.erase(self.call_id)
                self.call_id = None
                return
            left = self.call.ended_by == "left"
            self.store.ended(self.call_id, self.call, None if left else card.total)
            if not left and card.why_none != "too-short":
                keep_results(self.store, self.call_id, card, self.from_turn)

    def grade(self) -> Scorecard:
        """Grade the call as it stands, and keep it (see ``close``). Raises StoreError."""
        card = self.card()
        self.close(card)
        return card

    def _answer(self, turn: str) -> Call:
        call = self.call.hear(self.call.read(turn, self.reader))
        if self.store and self.call_id is not None:
            self.store.answered(self.call_id, len(call.exchanges), call.exchanges[-1])
        self.call, self._unanswered = call, 0
        return call


def _replies(exchanges: Iterable[Exchange]) -> list[Reply]:
    return [exchange.reply for exchange in exchanges]


def reviewed(stored: StoredCall) -> tuple[Call, Scorecard]:
    """A stored call as it was played and read, graded.

    Raises:
        SourceError: the scenario it was played with cannot be used.
        StoreError: no turn of it was ever answered.
    """
    call, card = _graded(stored, stored.exchanges)
    if stored.ended_by == "handler":
        again = replay(
            load_stored(stored),
            stored.seed,
            (e.reading for e in stored.exchanges),
        )
        if not again.ended_by and _replies(again.exchanges) == _replies(stored.exchanges):
            call = replace(call, last_words=again.finish().last_words)
    return call, card


def regraded(stored: StoredCall, reader: Reader) -> tuple[Call, Scorecard]:
    """A stored call read again by this reader and graded; what the caller said stays as it was said.

    Raises:
        SourceError: the scenario it was played with cannot be used.
        StoreError: no turn of it was ever answered.
    """
    topics = topics_of(load_stored(stored))
    before, exchanges = "", []
    for exchange in stored.exchanges:
        reading = reader.read(exchange.reading.turn, before, topics)
        exchanges.append(replace(exchange, reading=reading))
        before = exchange.reply.text
    return _graded(stored, tuple(exchanges))


def _graded(stored: StoredCall, exchanges: tuple[Exchange, ...]) -> tuple[Call, Scorecard]:
    loaded = load_stored(stored)
    if not exchanges:
        raise StoreError(N_("Samtal {n} har inga turer att bedöma."), n=stored.id)
    call = begin(loaded, stored.seed)
    call = replace(call, exchanges=exchanges, ended_by=stored.ended_by, end_reason=stored.end_reason)
    return call, grade(call.transcript, loaded.scenario, codebook())
