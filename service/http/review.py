"""POST /v1/answers/{id}/review and GET /v1/review/queue: answers are looked at by people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from service.http.access import Caller, Reader, Reviewer
from service.http.answers import AnswerId
from service.http.bodies import Body, Text
from service.http.keeping import Records, alone, viewer_of
from service.http.problems import responses
from service.http.record_models import HistoryReply, QueueReply, SummaryReply
from service.http.replies import json_reply
from service.json_text import Json
from service.records import desk, kept
from service.records.clock import now
from service.records.database import Database
from service.records.desk import Asked
from service.records.review import MAX_COMMENT, ReviewAction
from service.records.stored import Summary, summary_json
from service.records_view import queue_json

router = APIRouter(tags=["review"])

Comment = Annotated[Text, StringConstraints(max_length=MAX_COMMENT)]


class ReviewBody(Body):
    """One step of a review."""

    action: ReviewAction
    comment: Comment = Field(default="", description="Needed to return and to reopen.")
    content_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="Of what you read; needed to approve. Another one than the answer's is 409."
    )
    version: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="`review.version` as you saw it; another one is 409."
    )

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {"action": "submit", "comment": "Please look at the interval."},
                {"action": "take"},
                {"action": "return", "comment": "The second claim is about another drug."},
            ]
        },
    )


@router.post(
    "/v1/answers/{answer_id}/review",
    response_model=SummaryReply,
    responses=responses(403, 404, 409, 422, 503),
)
async def review(body: ReviewBody, answer_id: AnswerId, caller: Reader, records: Records) -> Response:
    """Submit an answer for review (whoever got it), or take, approve, return or reopen it (reviewers)."""
    asked = Asked(body.action, body.comment, body.content_hash, body.version, alone(caller))
    after = await run_in_threadpool(_step, records, caller, answer_id, asked)
    return json_reply(summary_json(after), headers={"ETag": after.etag})


@router.get("/v1/answers/{answer_id}/review", response_model=HistoryReply, responses=responses(404, 503))
async def history(answer_id: AnswerId, caller: Reader, records: Records) -> Response:
    """All steps of the review of an answer: who, when, why, and the hash of what was read."""
    return json_reply(await run_in_threadpool(_history, records, caller, answer_id))


@router.get("/v1/review/queue", response_model=QueueReply, responses=responses(403, 503))
async def queue(
    caller: Reviewer, records: Records, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """Answers that wait for a reviewer, the most harmful first."""
    return json_reply(await run_in_threadpool(_queue, records, caller, limit))


def _step(records: Database, caller: Caller, answer_id: str, asked: Asked) -> Summary:
    with records.writing() as connection:
        return desk.step(connection, viewer_of(caller), answer_id, asked, now())


def _history(records: Database, caller: Caller, answer_id: str) -> Json:
    with records.reading() as connection:
        summary = kept.summary(connection, viewer_of(caller), answer_id)
        steps = [asdict(event) for event in desk.history(connection, answer_id)]
    return {"answer": summary_json(summary), "steps": steps}


def _queue(records: Database, caller: Caller, limit: int) -> Json:
    with records.reading() as connection:
        waiting = desk.queue(connection, viewer_of(caller), limit)
    return queue_json(waiting)
