"""The reviewers' desk: steps of a review are taken, kept and audited; what waits is ordered by harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select, update

from rag.errors import UnknownRecord
from service.records import audit
from service.records.clock import stamp
from service.records.review import Review, ReviewAction, ReviewState, Step, after, fallen_back
from service.records.schema import answers, feedback, holders, review_events
from service.records.stored import SHOWN, Summary, summaries
from service.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Asked:
    """A step as somebody asks for it."""

    action: ReviewAction
    comment: str = ""
    content_hash: str | None = None
    version: int | None = None
    alone: bool = False
    """There is only one person here, who may approve what they asked themselves."""


@dataclass(frozen=True, slots=True)
class Event:
    """A step that was taken."""

    at: str
    actor: str
    action: str
    before: str
    after: str
    version: int
    content_hash: str
    comment: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits for a reviewer, and how urgent that is."""

    summary: Summary
    harm: float
    why: str
    complaints: int
    """How often it was said to be wrong, outdated or unhelpful."""


def step(connection: Connection, viewer: Viewer, key: str, asked: Asked, at: datetime) -> Summary:
    """Take one step of the review of an answer, and return the answer as it stands then.

    Raises:
        UnknownRecord: there is none that `viewer` may see.
        NotAllowed, WrongState, InputError: as `review.after` does; then nothing is changed.
    """
    query = select(*SHOWN).where(and_(answers.c.id == key, viewer.sees_answer)).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        raise UnknownRecord(f"there is no answer {key!r}, or it isn't yours")
    before = summaries(connection, [row])[0]
    taken = Step(
        asked.action,
        viewer.subject,
        stamp(at),
        reviewer=viewer.reviewer,
        holder=viewer.operator or _holds(connection, viewer.subject, key),
        alone=asked.alone,
        content_hash=asked.content_hash,
        comment=asked.comment,
        version=asked.version,
    )
    moved = after(before.review, taken, content_hash=before.content_hash, stale=bool(before.stale))
    _write(connection, before, moved, action=asked.action.value, comment=asked.comment, at=at)
    if asked.action is ReviewAction.SUBMIT:
        # It is handed over: it no longer goes when its time is up.
        connection.execute(update(holders).where(holders.c.answer_id == key).values(expires_at=None))
    return summaries(connection, connection.execute(select(*SHOWN).where(answers.c.id == key)).all())[0]


def fall_back(connection: Connection, before: Summary, at: datetime, reason: str) -> bool:
    """Put an approved answer that turned out stale under review again; whether it was approved."""
    moved = fallen_back(before.review, stamp(at))
    if moved == before.review:
        return False
    _write(connection, before, moved, action="fall_back", comment=reason, at=at, actor="vouch")
    return True


def history(connection: Connection, key: str) -> tuple[Event, ...]:
    """All steps of the review of an answer, the first one first."""
    query = select(review_events).where(review_events.c.answer_id == key).order_by(review_events.c.id)
    return tuple(
        Event(
            row.at, row.actor, row.action, row.before, row.after, row.version, row.content_hash, row.comment
        )
        for row in connection.execute(query)
    )


def queue(connection: Connection, viewer: Viewer, limit: int = 50) -> tuple[Waiting, ...]:
    """Answers that `viewer` may see and that wait for a reviewer, the most harmful first."""
    query = select(*SHOWN).where(and_(viewer.sees_answer, answers.c.requested_by.is_not(None)))
    rows = connection.execute(query.where(_waits())).all()
    complaints = _complaints(connection)
    waiting = [
        Waiting(one, harm(one, complaints.get(one.id, 0)), _why(one), complaints.get(one.id, 0))
        for one in summaries(connection, rows)
    ]
    return tuple(sorted(waiting, key=lambda one: (-one.harm, one.summary.issued_at, one.summary.id))[:limit])


def harm(summary: Summary, complaints: int = 0) -> float:
    """How much harm waiting may do: how wrong it may be, times how often it is read, times how risky its topic is.

    The weights are judgements: a retracted source weighs most, then a concern, then what no longer
    holds as it was cited, then a correction.
    """
    staleness = max((_WEIGHT.get(mark.kind, 2.0) for mark in summary.stale), default=1.0)
    return (staleness + complaints) * (1 + summary.reads) * summary.risk


_WEIGHT = {
    "retracted": 8.0,
    "concern": 5.0,
    "removed": 4.0,
    "superseded": 4.0,
    "newer": 4.0,
    "revised": 3.0,
    "answerable": 2.0,
    "corrected": 2.0,
    "lifted": 1.5,
}


def _waits() -> ColumnElement[bool]:
    reissued = answers.alias()
    open_ = answers.c.state != ReviewState.APPROVED.value
    return and_(open_, ~exists().where(reissued.c.reissue_of == answers.c.id))


def _why(summary: Summary) -> str:
    parts = [mark.reason for mark in summary.stale] or ["a review was asked for"]
    return "; ".join(dict.fromkeys(parts))


def _complaints(connection: Connection) -> dict[str, int]:
    query = select(feedback.c.answer_id, func.count()).group_by(feedback.c.answer_id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _holds(connection: Connection, subject: str, key: str) -> bool:
    mine = and_(holders.c.answer_id == key, holders.c.subject == subject)
    return connection.execute(select(holders.c.at).where(mine)).first() is not None


def _write(
    connection: Connection,
    before: Summary,
    moved: Review,
    *,
    action: str,
    comment: str,
    at: datetime,
    actor: str | None = None,
) -> None:
    who = actor or str(moved.by)
    values = {
        "state": moved.state.value,
        "requested_by": moved.requested_by,
        "state_by": moved.by,
        "state_at": moved.at,
        "version": moved.version,
    }
    connection.execute(update(answers).where(answers.c.id == before.id).values(**values))
    event = {
        "answer_id": before.id,
        "at": stamp(at),
        "actor": who,
        "action": action,
        "before": before.review.state.value,
        "after": moved.state.value,
        "version": moved.version,
        "content_hash": before.content_hash,
        "comment": comment,
    }
    connection.execute(review_events.insert().values(**event))
    told: dict[str, str | int | None] = {
        "before": before.review.state.value,
        "after": moved.state.value,
        "version": moved.version,
        "hash": before.content_hash,
        # Its hash and not its words, so that a purge can take those.
        "comment": sha256(comment.encode("utf-8", "replace")).hexdigest() if comment else None,
    }
    audit.append(connection, at=at, actor=who, action=action, subject=f"answer:{before.id}", detail=told)
