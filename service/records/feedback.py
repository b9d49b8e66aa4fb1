"""What readers say of an answer: a wrong citation, outdated, unhelpful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from rag.errors import InputError
from service.records import audit, kept
from service.records.clock import stamp
from service.records.review import MAX_COMMENT
from service.records.schema import feedback
from service.records.viewer import Viewer


class FeedbackKind(StrEnum):
    """What is wrong with an answer."""

    WRONG_CITATION = "wrong_citation"
    OUTDATED = "outdated"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of an answer."""

    id: int
    at: str
    subject: str
    kind: FeedbackKind
    document_id: str | None
    """The cited document that it is about."""
    comment: str


def give(
    connection: Connection,
    viewer: Viewer,
    key: str,
    kind: FeedbackKind,
    *,
    comment: str = "",
    document_id: str | None = None,
    at: datetime,
) -> Feedback:
    """Keep what `viewer` says of an answer that they may see.

    Raises:
        UnknownRecord: there is none that they may see.
        InputError: the document isn't cited by it, or the comment is too long.
    """
    stored = kept.load(connection, viewer, key)
    if len(comment) > MAX_COMMENT:
        raise InputError(f"the comment has {len(comment)} characters, at most {MAX_COMMENT} are kept")
    if document_id is not None and document_id not in stored.answer.cited_documents:
        raise InputError(f"the answer doesn't cite {document_id!r}; name one of its references, or none")
    row = {
        "answer_id": key,
        "at": stamp(at),
        "subject": viewer.subject,
        "kind": kind.value,
        "document_id": document_id,
        "comment": comment,
    }
    number = connection.execute(feedback.insert().values(**row)).inserted_primary_key
    told: dict[str, str | int | None] = {"kind": kind.value, "document": document_id}
    audit.append(
        connection, at=at, actor=viewer.subject, action="feedback", subject=f"answer:{key}", detail=told
    )
    assert number is not None
    return Feedback(int(number[0]), stamp(at), viewer.subject, kind, document_id, comment)


def given(connection: Connection, viewer: Viewer, key: str) -> tuple[Feedback, ...]:
    """What was said of an answer: all of it for a reviewer, one's own for a reader."""
    kept.summary(connection, viewer, key)
    query = select(feedback).where(feedback.c.answer_id == key).order_by(feedback.c.id)
    if not viewer.reviewer:
        query = query.where(feedback.c.subject == viewer.subject)
    return tuple(
        Feedback(row.id, row.at, row.subject, FeedbackKind(row.kind), row.document_id, row.comment)
        for row in connection.execute(query)
    )
