"""Which documents still stand, once all that is said of them is known."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.currency import OWN_RECORD, Said, said_by_itself, said_of_target, standing
from indexes.currency_notices import said_by_lists
from indexes.recognition_records import other_versions, published_version
from indexes.records import nums_of
from rag.nodes import document_from_json
from rag.types import DatePrecision, Document, Link, LinkKind, Status

PUBLISHED_VERSION = "the published version"
"""The source of what makes a preprint superseded."""

_GRAVEST_FIRST = (
    Status.RETRACTED,
    Status.CONCERN,
    Status.SUPERSEDED,
    Status.CORRECTED,
    Status.CURRENT,
)


def concerned(connection: sqlite3.Connection, num: int) -> set[str]:
    """Ids of a document and of those whose status depends on it: that it speaks of, or that are its preprint."""
    query = (
        "SELECT alias FROM aliases WHERE document = ? UNION SELECT target FROM links WHERE document = ? "
        "UNION SELECT d.id FROM aliases a JOIN links l ON l.target = a.alias "
        "JOIN documents d ON d.num = l.document WHERE a.document = ? AND l.kind = ?"
    )
    rows = connection.execute(query, (num, num, num, LinkKind.PREPRINT_OF))
    return {row[0] for row in rows} | other_versions(connection, num)


def settle(connection: sqlite3.Connection, names: set[str]) -> bool:
    """Write the status of the documents with these ids; whether that of any has changed."""
    changed = False
    for num in sorted(nums_of(connection, names)):
        document = _given(connection, num)
        status = computed_status(document, said_of(connection, num, document))
        query = "UPDATE documents SET status = ? WHERE num = ? AND status != ?"
        changed |= connection.execute(query, (status, num, status)).rowcount > 0
    return changed


def computed_status(document: Document, said: Sequence[Said]) -> Status:
    """The status by all that is said of a document, or the one that its source states where that is graver."""
    computed = standing(document, said)
    reinstated = any(one.kind is LinkKind.REINSTATED_BY for one in said)
    if document.status is Status.RETRACTED and reinstated:
        return computed
    return min(computed, document.status, key=_GRAVEST_FIRST.index)


def said_of(connection: sqlite3.Connection, num: int, document: Document) -> list[Said]:
    """What others say of a document's standing: documents of the library, lists, its published version."""
    names = {document.id, *document.aliases}
    said = [*_said_by_documents(connection, num), *said_by_lists(connection, names)]
    published = published_version(connection, num, document)
    if published is not None:
        said.append(Said(LinkKind.SUPERSEDED_BY, published, PUBLISHED_VERSION))
    return said


def all_said(connection: sqlite3.Connection, num: int) -> tuple[Said, ...]:
    """All that is said of a document's standing, its own record first."""
    document = _given(connection, num)
    said = [*said_by_itself(document), *said_of(connection, num, document)]
    status = document.status
    if status is not Status.CURRENT and not any(one.source == OWN_RECORD for one in said):
        kind = next((kind for kind, means in STATED.items() if means is status), None)
        said[:0] = [Said(kind, "", OWN_RECORD, reason="stated as its status")] if kind else []
    return tuple(said)


STATED = {
    LinkKind.RETRACTED_BY: Status.RETRACTED,
    LinkKind.CONCERN_BY: Status.CONCERN,
    LinkKind.SUPERSEDED_BY: Status.SUPERSEDED,
    LinkKind.CORRECTED_BY: Status.CORRECTED,
}
"""What a document says of itself when its record states a status."""


def _given(connection: sqlite3.Connection, num: int) -> Document:
    """The document as its source gave it, without its text, which its standing doesn't hang on."""
    return document_from_json(
        connection.execute("SELECT body FROM documents WHERE num = ?", (num,)).fetchone()[0]
    )


def _said_by_documents(connection: sqlite3.Connection, num: int) -> Iterator[Said]:
    query = (
        "SELECT l.kind, l.target, d.id, d.body FROM aliases a JOIN links l ON l.target = a.alias "
        "JOIN documents d ON d.num = l.document WHERE a.document = ? AND l.document != ? "
        "ORDER BY l.document, l.kind"
    )
    for kind, target, identity, body in connection.execute(query, (num, num)):
        said = said_of_target(Link(LinkKind(kind), target), identity, identity, _day_of(body))
        if said is not None:
            yield said


def _day_of(body: str) -> date | None:
    """When a document came out; a year alone can't tell which of two came first."""
    published = document_from_json(body).published
    if published is None or published.precision is DatePrecision.YEAR:
        return None
    return published.earliest
