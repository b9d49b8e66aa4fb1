"""Answers as server-sent events: how far it is, each claim once it is vouched for, then the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.concurrency import run_in_threadpool

from rag.errors import VouchError
from rag.types import Answer
from service.answer_json import answer_json
from service.http.access import Caller
from service.http.engine import Asked
from service.http.parts import Parts
from service.http.problems import Problem, of_error, problem_response
from service.http.replies import json_reply
from service.json_text import Json

EVENT_STREAM = "text/event-stream"
_KEEP_ALIVE = 10.0  # seconds of silence after which a comment is sent


def wants_events(request: Request) -> bool:
    """Whether the client asks for events rather than for JSON."""
    return EVENT_STREAM in request.headers.get("accept", "")


def event_stream(parts: Parts, asked: Asked, caller: Caller) -> Response:
    """The events of one question."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(parts, asked, caller), headers=headers, media_type=EVENT_STREAM)


def event(name: str, value: Json) -> bytes:
    """One event with a JSON value."""
    return format_sse_event(event=name, data_str=bytes(json_reply(value).body).decode())


async def _events(parts: Parts, asked: Asked, caller: Caller) -> AsyncIterator[bytes]:
    """Ends with `answer` or `error`, whatever happens; leaving it ends the work."""
    yield event("stage", {"stage": "asked"})
    working = asyncio.ensure_future(parts.engine.ask(asked))
    try:
        while not (await asyncio.wait({working}, timeout=_KEEP_ALIVE))[0]:
            yield KEEPALIVE_COMMENT
        answer = working.result()
        if parts.keep is not None:
            await run_in_threadpool(parts.keep, answer, caller)
        for one in _said(answer):
            yield one
    except (VouchError, Problem) as error:
        yield _error(error)
    finally:
        working.cancel()


def _said(answer: Answer) -> list[bytes]:
    body = answer_json(answer)
    return [event("answer", body)]


def _error(error: VouchError | Problem) -> bytes:
    problem = error if isinstance(error, Problem) else of_error(error)
    body = bytes(problem_response(problem.status_code, str(problem.detail), kind=problem.kind).body)
    return format_sse_event(event="error", data_str=body.decode())
