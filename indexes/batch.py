"""One batch on the library: what it changes becomes the next generation, or nothing does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from corpus.ids import distinct
from corpus.passages import passages
from indexes import recognition_records
from indexes.packing import packed
from indexes.recognition_merge import Part, merge
from indexes.recognition_union import in_force
from indexes.records import content_hash, embedded_text, given_document, vector_key
from indexes.sections import packed_sections
from indexes.standing import concerned, settle
from rag.nodes import document_json
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
    parted: set[int] = field(default_factory=set)
    """Numbers of documents that came to be because a record turned out not to belong where it was."""
    loose_keys: set[bytes] = field(default_factory=set)
    """Keys of vectors that may be needed no more."""
    _held: set[bytes] = field(default_factory=set)
    """Keys of vectors that a record needs whose text isn't that of its document at present."""
    _uncertain: set[str] = field(default_factory=set)
    """Ids of documents whose status must be computed anew."""

    def put(self, document: Document, path: str, siblings: set[int]) -> tuple[int, Outcome]:
        """Add what an input says of a document to what others say of it; returns the document's number.

        A newer revision replaces an older one and never the reverse; a digest never replaces the
        source's own text; ids that other inputs gave are kept. The order in which inputs come
        doesn't matter.

        Args:
            document: as it was read.
            path: of the input that brings it.
            siblings: numbers of the documents that this input has brought in this batch.
        """
        parts = merge(self.connection, self.model, document, path, siblings)
        home, content = parts[0], content_hash(document)
        before = {part.num: self._content(part.num) for part in parts if part.num is not None}
        gone = frozenset().union(*(part.from_nums for part in parts)) - before.keys()
        changed = [one for one in parts if one.num is None or before[one.num] != content_hash(one.document)]
        self._make_room(parts, changed, gone)
        nums = [self._write_part(one, changed) for one in parts if one is home or one in changed]
        if home.num is None:
            return nums[0], Outcome.ADDED
        if not gone and before[home.num] == content_hash(home.document):
            given = {content_hash(one.document) for one in home.group.records if one.num is not None}
            return nums[0], Outcome.SAME if content in {*given, before[home.num]} else Outcome.OUTDONE
        replaced = any(content_hash(one) == content for one in in_force(home.group))
        return nums[0], Outcome.REPLACED if replaced else Outcome.OUTDONE

    def remove(self, num: int) -> None:
        """Take a document out with its passages, links and ids."""
        self._doubt(num)
        self.loose_keys |= self._keys_of_records(num)
        for passage, vector in self.connection.execute(
            "SELECT num, vector FROM passages WHERE document = ?", (num,)
        ).fetchall():
            self._drop_passage(passage, vector)
        self.connection.execute("DELETE FROM documents WHERE num = ?", (num,))
        self.changed = True

    def recut(self, num: int) -> None:
        """Cut a document into passages anew, as after a change of the embedding model."""
        cut = self._cut(document := given_document(self.connection, num))
        row = (packed_sections(document, [passage for passage, _ in cut]), num)
        self.connection.execute("UPDATE documents SET sections = ? WHERE num = ?", row)
        self._write_passages(num, cut)
        self.changed = True

    def settle(self) -> None:
        """Compute the status of every document that the batch touched or spoke of."""
        self.changed |= settle(self.connection, self._uncertain)
        self._uncertain.clear()
        self.loose_keys -= self._held

    def present(self, nums: set[int]) -> set[int]:
        """Those of `nums` that are documents of the library at this point of the batch."""
        query = "SELECT num FROM documents WHERE num IN (SELECT value FROM json_each(?))"
        return {row[0] for row in self.connection.execute(query, (json.dumps(sorted(nums)),))}

    def _make_room(self, parts: Sequence[Part], changed: Sequence[Part], gone: Iterable[int]) -> None:
        """Take out what merges into others, and free the ids of what changes beside others."""
        heirs = {num: part.num for part in parts for num in part.from_nums if part.num is not None}
        for num in sorted(gone):
            self._merge_inputs(num, heirs[num])
            self.remove(num)
        for num in [part.num for part in changed if part.num is not None and len(parts) > 1]:
            self._doubt(num)
            self.connection.execute("UPDATE documents SET id = ? WHERE num = ?", (f"parting:{num}", num))
            self.connection.execute("DELETE FROM aliases WHERE document = ?", (num,))
            self._write_passages(num, ())

    def _write_part(self, part: Part, changed: Sequence[Part]) -> int:
        num = part.num if part.num is not None else self._insert(part.document)
        if part.num is not None and part in changed:
            self._update(num, part.document)
        self.loose_keys |= self._keys_of_records(num)
        recognition_records.write(self.connection, num, part.group)
        self._held |= self._keys_of_records(num)
        if part in changed:
            self._write_inputs(num, part)
        self._doubt(num)
        return num

    def _keys_of_records(self, num: int) -> set[bytes]:
        records = recognition_records.several(self.connection, num)
        return {key for one in records if one.whole for _, key in self._cut(one.document)}

    def _write_inputs(self, num: int, part: Part) -> None:
        """Have each input that gave a record of a document that parted bring the part."""
        paths = json.dumps(sorted({record.path for record in part.group.records if not record.fresh}))
        query = "SELECT path, ? FROM ledger WHERE path IN (SELECT value FROM json_each(?))"
        self.connection.execute(f"INSERT OR IGNORE INTO brought {query}", (num, paths))
        if part.num is None and part.from_nums:
            self.parted.add(num)

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
        cut = self._cut(document)
        row = (
            document.id,
            document.title,
            document_json(document),
            packed_sections(document, [passage for passage, _ in cut]),
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
        self._write_passages(num, cut)
        self._doubt(num)
        self.changed = True

    def _write_names_and_links(self, num: int, document: Document) -> None:
        names = distinct(sorted({document.id, *document.aliases}))
        self.connection.execute("DELETE FROM aliases WHERE document = ?", (num,))
        self.connection.executemany("INSERT INTO aliases VALUES (?, ?)", [(name, num) for name in names])
        links = [(num, link.kind, link.target) for link in document.links]
        self.connection.execute("DELETE FROM links WHERE document = ?", (num,))
        self.connection.executemany("INSERT INTO links VALUES (?, ?, ?)", links)

    def _cut(self, document: Document) -> list[tuple[Passage, bytes]]:
        """The passages of a document, each with the key of its vector."""
        return [
            (passage, vector_key(self.model, embedded_text(document, passage)))
            for passage in passages(document)
        ]

    def _write_passages(self, num: int, cut: Iterable[tuple[Passage, bytes]]) -> None:
        wanted = {(passage.id, key): passage for passage, key in cut}
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
                packed(passage.text),
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
