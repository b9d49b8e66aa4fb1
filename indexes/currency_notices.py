"""Lists of notices that the library keeps, for the papers that it has and for those that come later."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.currency import Said
from corpus.retraction_watch import Notice
from rag.types import LinkKind

_TABLES = (
    # One row for each source that was ever looked at: when, and how far what it gave reaches.
    """CREATE TABLE IF NOT EXISTS checks (
        source TEXT PRIMARY KEY, checked TEXT NOT NULL, newest TEXT, notices INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS notices (
        source TEXT NOT NULL REFERENCES checks ON DELETE CASCADE, paper TEXT NOT NULL COLLATE NOCASE,
        kind TEXT NOT NULL, notice TEXT NOT NULL, dated TEXT, reason TEXT NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS notices_paper ON notices (paper)",
    "CREATE INDEX IF NOT EXISTS notices_source ON notices (source)",
)


@dataclass(frozen=True, slots=True)
class Check:
    """When a source was last looked at for what became of papers."""

    source: str
    checked: date
    newest: date | None
    """Date of its newest notice; None where it isn't known."""
    notices: int


def create(connection: sqlite3.Connection) -> None:
    """Make the tables where they aren't there: libraries of before have none."""
    for statement in _TABLES:
        connection.execute(statement)


def kept(connection: sqlite3.Connection) -> bool:
    """Whether the library has the tables at all; one that is only read may be of before."""
    query = "SELECT 1 FROM sqlite_master WHERE name = 'notices'"
    return connection.execute(query).fetchone() is not None


def replace(connection: sqlite3.Connection, check: Check, notices: Sequence[Notice]) -> set[str]:
    """Put a source's notices in place of its earlier ones; returns the ids of all papers of either."""
    query = "SELECT DISTINCT paper FROM notices WHERE source = ?"
    papers = {row[0] for row in connection.execute(query, (check.source,))}
    connection.execute("DELETE FROM notices WHERE source = ?", (check.source,))
    record(connection, check)
    connection.executemany("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?)", _rows(check.source, notices))
    return papers | {paper for notice in notices for paper in notice.papers}


def record(connection: sqlite3.Connection, check: Check) -> None:
    """Write that a source was looked at."""
    newest = check.newest.isoformat() if check.newest else None
    connection.execute(
        "INSERT INTO checks VALUES (?, ?, ?, ?) ON CONFLICT (source) DO UPDATE SET "
        "checked = excluded.checked, newest = excluded.newest, notices = excluded.notices",
        (check.source, check.checked.isoformat(), newest, check.notices),
    )


def checks(connection: sqlite3.Connection) -> tuple[Check, ...]:
    """Each source that was looked at, by name."""
    if not kept(connection):
        return ()
    rows = connection.execute("SELECT source, checked, newest, notices FROM checks ORDER BY source")
    return tuple(Check(source, date.fromisoformat(on), _day(newest), n) for source, on, newest, n in rows)


def said_by_lists(connection: sqlite3.Connection, names: set[str]) -> list[Said]:
    """What the lists say of a document with these ids, the oldest first."""
    if not kept(connection):
        return []
    query = (
        "SELECT DISTINCT n.kind, n.notice, n.source, n.dated, c.checked, n.reason "
        "FROM json_each(?) name JOIN notices n ON n.paper = name.value JOIN checks c ON c.source = n.source "
        "ORDER BY n.dated, n.kind, n.notice, n.source, n.reason"
    )
    rows = connection.execute(query, (json.dumps(sorted(names)),))
    return [
        Said(LinkKind(kind), notice, source, _day(dated), _day(checked), reason)
        for kind, notice, source, dated, checked, reason in rows
    ]


def _rows(source: str, notices: Sequence[Notice]) -> list[tuple[str, str, str, str, str | None, str]]:
    return [
        (source, paper, one.kind, one.notice, one.dated.isoformat() if one.dated else None, one.reason)
        for one in notices
        for paper in one.papers
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
