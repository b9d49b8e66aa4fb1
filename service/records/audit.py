"""The audit: what was done to records, by whom and when; append-only, each entry bound to the one before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, text

from service.records.clock import stamp
from service.records.schema import audit

BEGINNING = "0" * 64
"""What stands as the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. It holds ids and hashes, never words of a question or a comment."""

    seq: int
    at: str
    actor: str
    action: str
    object: str
    """Kind and id, as in `answer:3f2a…`."""
    detail: str
    """A JSON object with its keys in order."""
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the audit is whole."""

    entries: int
    head: str
    """Hash of the last entry: kept elsewhere, it shows later that none was cut off at the end."""
    broken_at: int | None
    """Number of the first entry that isn't what it was; None where all are."""


def append(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, str | int | None] | None = None,
) -> Entry:
    """Add an entry within the caller's transaction; it is there if, and only if, what it tells of is."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))  # one entry follows the last one
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, BEGINNING)
    words = json.dumps(detail or {}, sort_keys=True, ensure_ascii=True)
    fields = (seq, stamp(at), actor, action, subject, words, previous)
    entry = Entry(*fields, entry_hash(fields))
    connection.execute(
        audit.insert().values(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            object=entry.object,
            detail=entry.detail,
            previous=entry.previous,
            hash=entry.hash,
        )
    )
    return entry


def entry_hash(fields: Sequence[int | str]) -> str:
    """sha256 of all that an entry says, in the order of its fields, the hash of the entry before included."""
    return sha256(json.dumps(list(fields), ensure_ascii=True).encode()).hexdigest()


def entries(connection: Connection, subject: str | None = None) -> tuple[Entry, ...]:
    """All entries in order, or those of one object."""
    query = select(audit).order_by(audit.c.seq)
    if subject is not None:
        query = query.where(audit.c.object == subject)
    return tuple(Entry(*row) for row in connection.execute(query))


def verify(connection: Connection, head: str | None = None) -> Verdict:
    """Whether every entry is what it was and none is missing.

    Args:
        connection: to the records.
        head: the hash of an entry that was noted elsewhere; it must still be there.
    """
    seq, previous, seen = 0, BEGINNING, head is None
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        entry = Entry(*row)
        told = entry_hash(row[:-1])
        if (entry.seq, entry.previous, entry.hash) != (seq + 1, previous, told):
            return Verdict(seq, previous, seq + 1)
        seq, previous = entry.seq, entry.hash
        seen = seen or entry.hash == head
    return Verdict(seq, previous, None if seen else seq + 1)
