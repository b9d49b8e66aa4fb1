"""The answers that are kept: put in, looked up, listed, counted as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, tuple_, update

from rag.errors import InputError, UnknownRecord
from rag.types import Answer
from service.answer_json import answer_json
from service.records import audit
from service.records.clock import stamp
from service.records.database import insert_new
from service.records.review import ReviewState
from service.records.schema import answers, citations, holders
from service.records.stored import (
    SHOWN,
    Stored,
    Summary,
    answer_of,
    body_of,
    risk_of,
    subject_of,
    summaries,
)
from service.records.viewer import Viewer

_SHORT, _LONG = 12, 24  # hex digits of an id; the long form where two answers begin alike


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers a list is to have, and from where on."""

    state: ReviewState | None = None
    requested: bool | None = None
    stale: bool | None = None
    limit: int = 20
    cursor: str | None = None
    """What the page before gave as `next`."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some answers, the latest first."""

    items: tuple[Summary, ...]
    next: str | None
    """Cursor of the following page; None where this is the last."""


def save(
    connection: Connection,
    answer: Answer,
    *,
    subject: str,
    at: datetime,
    expires: datetime | None = None,
    reissue_of: str | None = None,
) -> str:
    """Keep an answer for somebody and return its id; the same bytes again stay one answer.

    Args:
        connection: in a writing transaction.
        answer: with its evidence snapshot.
        subject: to whom it was given.
        at: when.
        expires: when it is let go of, unless a review is asked for; None: never.
        reissue_of: the answer that it takes the place of.
    """
    content_hash = str(answer_json(answer)["content_hash"])
    key = connection.execute(select(answers.c.id).where(answers.c.content_hash == content_hash)).scalar()
    if key is None:
        key = _insert(connection, answer, content_hash, at, reissue_of)
        told: Mapping[str, str | int | None] = {"hash": content_hash, "reissue_of": reissue_of}
        audit.append(connection, at=at, actor=subject, action="issue", subject=f"answer:{key}", detail=told)
    _hold(connection, key, subject, at, expires)
    return str(key)


def load(connection: Connection, viewer: Viewer, key: str, *, holds: bool = False) -> Stored:
    """An answer that `viewer` may see, or with `holds` one that was given to them.

    Raises:
        UnknownRecord: there is none; one that they may not see doesn't exist for them.
        LibraryDamaged: it can't be read any more.
    """
    seen = viewer.holds_answer if holds else viewer.sees_answer
    row = connection.execute(select(answers).where(and_(answers.c.id == key, seen))).first()
    if row is None:
        raise UnknownRecord(f"there is no answer {key!r}, or it isn't yours")
    return Stored(summaries(connection, [row])[0], answer_of(row.body, key))


def summary(connection: Connection, viewer: Viewer, key: str) -> Summary:
    """What a list shows of one answer.

    Raises:
        UnknownRecord: there is none that `viewer` may see.
    """
    found = _summaries(connection, viewer, answers.c.id == key)
    if not found:
        raise UnknownRecord(f"there is no answer {key!r}, or it isn't yours")
    return found[0]


def whole_id(connection: Connection, viewer: Viewer, start: str) -> str:
    """The id that begins with `start`.

    Raises:
        UnknownRecord: there is none, or more than one.
    """
    near = answers.c.id.startswith(start, autoescape=True)
    found = connection.execute(select(answers.c.id).where(and_(near, viewer.sees_answer)).limit(3)).scalars()
    keys = [key for key in found if start]
    if start in keys or len(keys) == 1:
        return start if start in keys else str(keys[0])
    problem = f"{len(keys)} or more saved answers start with" if keys else "there is no saved answer"
    raise UnknownRecord(
        f"{problem} {start!r}; `vouch export --list` shows the ids, `vouch ask … --save` saves an answer"
    )


def page(connection: Connection, viewer: Viewer, wanted: Wanted) -> Page:
    """Answers that `viewer` may see, the latest first.

    Raises:
        InputError: the cursor isn't one that a page gave.
    """
    conditions = _conditions(wanted)
    if wanted.cursor is not None:
        at, _, key = wanted.cursor.partition("~")
        if not key:
            raise InputError(f"cursor {wanted.cursor!r} is none; take it from `next` of the page before")
        conditions.append(tuple_(answers.c.issued_at, answers.c.id) < tuple_(at, key))
    found = _summaries(connection, viewer, *conditions, limit=wanted.limit + 1)
    items = found[: wanted.limit]
    more = len(found) > len(items)
    return Page(items, f"{items[-1].issued_at}~{items[-1].id}" if more else None)


def count(connection: Connection, viewer: Viewer) -> int:
    """Number of answers that `viewer` may see."""
    return connection.execute(
        select(func.count()).where(viewer.sees_answer).select_from(answers)
    ).scalar_one()


def count_read(connection: Connection, key: str) -> None:
    """Count one more reading of an answer."""
    connection.execute(update(answers).where(answers.c.id == key).values(reads=answers.c.reads + 1))


def _summaries(
    connection: Connection, viewer: Viewer, *conditions: ColumnElement[bool], limit: int | None = None
) -> tuple[Summary, ...]:
    query: Select[Any] = (
        select(*SHOWN)
        .where(and_(viewer.sees_answer, *conditions))
        .order_by(answers.c.issued_at.desc(), answers.c.id.desc())
        .limit(limit)
    )
    return summaries(connection, connection.execute(query).all())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        found.append(answers.c.state == wanted.state.value)
    if wanted.requested is not None:
        asked = answers.c.requested_by
        found.append(asked.is_not(None) if wanted.requested else asked.is_(None))
    if wanted.stale is not None:
        since = answers.c.stale_since
        found.append(since.is_not(None) if wanted.stale else since.is_(None))
    return found


def _insert(
    connection: Connection, answer: Answer, content_hash: str, at: datetime, reissue_of: str | None
) -> str:
    short = content_hash[:_SHORT]
    taken = connection.execute(select(answers.c.id).where(answers.c.id == short)).first()
    key = content_hash[:_LONG] if taken else short
    values = {
        "id": key,
        "content_hash": content_hash,
        "question": answer.question,
        "question_type": answer.question_type.value,
        "status": "abstained" if answer.abstention else "answered",
        "generation": answer.coverage.generation,
        "issued_at": stamp(at),
        "body": body_of(answer),
        "subject": subject_of(answer),
        "risk": risk_of(answer),
        "reads": 0,
        "state": ReviewState.SUBMITTED.value,
        "version": 0,
        "reissue_of": reissue_of,
    }
    if insert_new(connection, answers, values):
        _cite(connection, key, answer)
    return key


def _cite(connection: Connection, key: str, answer: Answer) -> None:
    status = {item.document.id: item.document.status.value for item in answer.evidence}
    cited = {
        citation.passage_id: citation.document_id for claim in answer.claims for citation in claim.citations
    }
    rows = [
        {
            "answer_id": key,
            "passage_id": passage,
            "document_id": document,
            "status": status.get(document, ""),
        }
        for passage, document in sorted(cited.items())
    ]
    if rows:
        connection.execute(citations.insert(), rows)


def _hold(connection: Connection, key: str, subject: str, at: datetime, expires: datetime | None) -> None:
    until = stamp(expires) if expires else None
    row = {"answer_id": key, "subject": subject, "at": stamp(at), "expires_at": until}
    if insert_new(connection, holders, row):
        return
    # Held already: the longer of the two times holds.
    longer = holders.c.expires_at < until if until else holders.c.expires_at.is_not(None)
    mine = and_(holders.c.answer_id == key, holders.c.subject == subject)
    connection.execute(update(holders).where(and_(mine, longer)).values(expires_at=until))
