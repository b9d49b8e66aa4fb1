"""/v1/index/jobs: files, or what a PubMed query finds, are indexed while the client does something else."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool

from service.http.access import Caller, Editor
from service.http.bodies import Body, Line, QuestionText
from service.http.job_models import AS_EVENTS, JobPageReply, JobReply, job_events, job_json, owner_of
from service.http.keeping import EveryPart, Records
from service.http.paging import Paging, next_link
from service.http.problems import Problem, responses
from service.http.replies import json_reply
from service.http.streaming import wants_events
from service.http.uploads import MOST_BYTES, stored_files
from service.json_text import Json
from service.records import jobs
from service.records.clock import now
from service.records.database import Database
from service.records.jobs import Job, JobKind

router = APIRouter(tags=["jobs"])

JobId = Annotated[Line, Path(description="As in the `id` of a job.")]
_KIND = JobKind.INDEX


class FetchBody(Body):
    """What to fetch from PubMed and index."""

    query: QuestionText = Field(description="In PubMed's own language.")
    since: date | None = Field(default=None, description="Only records that came in on this day or later.")
    max: Annotated[int, Field(ge=1, le=1_000_000)] | None = None

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"query": "spinal epidural hematoma[ti]", "max": 200}]},
    )


_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": FetchBody.model_json_schema()},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                        }
                    },
                }
            },
        },
    }
}


@router.post(
    "/v1/index/jobs",
    status_code=202,
    response_model=JobReply,
    responses=responses(413, 415, 422, 503),
    openapi_extra=_BODY,
    max_body_size=MOST_BYTES,
)
async def index(request: Request, caller: Editor, parts: EveryPart, records: Records) -> Response:
    """Index the files that are sent (multipart, `files`), or what a PubMed query finds (JSON)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match kind:
        case "multipart/form-data":
            files = await stored_files(request, parts.settings.data_home / "uploads")
            wanted: dict[str, Json] = {"files": [str(file) for file in files]}
        case "application/json":
            wanted = _fetch(await request.body())
        case _:
            raise Problem(
                415, f"{kind or 'nothing'!r} can't be indexed; send multipart/form-data or application/json"
            )
    job = await run_in_threadpool(_created, records, caller, wanted)
    if parts.worker is not None:
        parts.worker.look()
    return json_reply(job_json(job), 202, {"Location": f"/v1/index/jobs/{job.id}"})


@router.get("/v1/index/jobs", response_model=JobPageReply, responses=responses(422, 503))
async def index_jobs(request: Request, paging: Paging, caller: Editor, records: Records) -> Response:
    """One's own jobs, and for an admin those of all; the latest first."""
    page = await run_in_threadpool(_page, records, caller, paging.limit, paging.after)
    body: Json = {"items": [job_json(one) for one in page.items], "next": page.next}
    return json_reply(body, headers=next_link(request, page.next))


@router.get("/v1/index/jobs/{job_id}", response_model=JobReply, responses=AS_EVENTS | responses(404, 503))
async def index_job(request: Request, job_id: JobId, caller: Editor, records: Records) -> Response:
    """One job: how far it is and what came of it; as events where the client accepts them."""
    read = partial(read_job, records, caller, _KIND, job_id)
    job = await run_in_threadpool(read)
    return job_events(job, read) if wants_events(request) else json_reply(job_json(job))


@router.delete(
    "/v1/index/jobs/{job_id}", status_code=202, response_model=JobReply, responses=responses(404, 409, 503)
)
async def cancel_index_job(job_id: JobId, caller: Editor, records: Records) -> Response:
    """Cancel a job; what it has indexed until then stays."""
    return json_reply(job_json(await run_in_threadpool(cancel_job, records, caller, _KIND, job_id)), 202)


def read_job(records: Database, caller: Caller, kind: JobKind, job_id: str) -> Job:
    """A job that a caller may see."""
    with records.reading() as connection:
        return jobs.load(connection, owner_of(caller), kind, job_id)


def cancel_job(records: Database, caller: Caller, kind: JobKind, job_id: str) -> Job:
    """Cancel a job that a caller may see."""
    with records.writing() as connection:
        return jobs.cancel(connection, owner_of(caller), kind, job_id, now())


def _fetch(content: bytes) -> dict[str, Json]:
    try:
        body = FetchBody.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, ("body", *first["loc"])))
        raise Problem(
            422, f"{where} can't be used: {first['msg']}; correct it and send it again", kind="input"
        ) from error
    return {"query": body.query, "since": body.since.isoformat() if body.since else None, "max": body.max}


def _created(records: Database, caller: Caller, wanted: dict[str, Json]) -> Job:
    with records.writing() as connection:
        return jobs.create(connection, owner_of(caller), _KIND, wanted, now())


def _page(records: Database, caller: Caller, limit: int, after: str | None) -> jobs.JobPage:
    with records.reading() as connection:
        return jobs.page(connection, owner_of(caller), _KIND, limit=limit, cursor=after)
