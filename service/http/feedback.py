"""POST /v1/answers/{id}/feedback: a wrong citation, outdated, unhelpful."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from service.http.access import Caller, Reader
from service.http.answers import AnswerId
from service.http.bodies import Body, Line
from service.http.keeping import Records, viewer_of
from service.http.problems import responses
from service.http.record_models import FeedbackListReply, FeedbackReply
from service.http.replies import json_reply
from service.http.review import Comment
from service.json_text import Json
from service.records import feedback as said
from service.records.clock import now
from service.records.database import Database
from service.records.feedback import Feedback, FeedbackKind

router = APIRouter(tags=["review"])


class FeedbackBody(Body):
    """What is wrong with an answer."""

    kind: FeedbackKind
    document_id: Line | None = Field(default=None, description="The cited document that it is about.")
    comment: Comment = ""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "kind": "wrong_citation",
                    "document_id": "pmid:30635115",
                    "comment": "The quote is about another group.",
                },
                {"kind": "outdated"},
            ]
        },
    )


@router.post(
    "/v1/answers/{answer_id}/feedback",
    status_code=201,
    response_model=FeedbackReply,
    responses=responses(404, 422, 503),
)
async def give_feedback(
    body: FeedbackBody, answer_id: AnswerId, caller: Reader, records: Records
) -> Response:
    """Say what is wrong with an answer; reviewers see it, and it moves the answer up their queue."""
    return json_reply(await run_in_threadpool(_give, records, caller, answer_id, body), 201)


@router.get(
    "/v1/answers/{answer_id}/feedback", response_model=FeedbackListReply, responses=responses(404, 503)
)
async def feedback(answer_id: AnswerId, caller: Reader, records: Records) -> Response:
    """What was said of an answer: all of it for reviewers, one's own for readers."""
    return json_reply(await run_in_threadpool(_given, records, caller, answer_id))


def _give(records: Database, caller: Caller, answer_id: str, body: FeedbackBody) -> Json:
    with records.writing() as connection:
        given = said.give(
            connection,
            viewer_of(caller),
            answer_id,
            body.kind,
            comment=body.comment,
            document_id=body.document_id,
            at=now(),
        )
    return _json(given)


def _given(records: Database, caller: Caller, answer_id: str) -> Json:
    with records.reading() as connection:
        return {"items": [_json(one) for one in said.given(connection, viewer_of(caller), answer_id)]}


def _json(given: Feedback) -> Json:
    return {
        "id": given.id,
        "at": given.at,
        "by": given.subject,
        "kind": given.kind.value,
        "document_id": given.document_id,
        "comment": given.comment,
    }
