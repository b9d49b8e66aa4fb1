"""Asking again: the new answer takes the place of the old one, and each claim is said to be new, gone or kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select, update

from rag.citations import name_and_year
from rag.types import Answer, Claim, Document, Status, Turn
from service.records import audit, desk, kept
from service.records.database import insert_new
from service.records.desk import Asked
from service.records.review import ReviewAction
from service.records.schema import answers, conversations, holders, turns
from service.records.stored import Stored, answer_of
from service.records.viewer import Viewer

_READ_BY = 20  # turns before it that a question is read by
StatusOf = Callable[[str], Status | None]
"""The status of a document in the library now; None where it is no longer there."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim, and why it is new, gone or kept."""

    claim: Claim
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of each claim between two answers to one question."""

    added: tuple[Changed, ...]
    removed: tuple[Changed, ...]
    kept: tuple[Changed, ...]


def difference(before: Answer, after: Answer, status_of: StatusOf) -> Difference:
    """What differs between two answers to one question; a claim is known by its words and its sources."""
    was = {_key(claim): claim for claim in before.claims}
    now = {_key(claim): claim for claim in after.claims}
    seen = {item.document.id for item in before.evidence}
    return Difference(
        added=tuple(Changed(c, _why_added(c, after, before, seen)) for k, c in now.items() if k not in was),
        removed=tuple(Changed(c, _why_removed(c, after, status_of)) for k, c in was.items() if k not in now),
        kept=tuple(Changed(c, "said again, with the same sources") for k, c in now.items() if k in was),
    )


def reissued(
    connection: Connection,
    viewer: Viewer,
    before: Stored,
    new: Answer,
    *,
    at: datetime,
    expires: datetime | None,
) -> Stored:
    """Keep the answer that takes the place of `before`, and return it.

    All who hold the old one hold the new one; where a review was asked for, it is asked for again, for
    nothing of what was read then need be true of this one.
    """
    old = before.summary
    key = kept.save(connection, new, subject=viewer.subject, at=at, expires=expires, reissue_of=old.id)
    if key == old.id:
        return kept.load(connection, viewer, key)
    for row in connection.execute(select(holders).where(holders.c.answer_id == old.id)).all():
        insert_new(connection, holders, {**row._mapping, "answer_id": key})  # noqa: SLF001  # its public name
    connection.execute(
        update(answers)
        .where(and_(answers.c.id == key, answers.c.reissue_of.is_(None)))
        .values(reissue_of=old.id)
    )
    asker = old.review.requested_by
    told: dict[str, str | int | None] = {"as": key}
    audit.append(
        connection, at=at, actor=viewer.subject, action="reissue", subject=f"answer:{old.id}", detail=told
    )
    if asker is not None and kept.summary(connection, Viewer(asker), key).review.requested_by is None:
        again = Asked(ReviewAction.SUBMIT, f"asked again in place of {old.id}")
        desk.step(connection, Viewer(asker), key, again, at)
    return kept.load(connection, viewer, key)


def earlier_of(connection: Connection, viewer: Viewer, key: str) -> tuple[Turn, ...]:
    """The turns that came before an answer in a conversation of the viewer; none where it is in none."""
    mine = and_(turns.c.answer_id == key, viewer.owns_conversation)
    place = connection.execute(
        select(turns.c.conversation_id, turns.c.position)
        .join(conversations, conversations.c.id == turns.c.conversation_id)
        .where(mine)
        .order_by(turns.c.at)
    ).first()
    if place is None:
        return ()
    before = and_(turns.c.conversation_id == place.conversation_id, turns.c.position < place.position)
    query = (
        select(answers.c.id, answers.c.question, answers.c.body)
        .join(turns, turns.c.answer_id == answers.c.id)
        .where(before)
        .order_by(turns.c.position.desc())
        .limit(_READ_BY)
    )
    rows = reversed(connection.execute(query).all())
    return tuple(Turn(row.question, answer_of(row.body, row.id)) for row in rows)


def _key(claim: Claim) -> tuple[str, tuple[tuple[str, str], ...]]:
    return claim.text, tuple((citation.document_id, citation.quote) for citation in claim.citations)


def _why_added(claim: Claim, after: Answer, before: Answer, seen: set[str]) -> str:
    document = _first_document(claim, after)
    if document is None:
        return "new"
    name = f"{name_and_year(document)} ({document.id})"
    if document.id not in seen:
        return f"{name} wasn't among the evidence of generation {before.coverage.generation}"
    if document.id in before.cited_documents:
        return f"{name} was cited before, for other words"
    return f"{name} was among the evidence before and wasn't cited"


def _why_removed(claim: Claim, after: Answer, status_of: StatusOf) -> str:
    if after.abstention is not None:
        return f"the library no longer has an answer: {after.abstention.reason}"
    cited = list(dict.fromkeys(citation.document_id for citation in claim.citations))
    for key in cited:
        match status_of(key):
            case None:
                return f"{key} is no longer in the library"
            case Status.RETRACTED:
                return f"{key} was retracted"
            case Status.CONCERN | Status.SUPERSEDED as status:
                return f"{key} is now of status {status.value}"
            case _:
                pass
    if any(key in after.cited_documents for key in cited):
        return f"{', '.join(cited)} is cited for other words now"
    return f"{', '.join(cited)} ranks behind what is cited now"


def _first_document(claim: Claim, answer: Answer) -> Document | None:
    documents = {item.document.id: item.document for item in answer.evidence}
    found: Sequence[Document] = [
        documents[one.document_id] for one in claim.citations if one.document_id in documents
    ]
    return found[0] if found else None
