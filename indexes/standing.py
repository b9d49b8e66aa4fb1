"""Which documents still stand, once all that the library's documents say of each other is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from corpus.currency import status_of
from indexes.records import given_document, nums_of
from rag.types import Document, Link, LinkKind, Status

_GRAVEST_FIRST = (
    Status.RETRACTED,
    Status.CONCERN,
    Status.SUPERSEDED,
    Status.CORRECTED,
    Status.CURRENT,
)


def concerned(connection: sqlite3.Connection, num: int) -> set[str]:
    """Ids of a document and of those that it speaks of: their status depends on it."""
    query = "SELECT alias FROM aliases WHERE document = ? UNION SELECT target FROM links WHERE document = ?"
    return {row[0] for row in connection.execute(query, (num, num))}


def settle(connection: sqlite3.Connection, names: set[str]) -> bool:
    """Write the status of the documents with these ids; whether that of any has changed."""
    changed = False
    for num in sorted(nums_of(connection, names)):
        status = computed_status(given_document(connection, num), _inbound(connection, num))
        query = "UPDATE documents SET status = ? WHERE num = ? AND status != ?"
        changed |= connection.execute(query, (status, num, status)).rowcount > 0
    return changed


def computed_status(document: Document, inbound: Sequence[Link]) -> Status:
    """The status by the links of all documents, or the one that the source states where that is graver."""
    computed = status_of(document, inbound)
    reinstated = any(link.kind is LinkKind.REINSTATES for link in inbound)
    if document.status is Status.RETRACTED and reinstated:
        return computed
    return min(computed, document.status, key=_GRAVEST_FIRST.index)


def _inbound(connection: sqlite3.Connection, num: int) -> list[Link]:
    query = (
        "SELECT l.kind, l.target FROM aliases a JOIN links l ON l.target = a.alias "
        "WHERE a.document = ? AND l.document != ? ORDER BY l.document, l.kind"
    )
    return [Link(LinkKind(kind), target) for kind, target in connection.execute(query, (num, num))]
