"""Reading connections to the library's database, kept open from one search to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from weakref import finalize

from indexes.schema import DATABASE, check_format, open_for_reading

_KEPT = 4  # idle connections
_CACHE_KIB = 32_000  # of pages that each keeps, so that searches read little twice


class Readers:
    """Lends connections that can't write, each to one block at a time; between blocks none sees anything."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._idle: list[_Reader] = []
        self._lock = Lock()
        finalize(self, _close, self._idle)

    @contextmanager
    def one(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction.

        Raises:
            LibraryProblem: the library has another format.
        """
        reader = self._take()
        try:
            yield reader.connection
        except BaseException:
            reader.connection.close()
            raise
        self._give_back(reader)

    def _take(self) -> _Reader:
        database = self._database()
        with self._lock:
            while self._idle:
                reader = self._idle.pop()
                if reader.database == database:
                    return reader
                reader.connection.close()  # another file has taken the place of the one that it reads
        reader = _Reader(open_for_reading(self._folder), database)
        try:
            reader.connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            check_format(reader.connection, self._folder)
        except BaseException:
            reader.connection.close()
            raise
        return reader

    def _give_back(self, reader: _Reader) -> None:
        # Without a write-ahead log it was opened on a disk that can't be written, and follows no writer.
        follows = (self._folder / f"{DATABASE}-wal").exists()
        with self._lock:
            if follows and len(self._idle) < _KEPT:
                self._idle.append(reader)
                return
        reader.connection.close()

    def _database(self) -> tuple[int, int]:
        found = (self._folder / DATABASE).stat()
        return found.st_dev, found.st_ino


class _Reader:
    """A connection, and which file it reads."""

    def __init__(self, connection: sqlite3.Connection, database: tuple[int, int]) -> None:
        self.connection = connection
        self.database = database


def _close(idle: list[_Reader]) -> None:
    for reader in idle:
        reader.connection.close()
