"""/v1/conversations: questions that follow up on one another, kept for a time and purged on request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from rag.question import understand
from rag.types import Role, Turn
from service.http.access import Caller, Reader
from service.http.answering import answer_to
from service.http.bodies import Body, FiltersBody, Line, QuestionText
from service.http.engine import Asked
from service.http.keeping import EveryPart, Keeping, KeepingTurns, Records, viewer_of
from service.http.leaving import while_there
from service.http.paging import Paging, next_link
from service.http.problems import responses
from service.http.record_models import ConversationPageReply, ConversationReply, PurgedReply, TurnReply
from service.http.replies import json_reply, tagged_reply
from service.http.streaming import event_stream, wants_events
from service.json_text import Json
from service.records import conversations as kept
from service.records.clock import now
from service.records.conversations import Conversation
from service.records.database import Database
from service.records.purge import purge_conversation
from service.records.stored import summary_json

router = APIRouter(tags=["conversations"])

ConversationId = Annotated[Line, Path(description="As in the `id` of a conversation.")]


class ConversationBody(Body):
    """A new conversation."""

    role: Role = Field(default=Role.CLINICIAN, description="For whom its answers are worded.")


class FollowUpBody(Body):
    """One question of a conversation."""

    question: QuestionText
    role: Role | None = Field(default=None, description="Another one than the conversation's.")
    filters: FiltersBody = FiltersBody()

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"question": "And in children?"}]},
    )


@router.post(
    "/v1/conversations", status_code=201, response_model=ConversationReply, responses=responses(422, 503)
)
async def begin(
    caller: Reader, parts: EveryPart, records: Records, body: ConversationBody | None = None
) -> Response:
    """Begin a conversation; it goes some days after its last question."""
    role = (body or ConversationBody()).role
    made = await run_in_threadpool(_begin, records, caller, role, Keeping(records, parts.settings.keep_days))
    return json_reply(_json(made), 201, {"Location": f"/v1/conversations/{made.id}"})


@router.get("/v1/conversations", response_model=ConversationPageReply, responses=responses(422, 503))
async def conversations(request: Request, paging: Paging, caller: Reader, records: Records) -> Response:
    """One's own conversations, the latest first."""
    page = await run_in_threadpool(_page, records, caller, paging.limit, paging.after)
    body: Json = {"items": [_json(one) for one in page.items], "next": page.next}
    return json_reply(body, headers=next_link(request, page.next))


@router.get(
    "/v1/conversations/{conversation_id}",
    response_model=ConversationReply,
    responses=responses(404, 503),
)
async def conversation(
    request: Request, conversation_id: ConversationId, caller: Reader, records: Records
) -> Response:
    """One conversation with its questions; each answer is under `/v1/answers/{id}`."""
    return tagged_reply(request, _json(await run_in_threadpool(_load, records, caller, conversation_id)))


@router.delete(
    "/v1/conversations/{conversation_id}", response_model=PurgedReply, responses=responses(404, 503)
)
async def purge_turns(conversation_id: ConversationId, caller: Reader, records: Records) -> Response:
    """Let go of a conversation and its answers for good; what was submitted for review stays with reviewers."""
    gone = await run_in_threadpool(purge_conversation, records, viewer_of(caller), conversation_id, now())
    body: Json = {"conversations": gone.conversations, "answers": gone.answers, "kept": list(gone.kept)}
    return json_reply(body)


@router.post(
    "/v1/conversations/{conversation_id}/questions",
    response_model=TurnReply,
    responses=responses(404, 422, 503),
)
async def follow_up(
    *,
    body: FollowUpBody,
    conversation_id: ConversationId,
    request: Request,
    caller: Reader,
    parts: EveryPart,
    records: Records,
) -> Response:
    """Ask the next question, read in the light of the earlier ones; events where the client accepts them."""
    understand(body.question)
    role, earlier = await run_in_threadpool(_earlier, records, caller, conversation_id)
    filters = await run_in_threadpool(body.filters.checked, parts, None)
    asked = Asked(body.question, parts.today(), body.role or role, filters, tuple(earlier))
    keeping = KeepingTurns(Keeping(records, parts.settings.keep_days), conversation_id)
    keeping_parts = replace(parts, keep=keeping)
    if wants_events(request):
        return event_stream(keeping_parts, asked, caller)
    answered = await while_there(request, answer_to(asked, caller, keeping_parts))
    return json_reply(answered.body, headers={"Location": f"/v1/answers/{answered.body['id']}"})


def _begin(records: Database, caller: Caller, role: Role, keeping: Keeping) -> Conversation:
    at = keeping.clock()
    with records.writing() as connection:
        return kept.begin(connection, viewer_of(caller), role, at=at, until=keeping.until(at))


def _page(records: Database, caller: Caller, limit: int, after: str | None) -> kept.ConversationPage:
    with records.reading() as connection:
        return kept.page(connection, viewer_of(caller), now(), limit=limit, cursor=after)


def _load(records: Database, caller: Caller, conversation_id: str) -> Conversation:
    with records.reading() as connection:
        return kept.load(connection, viewer_of(caller), conversation_id, now())


def _earlier(records: Database, caller: Caller, conversation_id: str) -> tuple[Role, Sequence[Turn]]:
    with records.reading() as connection:
        viewer, at = viewer_of(caller), now()
        role = kept.load(connection, viewer, conversation_id, at).role
        return role, kept.earlier(connection, viewer, conversation_id, at)


def _json(conversation: Conversation) -> Json:
    return {
        "id": conversation.id,
        "role": conversation.role.value,
        "created_at": conversation.created_at,
        "expires_at": conversation.expires_at,
        "turns": [summary_json(one) for one in conversation.turns],
    }
