"""POST /v1/ask: one question, answered whole or as a stream of events."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from service.http.access import Reader
from service.http.answering import answer_to, asked_of
from service.http.bodies import AskBody
from service.http.leaving import while_there
from service.http.parts import Parts, parts_of
from service.http.problems import responses
from service.http.record_models import KeptReply
from service.http.replies import json_reply
from service.http.streaming import EVENT_STREAM, event_stream, wants_events

router = APIRouter(tags=["answers"])

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; with `Accept: text/event-stream` the events `stage`, `claim` (only what was "
        "vouched for), then `answer` or `error`.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


@router.post("/v1/ask", response_model=KeptReply, responses=_STREAM | responses(503))
async def ask(
    body: AskBody, request: Request, caller: Reader, parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """Answer one question with a cited article, or say what is missing for an answer."""
    asked = await asked_of(body, parts)
    if wants_events(request):
        return event_stream(parts, asked, caller)
    return json_reply((await while_there(request, answer_to(asked, caller, parts))).body)
