"""Jobs as OpenAPI describes them, and as they are told while they run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi.responses import Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool

from service.http.access import AccessRole, Caller
from service.http.streaming import EVENT_STREAM, event
from service.json_text import Json
from service.records.jobs import Job, JobOwner, JobState

_LOOK = 0.5  # seconds between two looks at a job that is watched
_SILENCE = 20  # looks without a change after which a comment is sent


class ProgressReply(BaseModel):
    """How far a job is: steps of its present stage."""

    stage: str
    done: int
    total: int


class JobReply(BaseModel):
    """A job that takes minutes."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)

    id: str
    kind: str
    state: JobState
    created_at: str
    started_at: str | None
    ended_at: str | None
    progress: ProgressReply
    attempts: int
    cancelling: bool
    result: dict[str, Any] | None
    error: str | None


class JobPageReply(BaseModel):
    """Jobs, the latest first."""

    items: list[JobReply]
    next: str | None


AS_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The job; with `Accept: text/event-stream` an event `progress` whenever it gets on, then "
        "`done`, `failed` or `cancelled`, each with the job.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


def owner_of(caller: Caller) -> JobOwner:
    """Whose jobs a caller sees."""
    return JobOwner(caller.id, everyones=caller.role is AccessRole.ADMIN)


def job_json(job: Job) -> dict[str, Json]:
    """A job as it is at present."""
    return {
        "id": job.id,
        "kind": job.kind.value,
        "state": job.state.value,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
        "progress": {"stage": job.stage, "done": job.done, "total": job.total},
        "attempts": job.attempts,
        "cancelling": job.cancelling,
        "result": job.result,
        "error": job.error,
    }


def job_events(job: Job, read: Callable[[], Job]) -> Response:
    """A job as events, until it is over or the client leaves."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(job, read), headers=headers, media_type=EVENT_STREAM)


async def _events(job: Job, read: Callable[[], Job]) -> AsyncIterator[bytes]:
    told: dict[str, Json] | None = None
    silent = 0
    while not job.state.over:
        now = job_json(job)
        if now != told:
            yield event("progress", now)
            told, silent = now, 0
        elif silent >= _SILENCE:
            yield KEEPALIVE_COMMENT
            silent = 0
        silent += 1
        await asyncio.sleep(_LOOK)
        job = await run_in_threadpool(read)
    yield event(job.state.value, job_json(job))
