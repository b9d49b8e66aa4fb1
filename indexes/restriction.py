"""Which passages filters leave of a library, found before anything is ranked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.ids import document_id, pmid_id
from indexes import attributes
from indexes.library import Library, known_num
from indexes.records import document_num
from indexes.within import Within
from rag.types import Attribute, Design, Filters, Restriction

DATE, EXACT_DATE, DOCUMENT = "date", "exact date", "document"
"""Names of what is asked for beside the attributes, as a `Restriction` has them."""

# The day after the last one that a date can mean: `published` is the first.
_AFTER = (
    "date(published, CASE WHEN json_extract(body, '$.published[1]') IS NULL THEN '+1 year' "
    "WHEN json_extract(body, '$.published[2]') IS NULL THEN '+1 month' ELSE '+1 day' END)"
)
# In brackets, as a part is one operand of INTERSECT.
_SEEN = (
    "SELECT num FROM (SELECT num FROM documents WHERE year < ? "  # noqa: S608  # our expression
    f"UNION SELECT num FROM documents WHERE year = ? AND {_AFTER} <= date(?, '+1 day'))"
)
_TOO_ROUGH = (
    "SELECT num FROM documents WHERE year = ? AND published <= ? "  # noqa: S608  # our expression
    f"AND {_AFTER} > date(?, '+1 day')"
)


@dataclass(frozen=True, slots=True, eq=False)
class Restricted:
    """The passages within filters, and what is told of them."""

    within: Within
    told: Restriction


@dataclass(frozen=True, slots=True)
class _Part:
    """The numbers of the documents that pass one filter."""

    name: str
    query: str
    values: tuple[str | int, ...]


def usable(library: Library, filters: Filters) -> Filters:
    """The same filters, documents by the ids that the library has for them.

    Raises:
        InputError: no document has a value or an id that is asked for; says which there are.
        LibraryProblem: there is no library.
    """
    with library.reading() as now:
        attributes.readable(now.connection)
        attributes.check(now.connection, filters)
        ids = frozenset(_known_id(now.connection, name) for name in filters.documents)
        return replace(filters, documents=ids)


def restricted(connection: sqlite3.Connection, filters: Filters) -> Restricted:
    """The passages of the documents that pass all `filters`."""
    attributes.readable(connection)
    parts = tuple(_parts(connection, filters))
    passing = " INTERSECT ".join(part.query for part in parts)
    values = [value for part in parts for value in part.values]
    documents = _count(connection, passing, values)
    nums = connection.execute(
        f"SELECT num FROM passages WHERE document IN ({passing})",  # noqa: S608  # our queries
        values,
    )
    within = Within.of(row[0] for row in nums)
    alone = () if documents else tuple((p.name, _count(connection, p.query, p.values)) for p in parts)
    return Restricted(
        within, Restriction(documents, len(within), tuple(_unknown(connection, filters)), alone)
    )


def _known_id(connection: sqlite3.Connection, name: str) -> str:
    """The library's id of a document that is named in any way that `corpus.ids` knows, a bare PMID included."""
    num = document_num(connection, name) or document_num(connection, document_id(name))
    num = num or known_num(connection, pmid_id(name) or name)
    return str(connection.execute("SELECT id FROM documents WHERE num = ?", (num,)).fetchone()[0])


def _parts(connection: sqlite3.Connection, filters: Filters) -> Iterator[_Part]:
    """One for each filter; together they leave what `Filters.admit` admits."""
    if filters.documents:
        query = "SELECT document FROM aliases WHERE alias IN (SELECT value FROM json_each(?))"
        yield _Part(DOCUMENT, query, (json.dumps(sorted(filters.documents)),))
    if filters.year_from is not None or filters.year_to is not None:
        first, last = filters.year_from, filters.year_to
        query = "SELECT num FROM documents WHERE year BETWEEN ? AND ?"
        yield _Part("year", query, (0 if first is None else first, 9999 if last is None else last))
    if filters.as_of is not None:
        values = (filters.as_of.year, filters.as_of.year, filters.as_of.isoformat())
        yield _Part(DATE, _SEEN, values)
    for attribute, asked in filters.asked.items():
        query, value = attributes.with_any(attribute, attributes.stored_values(connection, attribute, asked))
        yield _Part(attribute.value, query, (value,))


def _unknown(connection: sqlite3.Connection, filters: Filters) -> Iterator[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if filters.of_time:
        found.append((DATE, _count(connection, "SELECT num FROM documents WHERE year IS NULL", ())))
    if filters.as_of is not None:
        day = filters.as_of.isoformat()
        found.append((EXACT_DATE, _count(connection, _TOO_ROUGH, (filters.as_of.year, day, day))))
    told = {Attribute.DESIGN} if Design.UNKNOWN in filters.designs else set()
    found += [(one.value, attributes.unknown(connection, one)) for one in filters.asked if one not in told]
    yield from ((name, n) for name, n in found if n)


def _count(connection: sqlite3.Connection, query: str, values: Sequence[str | int]) -> int:
    """How many documents a query gives, each once."""
    distinct = f"SELECT count(*) FROM (SELECT 0 WHERE 0 UNION {query})"  # noqa: S608  # our queries
    return int(connection.execute(distinct, values).fetchone()[0])
