"""One batch on the library: what it changes becomes the next generation, or nothing does."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from corpus.ids import distinct
from corpus.passages import passages
from indexes.records import content_hash, embedded_text, given_document, nums_of, vector_key
from indexes.standing import concerned, settle
from rag.nodes import document_json, sections_json
from rag.types import Document, Passage


class Outcome(Enum):
    """What became of a document that was put into the library."""

    ADDED = auto()
    REPLACED = auto()
    SAME = auto()
    OUTDONE = auto()
    """The library has a newer revision, or the source's own text in place of a digest."""


@dataclass(slots=True)
class Batch:
    """Changes to the library within the caller's transaction, and what the caches must know of them."""

    connection: sqlite3.Connection
    model: str
    added: set[int] = field(default_factory=set)
    """Numbers of passages added."""
    removed: set[int] = field(default_factory=set)
    """Numbers of passages removed that the generation before had."""
    changed: bool = False
    """Whether any document or status differs from the generation before."""
    loose_keys: set[bytes] = field(default_factory=set)
    """Keys of vectors that may be needed no more."""
    _uncertain: set[str] = field(default_factory=set)
    """Ids of documents whose status must be computed anew."""

    def put(self, document: Document, path: str, siblings: set[int]) -> tuple[int, Outcome]:
        """Add a document, or have it replace those with which it shares an id; returns its number.

        A newer revision replaces an older one and never the reverse; a digest never replaces the
        source's own text; of equals the later input wins. Ids that other inputs gave are kept.

        Args:
            document: as it was read.
            path: of the input that brings it.
            siblings: numbers of the documents that this input has brought in this batch.
        """
        known = sorted(nums_of(self.connection, {document.id, *document.aliases}))
        if not known:
            return self._insert(document), Outcome.ADDED
        given = {num: given_document(self.connection, num) for num in known}
        home = max(known, key=lambda num: _precedence(given[num]))
        wins = _precedence(document) >= _precedence(given[home])
        winner = document if wins else given[home]
        # When the input alone gave the document, an id that it gives no more was wrong.
        names = self._names_from_elsewhere(known, path, siblings) if wins else self._names(known)
        merged = _with_names(winner, [*names, document.id, *document.aliases])
        others = [num for num in known if num != home]
        for other in others:
            self._merge_inputs(other, home)
            self.remove(other)
        if not others and content_hash(merged) == self._content(home):
            return home, Outcome.SAME if wins else Outcome.OUTDONE
        self._update(home, merged)
        return home, Outcome.REPLACED if wins else Outcome.OUTDONE

    def remove(self, num: int) -> None:
        """Take a document out with its passages, links and ids."""
        self._doubt(num)
        for passage, vector in self.connection.execute(
            "SELECT num, vector FROM passages WHERE document = ?", (num,)
        ).fetchall():
            self._drop_passage(passage, vector)
        self.connection.execute("DELETE FROM documents WHERE num = ?", (num,))
        self.changed = True

    def recut(self, num: int) -> None:
        """Cut a document into passages anew, as after a change of the embedding model."""
        self._write_passages(num, given_document(self.connection, num))
        self.changed = True

    def settle(self) -> None:
        """Compute the status of every document that the batch touched or spoke of."""
        self.changed |= settle(self.connection, self._uncertain)
        self._uncertain.clear()

    def present(self, nums: set[int]) -> set[int]:
        """Those of `nums` that are documents of the library at this point of the batch."""
        query = "SELECT num FROM documents WHERE num IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self.connection.execute(query, (json.dumps(sorted(nums)),))}

    def _names(self, nums: list[int]) -> list[str]:
        query = "SELECT alias FROM aliases WHERE document IN (SELECT value FROM json_each(?)) ORDER BY alias"
        return [row[0] for row in self.connection.execute(query, (json.dumps(nums),))]

    def _names_from_elsewhere(self, nums: list[int], path: str, siblings: set[int]) -> list[str]:
        query = "SELECT 1 FROM brought WHERE document = ? AND path != ?"
        shared = [
            num for num in nums if num in siblings or self.connection.execute(query, (num, path)).fetchone()
        ]
        return self._names(shared)

    def _content(self, num: int) -> str:
        return str(
            self.connection.execute("SELECT content FROM documents WHERE num = ?", (num,)).fetchone()[0]
        )

    def _merge_inputs(self, other: int, home: int) -> None:
        query = "INSERT OR IGNORE INTO brought SELECT path, ? FROM brought WHERE document = ?"
        self.connection.execute(query, (home, other))

    def _insert(self, document: Document) -> int:
        cursor = self.connection.execute(
            "INSERT INTO documents (id, title, body, sections, content, status, design) "
            "VALUES (?, '', '', '', '', '', '')",
            (document.id,),
        )
        assert cursor.lastrowid is not None
        self._update(cursor.lastrowid, document)
        return cursor.lastrowid

    def _update(self, num: int, document: Document) -> None:
        self._doubt(num)
        row = (
            document.id,
            document.title,
            document_json(document),
            sections_json(document.sections),
            content_hash(document),
            document.status,
            document.design,
            document.year,
            document.published.earliest.isoformat() if document.published else None,
            num,
        )
        self.connection.execute(
            "UPDATE documents SET id = ?, title = ?, body = ?, sections = ?, content = ?, status = ?, "
            "design = ?, year = ?, published = ? WHERE num = ?",
            row,
        )
        self._write_names_and_links(num, document)
        self._write_passages(num, document)
        self._doubt(num)
        self.changed = True

    def _write_names_and_links(self, num: int, document: Document) -> None:
        names = distinct(sorted({document.id, *document.aliases}))
        self.connection.execute("DELETE FROM aliases WHERE document = ?", (num,))
        self.connection.executemany("INSERT INTO aliases VALUES (?, ?)", [(name, num) for name in names])
        links = [(num, link.kind, link.target) for link in document.links]
        self.connection.execute("DELETE FROM links WHERE document = ?", (num,))
        self.connection.executemany("INSERT INTO links VALUES (?, ?, ?)", links)

    def _write_passages(self, num: int, document: Document) -> None:
        wanted = {
            (passage.id, vector_key(self.model, embedded_text(document, passage))): passage
            for passage in passages(document)
        }
        query = "SELECT id, vector, num FROM passages WHERE document = ?"
        for identity, vector, passage_num in self.connection.execute(query, (num,)).fetchall():
            kept = wanted.pop((identity, vector), None)
            if kept is None:
                self._drop_passage(passage_num, vector)
            else:
                self._move_passage(passage_num, kept)
        for (_, vector), passage in wanted.items():
            self._add_passage(num, passage, vector)

    def _add_passage(self, document: int, passage: Passage, vector: bytes) -> None:
        cursor = self.connection.execute(
            "INSERT INTO passages (id, document, section, text, start, stop, page, vector) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                passage.id,
                document,
                passage.section,
                passage.text,
                passage.start,
                passage.end,
                passage.page,
                vector,
            ),
        )
        assert cursor.lastrowid is not None
        self.added.add(cursor.lastrowid)

    def _move_passage(self, num: int, passage: Passage) -> None:
        place = (passage.start, passage.end, passage.page, num)
        self.connection.execute("UPDATE passages SET start = ?, stop = ?, page = ? WHERE num = ?", place)

    def _drop_passage(self, num: int, vector: bytes) -> None:
        self.connection.execute("DELETE FROM passages WHERE num = ?", (num,))
        self.loose_keys.add(vector)
        if num in self.added:
            self.added.discard(num)
        else:
            self.removed.add(num)

    def _doubt(self, num: int) -> None:
        self._uncertain |= concerned(self.connection, num)


def _precedence(document: Document) -> tuple[bool, date]:
    return not document.digest, document.revised or date.min


def _with_names(document: Document, names: list[str]) -> Document:
    _, *aliases = distinct([document.id, *document.aliases, *sorted(names)])
    return replace(document, aliases=tuple(aliases))
