"""The database file: opened, brought up to date, and every failure turned into a plain message."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from simulator.language import N_, ToldError
from simulator.settings import settings
from simulator.store.tables import HEAD

BUSY_MS = 10_000
"""How long one terminal waits for another's write."""


class StoreError(ToldError):
    """The store cannot be used. ``damaged``: the file itself is at fault, and trying again will not help."""

    damaged = False


def store_path() -> Path:
    """The database: ``SAMTAL_STORE``, else the place chosen in the settings, else the user's data folder.

    A place is a folder, or a file ending in .db.
    """
    given = os.environ.get("SAMTAL_STORE") or settings().store
    if given:
        path = Path(given).expanduser()
        return path if path.suffix == ".db" else path / "samtal.db"
    return user_data_path("samtal", appauthor=False) / "samtal.db"


class Database:
    """The user's own SQLite file. ``Store`` says what is kept in it."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store and bring its schema up to date. Raises StoreError."""
        self.path = path or store_path()
        with self.told():
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                template = N_("Mappen {folder} går inte att skapa ({why}). Välj en annan med SAMTAL_STORE.")
                raise StoreError(template, folder=self.path.parent, why=error.strerror) from error
            self.engine = _engine(self.path)
            self._migrate()

    def tidy(self) -> None:
        """Write the file anew, so that nothing of what was deleted is left in it."""
        with self.told():
            raw = self.engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM")
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction, its failures told. Raises StoreError."""
        with self.told(), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database says into something a person can act on."""
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            said = str(getattr(error, "orig", error))
            told = StoreError(_explained(said.lower()), path=self.path, why=said)
            told.damaged = any(word in said.lower() for word in DAMAGED)
            raise told from error

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
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
        with self.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def now() -> datetime:
    """The time to keep: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


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


DAMAGED = ("not a database", "malformed", "corrupt")
_SAID = {
    ("full",): N_("Disken är full: {path} kan inte skrivas. Frigör plats eller kör med --no-store."),
    ("readonly", "read-only", "permission"): N_(
        "{path} går inte att skriva i. Välj en annan plats med SAMTAL_STORE, eller --no-store."
    ),
    ("unable to open",): N_(
        "{path} går inte att öppna. Välj en annan plats med SAMTAL_STORE, eller --no-store."
    ),
    ("locked", "busy"): N_("{path} är upptagen av ett annat fönster. Försök igen om en stund."),
    DAMAGED: N_(
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
