"""What documents can be filtered by, beside the library's documents and always in step with them."""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Iterable, Mapping

from rag.errors import InputError
from rag.types import Attribute, Design, Filters, is_among, value_key

_NAMED = 12  # values that an error names

_READ = """
    SELECT '{design}' AS attribute, {row}.design AS value, {row}.num AS document {source}
    UNION SELECT '{level}', CAST(json_extract({row}.body, '$.level') AS TEXT), {row}.num {source}
        WHERE json_extract({row}.body, '$.level') IS NOT NULL
    UNION SELECT '{journal}', json_extract({row}.body, '$.journal'), {row}.num {source}
        WHERE json_extract({row}.body, '$.journal') IS NOT NULL
    UNION SELECT '{type}', e.value, {row}.num FROM {joined} json_each({row}.body, '$.publication_types') e
    UNION SELECT '{language}', e.value, {row}.num FROM {joined} json_each({row}.body, '$.languages') e
    UNION SELECT '{population}', e.value, {row}.num FROM {joined} json_each({row}.body, '$.populations') e
"""
_OF_ALL = _READ.format(row="d", source="FROM documents d", joined="documents d,", **{a: a for a in Attribute})
_OF_NEW = _READ.format(row="new", source="", joined="", **{a: a for a in Attribute})
# By triggers, so that whoever writes a document writes these as well.
_TABLES = (
    """CREATE TABLE attributes (
        attribute TEXT NOT NULL, value TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        PRIMARY KEY (attribute, value, document)
    ) WITHOUT ROWID""",
    "CREATE INDEX attributes_document ON attributes (document)",
    f"INSERT INTO attributes {_OF_ALL}",
    f"""CREATE TRIGGER attributes_changed AFTER UPDATE OF body, design ON documents BEGIN
        DELETE FROM attributes WHERE document = new.num;
        INSERT INTO attributes {_OF_NEW};
    END""",  # noqa: S608  # our names
)
# Of one value to the next without reading the documents that have it.
_VALUES = """
WITH RECURSIVE found (value) AS (
    SELECT min(value) FROM attributes WHERE attribute = :attribute
    UNION ALL
    SELECT (SELECT min(value) FROM attributes WHERE attribute = :attribute AND value > found.value)
    FROM found WHERE found.value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL
"""


def create(connection: sqlite3.Connection) -> None:
    """Make and fill the table where it isn't there: libraries of before have none."""
    if not _kept(connection):
        for statement in _TABLES:
            connection.execute(statement)


def stored_values(connection: sqlite3.Connection, attribute: Attribute, asked: Iterable[str]) -> list[str]:
    """The values of the library that are among those `asked` for, as documents have them."""
    return [value for value in _values(connection, attribute) if is_among(attribute, value, asked)]


def with_any(attribute: Attribute, values: Iterable[str]) -> tuple[str, str]:
    """A query for the numbers of the documents with any of the stored `values`, and its parameter."""
    query = (
        f"SELECT document FROM attributes WHERE attribute = '{attribute.value}' "  # noqa: S608  # our names
        "AND value IN (SELECT value FROM json_each(?))"
    )
    return query, json.dumps(list(values))


def unknown(connection: sqlite3.Connection, attribute: Attribute) -> int:
    """Of how many documents an attribute isn't known."""
    if attribute is Attribute.DESIGN:
        query = "SELECT count(*) FROM attributes WHERE attribute = ? AND value = ?"
        return int(connection.execute(query, (attribute, Design.UNKNOWN)).fetchone()[0])
    query = (
        "SELECT (SELECT count(*) FROM documents) - "
        "(SELECT count(DISTINCT document) FROM attributes WHERE attribute = ?)"
    )
    return int(connection.execute(query, (attribute,)).fetchone()[0])


def check(connection: sqlite3.Connection, filters: Filters) -> None:
    """Refuse types, languages and journals of no document; a design or a level may be that of none.

    Raises:
        InputError: no document has a value that is asked for; says which there are.
    """
    asked = filters.asked
    for attribute, values in (
        (Attribute.TYPE, filters.types),
        (Attribute.LANGUAGE, filters.languages),
        (Attribute.JOURNAL, filters.journals),
    ):
        if attribute in asked:
            _check_values(connection, attribute, values)


def readable(connection: sqlite3.Connection) -> None:
    """Make what is asked here answerable in a library of before that is only read: slower, and the same."""
    if not _kept(connection):
        connection.execute(f"CREATE TEMP VIEW IF NOT EXISTS attributes AS {_OF_ALL}")


def _kept(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = 'attributes'"
    return connection.execute(query).fetchone() is not None


def _values(connection: sqlite3.Connection, attribute: Attribute) -> list[str]:
    return [row[0] for row in connection.execute(_VALUES, {"attribute": attribute.value})]


def _check_values(connection: sqlite3.Connection, attribute: Attribute, asked: Iterable[str]) -> None:
    for one in sorted(asked):
        if not stored_values(connection, attribute, [one]):
            known = _nearest(value_key(attribute, one), _frequent(connection, attribute))
            raise InputError(f"no document of the library has the {attribute.value} {one!r}; {known}")


def _frequent(connection: sqlite3.Connection, attribute: Attribute) -> dict[str, str]:
    """By key, how each value is written, the most frequent first; languages by their codes."""
    query = "SELECT value, count(*) FROM attributes WHERE attribute = ? GROUP BY 1 ORDER BY 2 DESC, 1"
    written: dict[str, str] = {}
    counts: dict[str, int] = {}
    for value, n in connection.execute(query, (attribute.value,)):
        key = value_key(attribute, value)
        written.setdefault(key, key if attribute is Attribute.LANGUAGE else value)
        counts[key] = counts.get(key, 0) + n
    return {key: written[key] for key in sorted(counts, key=lambda key: -counts[key])}


def _nearest(asked: str, written: Mapping[str, str]) -> str:
    """The values that there are: those most like the one asked for first, then the most frequent."""
    if not written:
        return "of none of them it is known"
    alike = difflib.get_close_matches(asked, written, 3, 0.6)
    alike += [key for key in sorted(written) if asked in key][:3]
    named = list(dict.fromkeys([*alike, *written]))
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"there are {', '.join(repr(written[key]) for key in named[:_NAMED])}{more}"
