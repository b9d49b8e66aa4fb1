"""What a new record means for the documents that it may belong to: which stay, merge, part or come to be."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.ids import scheme
from corpus.passages import passages
from indexes import recognition_records
from indexes.recognition import Group, Record, grouped
from indexes.recognition_union import united, weighed
from indexes.records import embedded_text, given_document, nums_of, vector_key
from rag.types import Document


@dataclass(frozen=True, slots=True)
class Part:
    """One document as the records have it now."""

    num: int | None
    """Number of the document that it goes on from; None where it is new."""
    group: Group
    document: Document

    @property
    def from_nums(self) -> frozenset[int]:
        """Numbers of the documents that its records were in."""
        return frozenset(record.num for record in self.group.records if record.num is not None)

    @property
    def new(self) -> bool:
        """Whether the new record is one of its records."""
        return any(record.fresh for record in self.group.records)


def merge(
    connection: sqlite3.Connection, model: str, document: Document, path: str, siblings: set[int]
) -> tuple[Part, ...]:
    """Put the record `document` of the input `path` together with what the library has; its part comes first.

    What the same input said before of the same document is forgotten, unless the document is among
    `siblings`, the numbers of those that it has brought in this batch. A document that it touches and
    that is in no part as its `num` is merged into another.
    """
    known = _near(connection, document, path)
    if not known:
        alone = Group((Record(path, document, fresh=True),))
        return (Part(None, alone, united(alone)),)
    tied = nums_of(connection, _names(document))
    kept, emptied = [], []
    for num in sorted(known):
        stays = [
            one
            for one in known[num]
            if num in siblings
            or not _outlived(one, document, path)
            or (num in tied and _other_paper(one.document, document))
        ]
        kept += [_embedded(connection, model, one) for one in stays]
        emptied += [num] if num in tied and not stays else []
    origins: list[int | None] = [*emptied] or [None]
    new = [Record(path, document, num=num, fresh=True) for num in origins]
    groups = [replace(one, records=weighed(one.records)) for one in grouped([*new, *kept])]
    return _placed([Part(None, group, united(group)) for group in groups])


def _near(connection: sqlite3.Connection, document: Document, path: str) -> dict[int, list[Record]]:
    """The records of all documents that are tied to one by ids or titles, step by step, by number."""
    known: dict[int, list[Record]] = {}
    reached = [document]
    while reached:
        names = {name for one in reached for name in _names(one)}
        nums = nums_of(connection, names) | recognition_records.titled(connection, reached)
        fresh = {num: _records_of(connection, num, path) for num in sorted(nums - known.keys())}
        known |= fresh
        reached = [record.document for records in fresh.values() for record in records]
    return known


def _names(document: Document) -> set[str]:
    return {document.id, *document.aliases}


def _outlived(record: Record, document: Document, path: str) -> bool:
    """Whether the input that gave `record` has said anew what it says, or a digest has moved to a new file."""
    moved = record.document.digest and document.digest and record.document.id == document.id
    return record.path == path or (moved and not Path(record.path).exists())


def _other_paper(one: Document, other: Document) -> bool:
    """Whether both have PMIDs and none in common: no id of theirs makes them one."""
    mine, theirs = ({name for name in _names(side) if scheme(name) == "pmid"} for side in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _records_of(connection: sqlite3.Connection, num: int, path: str) -> list[Record]:
    several = recognition_records.several(connection, num)
    if several:
        return several
    # No input is written yet for a document that this very one has just brought.
    brought = recognition_records.paths_of(connection, num) or [path]
    return [Record(brought[0], given_document(connection, num), num=num)]


def _embedded(connection: sqlite3.Connection, model: str, record: Record) -> Record:
    """The record, without its text where that has no vectors any more: without them it can't be searched."""
    cut = passages(record.document) if record.whole else ()
    keys = sorted({vector_key(model, embedded_text(record.document, one)) for one in cut})
    query = "SELECT 1 FROM vectors WHERE key = ?"
    there = all(connection.execute(query, (key,)).fetchone() for key in keys)
    return record if there else replace(record, whole=False, document=replace(record.document, sections=()))


def _placed(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Each part with the number of one of the documents that it comes from, none given twice."""
    taken: set[int] = set()
    placed = []
    for part in sorted(parts, key=lambda one: min(one.from_nums, default=0)):
        num = min(part.from_nums - taken, default=None)
        taken |= part.from_nums & {num}
        placed.append(replace(part, num=num))
    return tuple(sorted(placed, key=lambda one: not one.new))
