"""The store: every turn on disk before it is answered, every failure a plain message."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, create_engine, delete, event, inspect, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from simulator.call import Call, EndedBy, Exchange
from simulator.language import N_, ToldError
from simulator.scenario import Loaded
from simulator.store.tables import HEAD, CallRow, ExchangeRow, ScenarioText

BUSY_MS = 10_000
"""How long one terminal waits for another's write."""


class StoreError(ToldError):
    """The store cannot be used."""


@dataclass(frozen=True)
class StoredCall:
    """A call as kept: enough to list it, and to play or grade it again.

    ``turns``: each handler turn with its exchange, or None for a turn that was sent but not answered.
    """

    id: int
    scenario: str
    scenario_text: str
    seed: int
    reader: str
    begun: datetime
    ended_by: EndedBy
    end_reason: str
    total: int | None
    turns: tuple[tuple[str, Exchange | None], ...]


def store_path() -> Path:
    """The database: ``SAMTAL_STORE`` (a folder, or a file ending in .db), else the user's data folder."""
    given = os.environ.get("SAMTAL_STORE")
    if given:
        path = Path(given).expanduser()
        return path if path.suffix == ".db" else path / "samtal.db"
    return user_data_path("samtal", appauthor=False) / "samtal.db"


class Store:
    """Calls on disk. Each method is one transaction."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store and bring its schema up to date. Raises StoreError."""
        self.path = path or store_path()
        with self._told():
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                template = N_("Mappen {folder} går inte att skapa ({why}). Välj en annan med SAMTAL_STORE.")
                raise StoreError(template, folder=self.path.parent, why=error.strerror) from error
            self._engine = _engine(self.path)
            self._migrate()

    def begin(self, loaded: Loaded, seed: int, reader: str) -> int:
        """Note a call about to be played; returns its number."""
        now = _now()
        with self._session() as session:
            text_row = insert(ScenarioText).values(digest=loaded.digest, text=loaded.text)
            session.execute(text_row.on_conflict_do_nothing())
            row = CallRow(
                scenario=loaded.scenario.id,
                digest=loaded.digest,
                seed=seed,
                reader=reader,
                begun=now,
                touched=now,
                ended_by="",
                end_reason="",
            )
            session.add(row)
            session.flush()
            return row.id

    def sent(self, call_id: int, n: int, turn: str) -> None:
        """Keep a turn as it is sent, before it is read or answered.

        Raises:
            StoreError: the same call went on in another window, besides what can go wrong with a disk.
        """
        with self._told():
            try:
                with Session(self._engine) as session, session.begin():
                    session.add(ExchangeRow(call_id=call_id, n=n, turn=turn, data=None))
                    where = CallRow.id == call_id
                    session.execute(update(CallRow).where(where).values(touched=_now()))
            except IntegrityError as error:
                raise StoreError(
                    N_("Samtal {n} har gått vidare eller tagits bort i ett annat fönster."), n=call_id
                ) from error

    def answered(self, call_id: int, n: int, exchange: Exchange) -> None:
        """Keep what a turn led to, before it is shown."""
        with self._session() as session:
            where = (ExchangeRow.call_id == call_id, ExchangeRow.n == n)
            session.execute(update(ExchangeRow).where(*where).values(data=exchange.as_data()))

    def taken_back(self, call_id: int, kept: int) -> None:
        """Drop the turns after the first ``kept``, and the ending with them."""
        with self._session() as session:
            where = (ExchangeRow.call_id == call_id, ExchangeRow.n > kept)
            session.execute(delete(ExchangeRow).where(*where))
            values = {"ended_by": "", "end_reason": "", "total": None, "touched": _now()}
            session.execute(update(CallRow).where(CallRow.id == call_id).values(**values))

    def ended(self, call_id: int, call: Call, total: int | None) -> None:
        """Keep how a call ended and its total."""
        with self._session() as session:
            values = {"ended_by": call.ended_by, "end_reason": call.end_reason, "total": total}
            session.execute(update(CallRow).where(CallRow.id == call_id).values(**values, touched=_now()))

    def calls(self) -> list[StoredCall]:
        """All calls, the latest first."""
        with self._session() as session:
            rows = session.scalars(select(CallRow).order_by(CallRow.touched.desc(), CallRow.id.desc()))
            return [_stored(session, row) for row in rows]

    def call(self, call_id: int) -> StoredCall | None:
        """One call, or None."""
        with self._session() as session:
            row = session.get(CallRow, call_id)
            return _stored(session, row) if row else None

    def erase(self, call_id: int | None = None) -> int:
        """Delete one call, or all; returns how many. What was deleted is overwritten on disk."""
        with self._session() as session:
            query = delete(CallRow) if call_id is None else delete(CallRow).where(CallRow.id == call_id)
            count = session.execute(query.returning(CallRow.id)).all()
            used = select(CallRow.digest)
            session.execute(delete(ScenarioText).where(ScenarioText.digest.not_in(used)))
        with self._told():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM")
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()
        return len(count)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._told(), Session(self._engine) as session, session.begin():
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database says into something a person can act on."""
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            said = str(getattr(error, "orig", error))
            raise StoreError(_explained(said.lower()), path=self.path, why=said) from error

    def _migrate(self) -> None:
        with self._engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            version = None
            if "alembic_version" in tables:
                version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if version == HEAD:
            return
        if version is not None and version > HEAD:
            template = N_(
                "{path} är skriven av en nyare version av Samtal (schema {version}). Uppdatera Samtal."
            )
            raise StoreError(template, path=self.path, version=version)
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _set_up(raw: sqlite3.Connection, _record: object) -> None:
        # transactions are begun below, as writers, so that none has to be upgraded
        raw.isolation_level = None
        _patiently(raw, "PRAGMA journal_mode=WAL")
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _patiently(raw: sqlite3.Connection, statement: str) -> None:
    """Changing the journal mode does not wait for other windows by itself."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            raw.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


_SAID = {
    ("full",): N_("Disken är full: {path} kan inte skrivas. Frigör plats eller kör med --no-store."),
    ("readonly", "read-only", "permission"): N_(
        "{path} går inte att skriva i. Välj en annan plats med SAMTAL_STORE, eller --no-store."
    ),
    ("unable to open",): N_(
        "{path} går inte att öppna. Välj en annan plats med SAMTAL_STORE, eller --no-store."
    ),
    ("locked", "busy"): N_("{path} är upptagen av ett annat fönster. Försök igen om en stund."),
    ("not a database", "malformed", "corrupt"): N_(
        "{path} är skadad och går inte att läsa. Flytta undan filen (den skrivs inte över), "
        "eller välj en annan plats med SAMTAL_STORE."
    ),
}


def _explained(said: str) -> str:
    """SQLite's own words as something a person can act on."""
    for words, template in _SAID.items():
        if any(word in said for word in words):
            return template
    return N_("{path} går inte att använda: {why}")


def _stored(session: Session, row: CallRow) -> StoredCall:
    scenario = session.get(ScenarioText, row.digest)
    turns = tuple(
        (e.turn, Exchange.from_data(e.turn, e.data) if e.data is not None else None) for e in row.exchanges
    )
    return StoredCall(
        row.id,
        row.scenario,
        scenario.text if scenario else "",
        row.seed,
        row.reader,
        row.begun,
        cast(EndedBy, row.ended_by),
        row.end_reason,
        row.total,
        turns,
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
