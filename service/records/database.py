"""The database of the records: SQLite in the data home, or PostgreSQL by its URL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from rag.errors import InputError, LibraryProblem
from service.records.schema import HEAD

_WAIT_SECONDS = 20


@dataclass
class Database:
    """One database of records; it is made, and migrated, when it is first written to."""

    url: str
    """As SQLAlchemy takes it; it may hold a password, so it is never shown."""
    file: Path | None = None
    """The file of an SQLite database; None on a server."""
    _migrating: Lock = field(default_factory=Lock, repr=False)
    _ready: bool = field(default=False, repr=False)

    @classmethod
    def in_file(cls, file: Path) -> Database:
        """An SQLite database in a file."""
        return cls(f"sqlite:///{file.absolute()}", file.absolute())

    @classmethod
    def at(cls, url: str) -> Database:
        """The database at a URL: `postgresql://…` or `sqlite:///PATH`.

        Raises:
            InputError: it is no such URL; what was given isn't repeated, for it may hold a password.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise InputError(
                "VOUCH_RECORDS_URL is no URL; give it as postgresql://USER@HOST/DATABASE"
            ) from error
        match parsed.get_backend_name():
            case "sqlite" if parsed.database:
                return cls(url, Path(parsed.database).absolute())
            case "postgresql":
                return cls(parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
            case other:
                raise InputError(
                    f"VOUCH_RECORDS_URL names {other!r}; records are kept in postgresql or sqlite"
                )

    @property
    def exists(self) -> bool:
        """Whether there may be records; a server is taken to have some."""
        return self.file is None or self.file.is_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the records for as long as the block lasts.

        Raises:
            LibraryProblem: the records can't be read.
        """
        with self._translated():
            self._migrate()
            with self._engine.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: what the block did is kept as a whole, or nothing of it.

        Raises:
            LibraryProblem: the records can't be written.
        """
        with self._translated():
            self._migrate()
            engine = self._engine.execution_options(writes=True)
            with engine.connect() as connection, connection.begin():
                yield connection

    def sweep(self) -> None:
        """Write the database anew without what was deleted, so that no file of it holds that any more."""
        with self._translated(), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT", alone=True)
            alone.execute(text("VACUUM"))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        if self.file is None:
            return create_engine(self.url, pool_pre_ping=True, hide_parameters=True)
        engine = create_engine(
            self.url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": _WAIT_SECONDS}
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def _migrate(self) -> None:
        with self._migrating:
            if not self._ready:
                self._make_file()
                writing = self._engine.execution_options(writes=True)
                with writing.connect() as connection, connection.begin():
                    migrate(connection)
                self._ready = True

    def _make_file(self) -> None:
        if self.file is not None:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            # Questions may be private: the file is for its owner alone, from its first byte.
            os.close(os.open(self.file, os.O_CREAT | os.O_RDWR, 0o600))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise LibraryProblem(
                f"the records in {self._place} can't be used: {error.orig}; check the database and the disk"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            raise LibraryProblem(
                f"the records in {self._place} can't be used: {error}; check the database and the disk"
            ) from error

    @property
    def _place(self) -> str:
        return str(self.file) if self.file else "PostgreSQL"


def migrate(connection: Connection, target: str = HEAD) -> None:
    """Bring the tables to a migration; a database that is there already costs one look.

    Raises:
        LibraryProblem: it was made by a newer version of the program.
    """
    known = _version(connection)
    if known == target:
        return
    if known is not None and known > target:
        raise LibraryProblem(
            f"the records are at migration {known}, this version knows {target}; use the newer version of Vouch"
        )
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(20261124)"))  # one migrates, the others wait
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its key is there; whether it was inserted."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return (
            connection.execute(sqlite.insert(table).values(**values).on_conflict_do_nothing()).rowcount == 1
        )
    from sqlalchemy.dialects import postgresql

    return (
        connection.execute(postgresql.insert(table).values(**values).on_conflict_do_nothing()).rowcount == 1
    )


def _version(connection: Connection) -> str | None:
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _prepare(connection: Any, _record: Any) -> None:
    """Set up a new connection to SQLite.

    A rollback journal and not a write-ahead log: the log of the SQLite that some Pythons link (before
    3.51.3) can lose a commit where two processes write, and deleted words would stay in it.
    """
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in ("journal_mode = DELETE", "secure_delete = ON", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("alone"):
        # A writer takes its lock at once: two that read first and then write would each wait for the other.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
