"""What a library holds and answers, to be compared with what it should."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from typing import TypeAlias

from indexes.candidates import CandidateSearch, SearchMode
from indexes.embedding import HashingEmbedder
from indexes.library import Library
from rag.types import Document, Passage

Rows: TypeAlias = tuple[tuple[object, ...], ...]
Found: TypeAlias = tuple[tuple[float, Passage, Document], ...]
Answers: TypeAlias = Mapping[str, tuple[Found, frozenset[str]]]

_DRAWN = {"token", "made_at"}
"""Columns that differ between two runs of the same batch: what is drawn, and when."""
_ORPHANS = "vectors"
"""The table in which a stopped batch leaves what it embedded, for the next run to use."""
_QUERIES = ("haematoma resorption", "warfarin bleeding", "lumbar laminectomy surgery", "revised edition")
_DEPTH = 5  # far fewer than there are passages, so that a wrong cache gives wrong answers


@dataclass(frozen=True, slots=True)
class Contents:
    """Every row of the library but what is drawn anew in each run."""

    generation: int
    tables: Mapping[str, Rows]

    def holds(self, other: Contents) -> bool:
        """Whether it is `other`, but for vectors that no passage needs yet."""
        mine, theirs = dict(self.tables), dict(other.tables)
        spare = set(mine.pop(_ORPHANS)) >= set(theirs.pop(_ORPHANS))
        return spare and mine == theirs


def contents(library: Library) -> Contents:
    """All rows of the newest generation; raises LibraryProblem where it can't be read."""
    with library.reading() as now:
        names = [
            row[0] for row in now.connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        tables = {name: _rows(now.connection, name) for name in names if not name.startswith("sqlite_")}
        return Contents(now.stamp.generation, tables)


def answers(library: Library) -> Answers:
    """For some queries, the nearest passages with their cosines, and those that hold a word of it."""
    search = CandidateSearch(library, HashingEmbedder(), depth=_DEPTH)
    every = CandidateSearch(library, HashingEmbedder(), depth=10_000)
    return {query: (_nearest(search, query), _with_words(every, query)) for query in _QUERIES}


def leftovers(folder: Path) -> list[str]:
    """What lies in the library's folder that a finished batch doesn't leave there."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    passing = [name for name in names if name == "writer.json" or "/." in f"/{name}"]
    return sorted(name for name in passing if "/.managed" not in name and "/.tantivy" not in name)


def _rows(connection: Connection, table: str) -> Rows:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in _DRAWN]
    query = f"SELECT {', '.join(columns)} FROM {table}"
    return tuple(sorted(connection.execute(query).fetchall(), key=repr))


def _nearest(search: CandidateSearch, query: str) -> Found:
    found = search.search([query], mode=SearchMode.DENSE).found
    weighed = [(round(one.cosine or 0.0, 5), one.passage, one.document) for one in found]
    return tuple(sorted(weighed, key=lambda one: (-one[0], one[1].id)))


def _with_words(search: CandidateSearch, query: str) -> frozenset[str]:
    found = search.search([query], mode=SearchMode.LEXICAL).found
    return frozenset(one.passage.id for one in found)
