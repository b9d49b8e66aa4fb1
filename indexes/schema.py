"""The tables of the library, and how its database is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexes import attributes, currency_notices, recognition_records
from rag.errors import LibraryDamaged, LibraryProblem

FORMAT = 3
DATABASE = "library.db"

# A row with a vector of 384 numbers takes 800 bytes: ten fill such a page, five leave a gap in a smaller one.
_PAGE_BYTES = 8192
# The write-ahead log is cut back to this once a batch is in the database.
_LOG_BYTES = 64_000_000

# Texts of passages are as `indexes.packing` has them, sections as `indexes.sections`.
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- One row for each generation (0 is the empty library). Its token names the caches made for it.
CREATE TABLE generations (
    generation INTEGER PRIMARY KEY, token TEXT NOT NULL, made_at TEXT NOT NULL,
    documents INTEGER NOT NULL, passages INTEGER NOT NULL
);

-- AUTOINCREMENT, so that a number is never used twice.
CREATE TABLE documents (
    num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL COLLATE NOCASE UNIQUE,
    title TEXT NOT NULL, body TEXT NOT NULL, sections BLOB NOT NULL, content TEXT NOT NULL,
    status TEXT NOT NULL, design TEXT NOT NULL, year INTEGER, published TEXT
);
CREATE INDEX documents_year ON documents (year);

-- Every id of a document, its main one included. DOIs don't tell upper from lower case.
CREATE TABLE aliases (
    alias TEXT COLLATE NOCASE PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX aliases_document ON aliases (document);

CREATE TABLE links (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, kind TEXT NOT NULL,
    target TEXT NOT NULL COLLATE NOCASE
);
CREATE INDEX links_document ON links (document);
CREATE INDEX links_target ON links (target);

CREATE TABLE passages (
    num INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    section TEXT NOT NULL, text BLOB NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, page INTEGER,
    vector BLOB NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE INDEX passages_vector ON passages (vector);

-- By content, so that no text is embedded twice. The numbers are as `indexes.packing` has them.
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL);

CREATE TABLE ledger (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT,
    attempts INTEGER NOT NULL, generation INTEGER NOT NULL
) WITHOUT ROWID;

-- Which documents an input brought.
CREATE TABLE brought (
    path TEXT NOT NULL REFERENCES ledger ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (path, document)
) WITHOUT ROWID;
CREATE INDEX brought_document ON brought (document);
"""


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """The one writing connection; the caller holds the writer's lock. Makes the tables of a new library."""
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None, timeout=30.0)
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")  # heeded in a new database alone
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        with transaction(connection):
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO meta VALUES ('format', ?)", (str(FORMAT),))
            connection.execute("INSERT INTO generations VALUES (0, '', '', 0, 0)")
    check_format(connection, folder)
    currency_notices.create(connection)
    recognition_records.create(connection)
    with transaction(connection):
        attributes.create(connection)
    return connection


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """A connection that can't write and so never checkpoints either."""
    path = folder / DATABASE
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=30.0, check_same_thread=False
    )
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(f"{DATABASE}-wal").exists():
            raise
        # In a folder that can't be written SQLite can't make the files that WAL needs; nor can anyone write.
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    return connection


def check_format(connection: sqlite3.Connection, folder: Path) -> None:
    """Refuse a library of another format.

    Raises:
        LibraryProblem: it was made by another version of the program.
    """
    found = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if found is None or found[0] != str(FORMAT):
        raise LibraryProblem(
            f"the library {folder} has format {found[0] if found else 'unknown'!r}, this version reads "
            f"{FORMAT}; index the inputs anew into an empty home (set VOUCH_HOME)"
        )


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Commit what the block did, or nothing of it."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def translated_errors(folder: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LibraryProblem(
            f"the library {folder} can't be used at present: {error}; "
            "check free disk space and permissions, then try again"
        ) from error
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(
            f"the library {folder} is damaged: {error}; restore {DATABASE} from a backup, "
            "or remove the folder and index the inputs anew with: vouch index PATH"
        ) from error
    except OSError as error:
        raise LibraryProblem(
            f"the library {folder} can't be written or read: {error}; "
            "check free disk space and permissions, then try again"
        ) from error
