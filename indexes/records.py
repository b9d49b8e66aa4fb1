"""Rows of the library as documents, passages, vectors and entries."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from corpus.passages import passage_hash
from indexes.lexical import Entry
from indexes.packing import unpacked, unpacked_vectors
from indexes.sections import unpacked_sections
from rag.errors import LibraryDamaged
from rag.nodes import document_from_json, document_json, sections_json
from rag.types import Document, Passage, Section, Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rag.types import FloatArray

_PASSAGES_KEPT = 8_000  # 2 KB each
_PASSAGE = "p.num, p.id, d.id, p.section, p.text, p.start, p.stop, p.page"
_VECTORS = "SELECT p.num, v.vector FROM passages p JOIN vectors v ON v.key = p.vector"


def content_hash(document: Document) -> str:
    """sha256 of all that a document says; where it was read from isn't part of it."""
    body = document_json(replace(document, source_path=None))
    return sha256(f"{body}\n{sections_json(document.sections)}".encode()).hexdigest()


def embedded_text(document: Document, passage: Passage) -> str:
    """What of a passage is embedded: title, section and text, each on a line of its own."""
    return "\n".join(part for part in (document.title, passage.section, passage.text) if part)


def vector_key(model: str, text: str) -> bytes:
    """The key of a vector: 128 bits of the sha256 of the model's name and the text that is embedded."""
    return sha256(f"{model}\0{text}".encode("utf-8", "surrogatepass")).digest()[:16]


def document_num(connection: sqlite3.Connection, name: str) -> int | None:
    """Number of the document with the id or alias `name`; None where there is none."""
    row = connection.execute("SELECT document FROM aliases WHERE alias = ?", (name,)).fetchone()
    return row[0] if row else None


def nums_of(connection: sqlite3.Connection, names: set[str]) -> set[int]:
    """Numbers of the documents with any of these ids or aliases."""
    query = "SELECT DISTINCT a.document FROM json_each(?) n JOIN aliases a ON a.alias = n.value"
    return {row[0] for row in connection.execute(query, (json.dumps(sorted(names)),))}


def document_of(connection: sqlite3.Connection, num: int) -> Document:
    """The whole document with its computed status."""
    query = "SELECT body, sections, status FROM documents WHERE num = ?"
    body, sections, status = connection.execute(query, (num,)).fetchone()
    whole = replace(document_from_json(body), sections=_sections_of(connection, num, sections))
    return replace(whole, status=Status(status))


def given_document(connection: sqlite3.Connection, num: int) -> Document:
    """The whole document with the status that its source gave."""
    query = "SELECT body, sections FROM documents WHERE num = ?"
    body, sections = connection.execute(query, (num,)).fetchone()
    return replace(document_from_json(body), sections=_sections_of(connection, num, sections))


def passages_of(connection: sqlite3.Connection, num: int) -> tuple[Passage, ...]:
    """The passages of a document in the order of its text."""
    query = (
        f"SELECT {_PASSAGE} FROM passages p JOIN documents d ON d.num = p.document "  # noqa: S608  # our columns
        "WHERE p.document = ? ORDER BY p.start, p.num"
    )
    return tuple(_passage(row[1:]) for row in connection.execute(query, (num,)))


def found_passages(
    connection: sqlite3.Connection, dim: int, nums: Iterable[int]
) -> dict[int, tuple[Passage, Document, FloatArray]]:
    """Passages by number, each with its document (without sections) and its vector, shape (dim,)."""
    query = (
        f"SELECT {_PASSAGE}, d.num, d.body, d.status, v.vector "  # noqa: S608  # our columns
        "FROM json_each(?) wanted JOIN passages p ON p.num = wanted.value "
        "JOIN documents d ON d.num = p.document JOIN vectors v ON v.key = p.vector"
    )
    rows = connection.execute(query, (json.dumps(sorted(nums)),)).fetchall()  # neighbours share pages
    vectors = unpacked_vectors([row[-1] for row in rows], dim)
    documents: dict[int, Document] = {}
    found = {}
    for (*columns, document, body, status, _), vector in zip(rows, vectors, strict=True):
        if document not in documents:
            known = document_from_json(body)
            documents[document] = known if known.status == status else replace(known, status=Status(status))
        found[columns[0]] = (_passage(tuple(columns[1:])), documents[document], vector)
    return found


def vectors_of(
    connection: sqlite3.Connection, dim: int, nums: Sequence[int] | None = None
) -> tuple[NDArray[np.int64], FloatArray]:
    """Numbers, shape (n,), and vectors, shape (n, dim), of the passages `nums`; None: of all."""
    return _numbered(connection.execute(*_restricted(_VECTORS, nums)).fetchall(), dim)


def vector_lots(
    connection: sqlite3.Connection, dim: int, size: int = 20_000
) -> Iterator[tuple[NDArray[np.int64], FloatArray]]:
    """The same of all passages, `size` at a time."""
    rows = connection.execute(*_restricted(_VECTORS, None))
    while lot := rows.fetchmany(size):
        yield _numbered(lot, dim)


def entries_of(connection: sqlite3.Connection, nums: Sequence[int] | None = None) -> Iterator[Entry]:
    """What is searched lexically of the passages `nums`; None: of all."""
    query = (
        "SELECT p.num, d.title, p.section, p.text, json_extract(d.body, '$.mesh_terms', '$.keywords') "
        "FROM passages p JOIN documents d ON d.num = p.document"
    )
    rows = connection.execute(*_restricted(query, nums))
    return (
        Entry(num, title, section, unpacked(text), _subjects(subjects))
        for num, title, section, text, subjects in rows
    )


def counts(connection: sqlite3.Connection, column: str) -> Mapping[str, int]:
    """Number of documents for each value of a column of ours, the most frequent first."""
    query = f"SELECT {column}, count(*) FROM documents GROUP BY 1 ORDER BY 2 DESC, 1"  # noqa: S608  # our columns
    return dict(connection.execute(query).fetchall())


def _subjects(lists: str) -> str:
    return "\n".join(name for names in json.loads(lists) for name in names or ())


def _sections_of(connection: sqlite3.Connection, num: int, content: bytes) -> tuple[Section, ...]:
    query = "SELECT start, text FROM passages WHERE document = ?"
    try:
        placed = [(start, unpacked(text)) for start, text in connection.execute(query, (num,))]
        return unpacked_sections(content, placed)
    except (zlib.error, UnicodeDecodeError) as error:
        raise LibraryDamaged(
            f"the words of document number {num} aren't those that were stored ({error}); restore the library from a "
            "backup, or remove its folder and index the inputs anew with: vouch index PATH"
        ) from error


@lru_cache(maxsize=_PASSAGES_KEPT)
def _passage(columns: tuple[Any, ...]) -> Passage:
    """A passage whose words are those that its id was made of: SQLite doesn't notice a bit that flips.

    What was made once is kept by all that it was made of, so that other bytes are checked anew.

    Raises:
        LibraryDamaged: they aren't.
    """
    identity, document, section, content, *place = columns
    try:
        text = unpacked(content)
    except (zlib.error, UnicodeDecodeError):
        text = None
    if text is None or passage_hash(section, text) != identity.rpartition("#")[2]:
        raise LibraryDamaged(
            f"the words of passage {identity} aren't those that were stored; restore the library from a backup, "
            "or remove its folder and index the inputs anew with: vouch index PATH"
        )
    return Passage(identity, document, section, text, *place)


def _numbered(rows: Sequence[tuple[int, bytes]], dim: int) -> tuple[NDArray[np.int64], FloatArray]:
    import numpy as np

    nums = np.fromiter((num for num, _ in rows), dtype=np.int64, count=len(rows))
    return nums, unpacked_vectors([vector for _, vector in rows], dim)


def _restricted(query: str, nums: Sequence[int] | None) -> tuple[str, tuple[str, ...]]:
    if nums is None:
        return f"{query} ORDER BY p.num", ()
    within = "WHERE p.num IN (SELECT value FROM json_each(?)) ORDER BY p.num"
    return f"{query} {within}", (json.dumps(list(nums)),)
