"""The records that make up documents, and the titles by which they may be recognised, as the library keeps them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexes.recognition import Group, Record, is_preprint, title_key
from rag.nodes import document_from_json, document_json, sections_from_json, sections_json
from rag.types import Document, LinkKind

LONGEST_WAY_TO_PRINT = 4
"""Years between a preprint and its publication; more than nearly all take."""

_TABLES = (
    # Only of documents that aren't the same as one record, whole, with all of its ids.
    """CREATE TABLE IF NOT EXISTS records (
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, path TEXT NOT NULL,
        body TEXT NOT NULL, sections TEXT NOT NULL, whole INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS records_document ON records (document)",
    # Of the titles that say enough: the first 8 bytes of the sha256 of title and first author.
    """CREATE TABLE IF NOT EXISTS titles (
        key BLOB NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        PRIMARY KEY (key, document)
    ) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS titles_document ON titles (document)",
)


def create(connection: sqlite3.Connection) -> None:
    """Make the tables where they aren't there: libraries of before have none."""
    for statement in _TABLES:
        connection.execute(statement)


def several(connection: sqlite3.Connection, num: int) -> list[Record]:
    """The records of a document that isn't the same as one of them; none where it is."""
    query = "SELECT path, body, sections, whole FROM records WHERE document = ? ORDER BY rowid"
    return [
        Record(
            path, replace(document_from_json(body), sections=sections_from_json(sections)), bool(whole), num
        )
        for path, body, sections, whole in connection.execute(query, (num,))
    ]


def texts_beside(connection: sqlite3.Connection, nums: Iterable[int]) -> Iterator[Document]:
    """What whole records say whose document has the text of another record: it may be needed again."""
    for num in nums:
        yield from (record.document for record in several(connection, num) if record.whole)


def write(connection: sqlite3.Connection, num: int, group: Group) -> None:
    """Keep what makes up a document: its records where it isn't the same as one, and the keys of their titles."""
    connection.execute("DELETE FROM records WHERE document = ?", (num,))
    # A record that takes the place of several documents stands here for each of them.
    once = {(record.path, record.document): record for record in reversed(group.records)}
    if len(once) > 1 or group.barred:
        rows = [_row(num, record) for record in reversed(once.values())]
        connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?)", rows)
    keys = {key for record in group.records if (key := title_key(record.document)) is not None}
    connection.execute("DELETE FROM titles WHERE document = ?", (num,))
    connection.executemany("INSERT INTO titles VALUES (?, ?)", [(key, num) for key in sorted(keys)])


def paths_of(connection: sqlite3.Connection, num: int) -> list[str]:
    """The inputs that bring a document."""
    query = "SELECT path FROM brought WHERE document = ? ORDER BY path"
    return [row[0] for row in connection.execute(query, (num,))]


def titled(connection: sqlite3.Connection, documents: Iterable[Document]) -> set[int]:
    """Numbers of the documents that share a title and a first author with one of these."""
    keys = {key for document in documents if (key := title_key(document)) is not None}
    query = "SELECT document FROM titles WHERE key = ?"
    return {row[0] for key in keys for row in connection.execute(query, (key,))}


def other_versions(connection: sqlite3.Connection, num: int) -> set[str]:
    """Ids of the other documents with the title and the first author of one."""
    query = (
        "SELECT d.id FROM titles own JOIN titles other ON other.key = own.key "
        "JOIN documents d ON d.num = other.document WHERE own.document = ? AND other.document != ?"
    )
    return {row[0] for row in connection.execute(query, (num, num))}


def published_version(connection: sqlite3.Connection, num: int, document: Document) -> str | None:
    """Id of the published version of a preprint, where the library has it.

    It is the one that the preprint names, or the first that isn't a preprint and has the same title
    and the same first author, within a few years. What is no preprint has none.
    """
    targets = json.dumps(sorted(document.linked(LinkKind.PREPRINT_OF)))
    query = (
        "SELECT d.id FROM json_each(?) name JOIN aliases a ON a.alias = name.value "
        "JOIN documents d ON d.num = a.document WHERE d.num != ? ORDER BY d.id LIMIT 1"
    )
    named = connection.execute(query, (targets, num)).fetchone()
    if named is not None:
        return str(named[0])
    return _published_under_its_title(connection, num, document) if is_preprint(document) else None


def _published_under_its_title(connection: sqlite3.Connection, num: int, preprint: Document) -> str | None:
    query = (
        "SELECT d.id, d.body FROM titles own JOIN titles other ON other.key = own.key "
        "JOIN documents d ON d.num = other.document "
        "WHERE own.document = ? AND other.document != ? ORDER BY d.published, d.id"
    )
    for identity, body in connection.execute(query, (num, num)):
        other = document_from_json(body)
        if preprint.year is None or other.year is None or is_preprint(other):
            continue
        if 0 <= other.year - preprint.year <= LONGEST_WAY_TO_PRINT:
            return str(identity)
    return None


def _row(num: int, record: Record) -> tuple[int, str, str, str, bool]:
    document = record.document
    sections = sections_json(document.sections) if record.whole else "[]"
    return num, record.path, document_json(document), sections, record.whole
