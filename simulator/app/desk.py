"""What the app has at hand: scenarios, store, reader, settings and a clock. Knows nothing of the screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from simulator.language import N_
from simulator.settings import Mode, Settings, save, settings

if TYPE_CHECKING:
    from simulator.progress import Standing, Suggestion
    from simulator.reading import Reader, Topic
    from simulator.scenario import Loaded
    from simulator.session import Session
    from simulator.sourcefile import SourceError
    from simulator.store import CallSummary, Store, StoredCall


@dataclass
class Desk:
    """Scenarios, store and reader are made when the app asks for it, in threads of its own.

    ``load_reader``: makes the reader; a test gives a stand-in. ``clock``: seconds, for call time.
    ``seed``: a seed for every call, or None for a new one each time. ``guest``: nothing outlives the visit.
    """

    load_reader: Callable[[], Reader]
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = datetime.now
    seed: int | None = None
    guest: bool = False
    shelf: dict[str, Loaded] = field(default_factory=dict)
    broken: dict[str, SourceError] = field(default_factory=dict)
    store: Store | None = None
    _reader: Reader | None = None
    _loading: Lock = field(default_factory=Lock)

    @property
    def settings(self) -> Settings:
        """The user's choices."""
        return settings()

    def choose(self, **chosen: str) -> None:
        """Change settings and keep them, beside what another window has chosen. Raises SettingsError, ValueError."""
        settings.cache_clear()
        save(self.settings.with_(**chosen))

    # ---- what is loaded in the background -------------------------------------------------

    def read_shelf(self) -> None:
        """Load every scenario; of one with errors, what is wrong with it."""
        from simulator.scenario.library import load, scenario_files
        from simulator.sourcefile import SourceError

        for name, path in scenario_files().items():
            try:
                self.shelf[name] = load(path)
            except SourceError as error:
                self.broken[name] = error

    def open_store(self) -> None:
        """Open the store. Raises StoreError."""
        from simulator.store import Store

        self.store = Store()

    def store_aside(self) -> Path:
        """Move a damaged store out of the way, nothing deleted, and return where it now lies. Raises OSError."""
        from simulator.store import store_path

        path = store_path()
        self.store = None
        kept = path.with_name(f"{path.name}.{self.now():%Y%m%d-%H%M%S}")
        for ending in ("", "-wal", "-shm"):
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(kept.with_name(kept.name + ending))
        return kept

    def ready_reader(self, topics: Sequence[Topic]) -> Reader:
        """The reader, made ready for what may be asked in a call. Raises ReaderMissingError."""
        with self._loading:
            if self._reader is None:
                self._reader = self.load_reader()
            self._reader.read("hej", "", topics)
            return self._reader

    # ---- what has been played ---------------------------------------------------------------

    def calls(self) -> list[CallSummary]:
        """All kept calls, the latest first; none without a store. Raises StoreError."""
        return self.store.summaries() if self.store else []

    def standings(self) -> list[Standing]:
        """How the trainee stands with each strategy. Raises StoreError."""
        from simulator.progress import by_strategy
        from simulator.store import results

        return by_strategy(results(self.store)) if self.store else []

    def suggestion(self, calls: Sequence[CallSummary]) -> Suggestion | None:
        """What to practise next. Raises StoreError."""
        from simulator.codebook import codebook
        from simulator.language import language
        from simulator.progress import Known, suggest

        shelf = [
            Known(name, one.scenario.level, tuple(one.scenario.trains)) for name, one in self.shelf.items()
        ]
        return suggest(shelf, calls, self.standings(), codebook(), language())

    # ---- calls ------------------------------------------------------------------------------

    def new_call(self, loaded: Loaded, reader: Reader, mode: Mode) -> Session:
        """A call about to be answered."""
        from simulator.session import Session, some_seed

        seed = some_seed() if self.seed is None else self.seed
        return Session.start(loaded, seed, reader, self.store, mode)

    def kept(self, call_id: int) -> tuple[StoredCall, Store]:
        """One kept call, and the store it is in. Raises StoreError, also where it is no longer there."""
        from simulator.store import StoreError

        found = self.store.call(call_id) if self.store else None
        if found is None or self.store is None:
            raise StoreError(N_("Samtal {n} finns inte längre."), n=call_id)
        return found, self.store
