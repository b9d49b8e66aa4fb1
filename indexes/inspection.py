"""A look at the whole library: is every row and every cache what was written?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from indexes.checked_file import CacheUnusable
from indexes.library import Library, Snapshot
from indexes.records import content_hash, given_document, passages_of, vector_lots
from rag.errors import LibraryProblem

_SHOWN = 5  # documents that are named


@dataclass(frozen=True, slots=True)
class Damage:
    """What one part of the library says of itself."""

    part: str
    looked_at: int
    """Rows, documents, vectors or files' passages, as the part has them."""
    faults: tuple[str, ...]
    """What is wrong, the first few; nothing where all is as it was written."""
    remedy: str


def inspected(library: Library) -> Iterator[Damage]:
    """Every part of the library in turn, read whole.

    SQLite's structure, each document against the hash that was made when it came, each passage against its own
    id, each vector against its length, and the caches against their manifests.

    Raises:
        LibraryProblem: there is no library, or it can't be read at all.
    """
    with library.reading() as now:
        yield _structure(now.connection)
        yield _documents(now.connection)
        yield _vectors(now)
    yield _caches(library)


def _structure(connection: sqlite3.Connection) -> Damage:
    said = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    said += [f"a row of {row[0]} points nowhere" for row in connection.execute("PRAGMA foreign_key_check")]
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    return Damage("database", pages, tuple(one for one in said if one != "ok"), _RESTORE)


def _documents(connection: sqlite3.Connection) -> Damage:
    rows = connection.execute("SELECT num, id, content, title, year FROM documents ORDER BY num").fetchall()
    faults = [fault for row in rows if (fault := _fault_of(connection, *row))]
    return Damage("documents", len(rows), tuple(faults[:_SHOWN]), _REMOVE_AND_INDEX)


def _fault_of(connection: sqlite3.Connection, num: int, name: str, content: str, *columns: object) -> str:
    try:
        document = given_document(connection, num)
        passages_of(connection, num)
    except (LibraryProblem, ValueError, KeyError, TypeError) as error:
        return f"{name}: {error}"
    if content_hash(document) != content or document.id != name:
        return f"{name}: it isn't the document that was stored"
    told = (document.title, document.year)
    return f"{name}: its title or year is another" if columns != told else ""


def _vectors(now: Snapshot) -> Damage:
    import numpy as np

    count, wrong = 0, 0
    try:
        for nums, vectors in vector_lots(now.connection, now.stamp.dim):
            count += len(nums)
            lengths = np.linalg.norm(vectors, axis=1)
            # float16 keeps a length to a thousandth; not-a-number fails every comparison.
            wrong += int((~(np.abs(lengths - 1) < _LENGTH_OFF)).sum())
    except ValueError as error:
        return Damage("vectors", count, (str(error),), _REBUILD)
    faults = [f"{wrong} of {count} aren't of length 1"] if wrong else []
    if count != now.stamp.passages:
        faults.append(f"{count} vectors for {now.stamp.passages} passages")
    return Damage("vectors", count, tuple(faults), _REBUILD)


def _caches(library: Library) -> Damage:
    from indexes import caches

    with library.reading() as now:
        if not now.stamp.passages:
            return Damage("caches", 0, (), "")
        try:
            found = caches.checked(library.folder, now.stamp)
        except CacheUnusable as fault:
            return Damage("caches", 0, (str(fault),), _WRITE)
        return Damage("caches", found.vectors.size, (), "")


_LENGTH_OFF = 0.01
_RESTORE = (
    "restore the library from a backup, or remove its folder and index the inputs anew with: vouch index PATH"
)
_REMOVE_AND_INDEX = (
    "take it out with vouch remove ID and index its file again, or restore the library from a backup"
)
_REBUILD = "embed the library anew with: vouch index --rebuild"
_WRITE = "nothing is lost: the caches are made anew from the library by the next vouch ask or vouch index"
