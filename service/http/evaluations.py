"""/v1/eval/runs: gold questions are asked of the library as it is, and the answers measured."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AfterValidator, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from rag.types import Role
from service.http.access import Caller, Editor
from service.http.bodies import Body, Line
from service.http.job_models import AS_EVENTS, JobPageReply, JobReply, job_events, job_json, owner_of
from service.http.jobs import JobId, cancel_job, read_job
from service.http.keeping import EveryPart, Records
from service.http.paging import Paging, next_link
from service.http.problems import responses
from service.http.replies import json_reply
from service.http.streaming import wants_events
from service.json_text import Json
from service.records import jobs
from service.records.clock import now
from service.records.database import Database
from service.records.job_work import gold_sets
from service.records.jobs import Job, JobKind

router = APIRouter(tags=["evaluation"])

_KIND = JobKind.EVALUATION


def _known(name: str) -> str:
    if name not in gold_sets():
        raise ValueError(f"no such gold set; there are {', '.join(gold_sets())}")
    return name


class EvaluationBody(Body):
    """What to measure."""

    gold: Annotated[tuple[Annotated[Line, AfterValidator(_known)], ...], Field(max_length=50)] = Field(
        default=(), description="Names of gold sets that ship; all of them where none is named."
    )
    limit: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        default=None, description="Only the first so many questions."
    )
    role: Role | None = Field(default=None, description="Ask every question for this reader.")
    probes: bool = Field(default=False, description="Ask again, and for every role: five times the work.")

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"gold": ["spinal_hematoma"], "limit": 20}, {}]},
    )


@router.post("/v1/eval/runs", status_code=202, response_model=JobReply, responses=responses(422, 503))
async def evaluate(
    caller: Editor, parts: EveryPart, records: Records, body: EvaluationBody | None = None
) -> Response:
    """Begin an evaluation run; its result has every metric with an interval, and the scores of each question."""
    job = await run_in_threadpool(_created, records, caller, body or EvaluationBody())
    if parts.worker is not None:
        parts.worker.look()
    return json_reply(job_json(job), 202, {"Location": f"/v1/eval/runs/{job.id}"})


@router.get("/v1/eval/runs", response_model=JobPageReply, responses=responses(422, 503))
async def evaluation_runs(request: Request, paging: Paging, caller: Editor, records: Records) -> Response:
    """One's own runs, and for an admin those of all; the latest first."""
    page = await run_in_threadpool(_page, records, caller, paging.limit, paging.after)
    body: Json = {"items": [job_json(one) for one in page.items], "next": page.next}
    return json_reply(body, headers=next_link(request, page.next))


@router.get("/v1/eval/runs/{job_id}", response_model=JobReply, responses=AS_EVENTS | responses(404, 503))
async def evaluation_run(request: Request, job_id: JobId, caller: Editor, records: Records) -> Response:
    """One run: how far it is and what came of it; as events where the client accepts them."""
    read = partial(read_job, records, caller, _KIND, job_id)
    job = await run_in_threadpool(read)
    return job_events(job, read) if wants_events(request) else json_reply(job_json(job))


@router.delete(
    "/v1/eval/runs/{job_id}", status_code=202, response_model=JobReply, responses=responses(404, 409, 503)
)
async def cancel_evaluation(job_id: JobId, caller: Editor, records: Records) -> Response:
    """Cancel a run; the answers that were measured stay in its folder."""
    return json_reply(job_json(await run_in_threadpool(cancel_job, records, caller, _KIND, job_id)), 202)


def _created(records: Database, caller: Caller, body: EvaluationBody) -> Job:
    wanted: dict[str, Json] = {
        "gold": list(body.gold),
        "limit": body.limit,
        "role": body.role.value if body.role else None,
        "probes": body.probes,
    }
    with records.writing() as connection:
        return jobs.create(connection, owner_of(caller), _KIND, wanted, now())


def _page(records: Database, caller: Caller, limit: int, after: str | None) -> jobs.JobPage:
    with records.reading() as connection:
        return jobs.page(connection, owner_of(caller), _KIND, limit=limit, cursor=after)
