"""The ledger: what became of every input."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FileState(StrEnum):
    """What became of an input."""

    INDEXED = "indexed"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    QUARANTINED = "quarantined"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one input, and why."""

    path: str
    state: FileState
    reason: str | None = None
    attempts: int = 1
    """How many times it was read since it last changed."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that it brought."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What became of all inputs of a batch."""

    files: tuple[FileReport, ...]
    passages: int
    """Passages added."""
    seconds: float
    generation: int
    """The library's generation after the batch."""

    @property
    def inputs(self) -> int:
        """Number of inputs; the states add up to it."""
        return len(self.files)

    @property
    def indexed(self) -> int:
        """Inputs that brought new documents."""
        return self.count(FileState.INDEXED)

    @property
    def revised(self) -> int:
        """Inputs that changed or removed documents."""
        return self.count(FileState.REVISED)

    @property
    def unchanged(self) -> int:
        """Inputs with nothing new."""
        return self.count(FileState.UNCHANGED)

    @property
    def quarantined(self) -> int:
        """Inputs that can't be read."""
        return self.count(FileState.QUARANTINED)

    @property
    def excluded(self) -> int:
        """Inputs of which no document can be evidence."""
        return self.count(FileState.EXCLUDED)

    def count(self, state: FileState) -> int:
        """Number of inputs in a state."""
        return sum(report.state is state for report in self.files)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What the ledger holds of one input."""

    path: str
    sha256: str
    size: int
    state: FileState
    reason: str | None
    attempts: int


def find(connection: sqlite3.Connection, path: str) -> LedgerRow | None:
    """The row of an input; None where it was never read."""
    query = "SELECT path, sha256, size, state, reason, attempts FROM ledger WHERE path = ?"
    row = connection.execute(query, (path,)).fetchone()
    return _row(row) if row else None


def all_rows(connection: sqlite3.Connection) -> Mapping[str, LedgerRow]:
    """The rows of all inputs that were ever read, by path."""
    query = "SELECT path, sha256, size, state, reason, attempts FROM ledger"
    return {row[0]: _row(row) for row in connection.execute(query)}


def record(connection: sqlite3.Connection, row: LedgerRow, generation: int) -> None:
    """Write the row of an input."""
    connection.execute(
        "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
        "sha256 = excluded.sha256, size = excluded.size, state = excluded.state, reason = excluded.reason, "
        "attempts = excluded.attempts, generation = excluded.generation",
        (row.path, row.sha256, row.size, row.state, row.reason, row.attempts, generation),
    )


def brought_by(connection: sqlite3.Connection, path: str) -> dict[int, str]:
    """Numbers and ids of the documents that an input brought."""
    query = "SELECT d.num, d.id FROM brought b JOIN documents d ON d.num = b.document WHERE b.path = ? ORDER BY d.num"
    return dict(connection.execute(query, (path,)).fetchall())


def set_brought(connection: sqlite3.Connection, path: str, documents: set[int]) -> None:
    """Write which documents an input brings."""
    connection.execute("DELETE FROM brought WHERE path = ?", (path,))
    connection.executemany("INSERT INTO brought VALUES (?, ?)", [(path, num) for num in sorted(documents)])


def brought_elsewhere(connection: sqlite3.Connection, num: int, path: str) -> bool:
    """Whether another input than `path` brings a document as well."""
    query = "SELECT 1 FROM brought WHERE document = ? AND path != ? LIMIT 1"
    return connection.execute(query, (num, path)).fetchone() is not None


def read_again(connection: sqlite3.Connection, num: int) -> None:
    """Have the inputs that bring a document read again when they are given again."""
    query = "UPDATE ledger SET sha256 = '' WHERE path IN (SELECT path FROM brought WHERE document = ?)"
    connection.execute(query, (num,))


def quarantined_files(connection: sqlite3.Connection) -> tuple[FileReport, ...]:
    """The inputs in quarantine, with the reasons."""
    query = "SELECT path, reason, attempts FROM ledger WHERE state = ? ORDER BY path"
    rows = connection.execute(query, (FileState.QUARANTINED,)).fetchall()
    return tuple(FileReport(path, FileState.QUARANTINED, reason, attempts) for path, reason, attempts in rows)


def _row(row: tuple[str, str, int, str, str | None, int]) -> LedgerRow:
    path, sha256, size, state, reason, attempts = row
    return LedgerRow(path, sha256, size, FileState(state), reason, attempts)
