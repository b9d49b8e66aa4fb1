"""What became of documents that were cited, and which documents came in since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from indexes.library import Library
from indexes.packing import unpacked
from indexes.records import document_num
from rag.text import terms
from rag.types import Status

_READ = 4_000  # characters of a new document that are looked at for what it is about


@dataclass(frozen=True, slots=True)
class Standing:
    """A cited document as it is now."""

    status: Status
    by: str
    """Id of the notice or the newer edition that says so; empty where none is named."""
    texts: frozenset[str]
    """The part of its passages' ids that is made of their words."""

    def has(self, passage_id: str) -> bool:
        """Whether a passage still stands in it, word for word."""
        return passage_id.rpartition("#")[2] in self.texts


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document with passages that came in since."""

    id: str
    terms: frozenset[str]
    """What it speaks of: the terms of its title and of the first of what is new in it."""


def standings(library: Library, names: Iterable[str]) -> dict[str, Standing | None]:
    """By id or alias, each document as it is now; None for one that is no longer there.

    Raises:
        LibraryProblem: there is no library.
    """
    with library.reading() as now:
        return {name: _standing(now.connection, name) for name in names}


def newest_passage(library: Library) -> int:
    """The number of the newest passage; passages that come later have greater ones."""
    with library.reading() as now:
        return int(now.connection.execute("SELECT coalesce(max(num), 0) FROM passages").fetchone()[0])


def new_documents(library: Library, after: int, most: int) -> tuple[NewDocument, ...]:
    """Documents with passages numbered above `after`; at most `most`, in the order in which they came."""
    query = (
        "SELECT d.id, d.title, p.text FROM passages p JOIN documents d ON d.num = p.document "
        "WHERE p.num > ? ORDER BY d.num, p.num"
    )
    found: dict[str, str] = {}
    with library.reading() as now:
        for key, title, text in now.connection.execute(query, (after,)):
            if key not in found and len(found) >= most:
                break
            known = found.setdefault(key, title)
            if len(known) < _READ:
                found[key] = f"{known}\n{unpacked(text)}"
    return tuple(NewDocument(key, frozenset(terms(words))) for key, words in found.items())


def _standing(connection: sqlite3.Connection, name: str) -> Standing | None:
    num = document_num(connection, name)
    if num is None:
        return None
    status = Status(connection.execute("SELECT status FROM documents WHERE num = ?", (num,)).fetchone()[0])
    kind = _KIND.get(status)
    query = "SELECT target FROM links WHERE document = ? AND kind = ? ORDER BY target LIMIT 1"
    by = connection.execute(query, (num, kind)).fetchone() if kind else None
    ids = connection.execute("SELECT id FROM passages WHERE document = ?", (num,))
    return Standing(status, by[0] if by else "", frozenset(key.rpartition("#")[2] for (key,) in ids))


_KIND = {
    Status.RETRACTED: "retracted by",
    Status.CONCERN: "concern raised by",
    Status.SUPERSEDED: "superseded by",
    Status.CORRECTED: "corrected by",
}
