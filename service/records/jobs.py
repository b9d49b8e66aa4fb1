"""Jobs: work that takes minutes, kept as rows so that a restart goes on with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, true, tuple_, update

from rag.errors import InputError, UnknownRecord, WrongState
from service.json_text import Json
from service.records import audit
from service.records.clock import stamp
from service.records.schema import jobs

LEASE = timedelta(seconds=20)
"""A running job that hasn't been heard of for so long has lost its process."""
MAX_ATTEMPTS = 5
HOPELESS = f"its process died {MAX_ATTEMPTS} times; look at the server's log and at the input"


class JobKind(StrEnum):
    """What a job does."""

    INDEX = "index"
    EVALUATION = "evaluation"


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing more comes of it."""
        return self in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it is at present."""

    id: str
    kind: JobKind
    owner: str
    state: JobState
    request: Mapping[str, Json]
    created_at: str
    started_at: str | None
    ended_at: str | None
    stage: str
    done: int
    total: int
    attempts: int
    """How often it was begun; more than once where a server was stopped or died."""
    cancelling: bool
    result: Mapping[str, Json] | None
    error: str | None


@dataclass(frozen=True, slots=True)
class JobOwner:
    """Whose jobs are seen."""

    subject: str
    everyones: bool = False
    """An admin sees the jobs of all."""

    @property
    def sees(self) -> ColumnElement[bool]:
        """Condition on `jobs`."""
        return true() if self.everyones else jobs.c.owner == self.subject


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some jobs, the latest first."""

    items: tuple[Job, ...]
    next: str | None


def create(
    connection: Connection, owner: JobOwner, kind: JobKind, request: Mapping[str, Json], at: datetime
) -> Job:
    """Queue a job."""
    key = token_hex(12)
    row = {
        "id": key,
        "kind": kind.value,
        "owner": owner.subject,
        "state": JobState.QUEUED.value,
        "request": json.dumps(request),
        "created_at": stamp(at),
        "stage": "",
        "done": 0,
        "total": 0,
        "attempts": 0,
        "cancel": 0,
    }
    connection.execute(jobs.insert().values(**row))
    audit.append(connection, at=at, actor=owner.subject, action=f"queue {kind.value}", subject=f"job:{key}")
    return load(connection, owner, kind, key)


def load(connection: Connection, owner: JobOwner, kind: JobKind, key: str) -> Job:
    """A job that `owner` may see.

    Raises:
        UnknownRecord: there is none of that kind.
    """
    mine = and_(jobs.c.id == key, jobs.c.kind == kind.value, owner.sees)
    row = connection.execute(select(jobs).where(mine)).first()
    if row is None:
        raise UnknownRecord(f"there is no {kind.value} job {key!r}, or it isn't yours")
    return _job(row)


def page(
    connection: Connection, owner: JobOwner, kind: JobKind, *, limit: int = 20, cursor: str | None = None
) -> JobPage:
    """Jobs of one kind, the latest first.

    Raises:
        InputError: the cursor isn't one that a page gave.
    """
    order = (jobs.c.created_at, jobs.c.id)
    query = select(jobs).where(and_(jobs.c.kind == kind.value, owner.sees))
    if cursor is not None:
        since, _, key = cursor.partition("~")
        if not key:
            raise InputError(f"cursor {cursor!r} is none; take it from `next` of the page before")
        query = query.where(tuple_(*order) < tuple_(since, key))
    rows = connection.execute(query.order_by(*(one.desc() for one in order)).limit(limit + 1)).all()
    items = tuple(map(_job, rows[:limit]))
    return JobPage(items, f"{items[-1].created_at}~{items[-1].id}" if len(rows) > limit else None)


def cancel(connection: Connection, owner: JobOwner, kind: JobKind, key: str, at: datetime) -> Job:
    """Cancel a job: at once while it waits, else as soon as it looks up from its work.

    Raises:
        UnknownRecord: there is none that `owner` may see.
        WrongState: it is over.
    """
    job = load(connection, owner, kind, key)
    if job.state.over:
        raise WrongState(f"job {key} is {job.state.value}; there is nothing left to cancel")
    waits = and_(jobs.c.id == key, jobs.c.state == JobState.QUEUED.value)
    ended = {"state": JobState.CANCELLED.value, "ended_at": stamp(at)}
    if not connection.execute(update(jobs).where(waits).values(**ended)).rowcount:
        connection.execute(update(jobs).where(jobs.c.id == key).values(cancel=1))
    audit.append(connection, at=at, actor=owner.subject, action="cancel", subject=f"job:{key}")
    return load(connection, owner, kind, key)


def claim(connection: Connection, at: datetime) -> Job | None:
    """Take the oldest job that waits, or whose process has died, as running; None where there is none."""
    _fail_hopeless(connection, at)
    lost = and_(jobs.c.state == JobState.RUNNING.value, _lost(at))
    ready = or_(jobs.c.state == JobState.QUEUED.value, lost)
    query = select(jobs.c.id).where(ready).order_by(jobs.c.created_at, jobs.c.id).limit(1)
    key = connection.execute(query.with_for_update(skip_locked=True)).scalar()
    if key is None:
        return None
    now = stamp(at)
    taken = {"state": JobState.RUNNING.value, "beat_at": now, "attempts": jobs.c.attempts + 1}
    connection.execute(update(jobs).where(jobs.c.id == key).values(**taken))
    first = and_(jobs.c.id == key, jobs.c.started_at.is_(None))
    connection.execute(update(jobs).where(first).values(started_at=now))
    return _job(connection.execute(select(jobs).where(jobs.c.id == key)).one())


def beat(connection: Connection, key: str, stage: str, done: int, total: int, *, at: datetime) -> bool:
    """Say that a job is alive and how far it is; whether it is to go on."""
    mine = and_(jobs.c.id == key, jobs.c.state == JobState.RUNNING.value)
    values = {"stage": stage, "done": done, "total": total, "beat_at": stamp(at)}
    connection.execute(update(jobs).where(mine).values(**values))
    cancelled = connection.execute(select(jobs.c.cancel).where(mine)).scalar()
    return cancelled == 0


def end(
    connection: Connection,
    key: str,
    state: JobState,
    at: datetime,
    *,
    result: Mapping[str, Json] | None = None,
    error: str | None = None,
) -> None:
    """Write how a running job ended."""
    mine = and_(jobs.c.id == key, jobs.c.state == JobState.RUNNING.value)
    values = {
        "state": state.value,
        "ended_at": stamp(at),
        "result": None if result is None else json.dumps(result),
        "error": error,
    }
    if connection.execute(update(jobs).where(mine).values(**values)).rowcount:
        audit.append(connection, at=at, actor="vouch", action=state.value, subject=f"job:{key}")


def put_back(connection: Connection, key: str) -> None:
    """Queue a running job again, for its process is being stopped."""
    mine = and_(jobs.c.id == key, jobs.c.state == JobState.RUNNING.value)
    connection.execute(update(jobs).where(mine).values(state=JobState.QUEUED.value, beat_at=None))


def _lost(at: datetime) -> ColumnElement[bool]:
    return or_(jobs.c.beat_at.is_(None), jobs.c.beat_at < stamp(at - LEASE))


def _fail_hopeless(connection: Connection, at: datetime) -> None:
    """End what killed its process again and again, and what was to be cancelled when its process died."""
    lost = and_(jobs.c.state == JobState.RUNNING.value, _lost(at))
    cancelled = {"state": JobState.CANCELLED.value, "ended_at": stamp(at)}
    connection.execute(update(jobs).where(and_(lost, jobs.c.cancel == 1)).values(**cancelled))
    failed = {"state": JobState.FAILED.value, "ended_at": stamp(at), "error": HOPELESS}
    connection.execute(update(jobs).where(and_(lost, jobs.c.attempts >= MAX_ATTEMPTS)).values(**failed))


def _job(row: Row[tuple[object, ...]]) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        owner=row.owner,
        state=JobState(row.state),
        request=json.loads(row.request),
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        stage=row.stage,
        done=row.done,
        total=row.total,
        attempts=row.attempts,
        cancelling=bool(row.cancel),
        result=None if row.result is None else json.loads(row.result),
        error=row.error,
    )
