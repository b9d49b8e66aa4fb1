"""Answers as server-sent events: how far it is, each claim once it is vouched for, then the answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from rag.errors import VouchError
from rag.progress import Event as Told
from rag.progress import Stage
from service.answer_json import claim_json
from service.http.access import Caller
from service.http.answering import answer_to
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
    """The events of one question.

    Raises:
        Problem: too many wait already; told before anything is sent.
    """
    parts.engine.check_room()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(parts, asked, caller), headers=headers, media_type=EVENT_STREAM)


def event(name: str, value: Json) -> bytes:
    """One event with a JSON value."""
    return format_sse_event(event=name, data_str=bytes(json_reply(value).body).decode())


async def _events(parts: Parts, asked: Asked, caller: Caller) -> AsyncIterator[bytes]:
    """Ends with `answer` or `error`, whatever happens; leaving it ends the work."""
    told: asyncio.Queue[bytes] = asyncio.Queue()
    working = asyncio.ensure_future(answer_to(asked, caller, parts, _Teller(told)))
    working.add_done_callback(lambda _: told.put_nowait(b""))
    try:
        while said := await _next(told):
            yield said
        yield event("answer", working.result().body)
    except (VouchError, Problem) as error:
        yield _error(error)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _next(told: asyncio.Queue[bytes]) -> bytes:
    """What comes next; a comment where nothing comes for long, and nothing at the end."""
    try:
        return await asyncio.wait_for(told.get(), _KEEP_ALIVE)
    except TimeoutError:
        return KEEPALIVE_COMMENT


class _Teller:
    """Turns what the pipeline tells on its thread into events on the loop; numbers documents as the answer will."""

    def __init__(self, told: asyncio.Queue[bytes]) -> None:
        self._told = told
        self._loop = asyncio.get_running_loop()
        self._number_of: dict[str, int] = {}

    def __call__(self, said: Told, /) -> None:
        if isinstance(said, Stage):
            made = event("stage", {"stage": said.value})
        else:
            for citation in said.citations:
                self._number_of.setdefault(citation.document_id, len(self._number_of) + 1)
            made = event("claim", claim_json(said, self._number_of))
        self._loop.call_soon_threadsafe(self._told.put_nowait, made)


def _error(error: VouchError | Problem) -> bytes:
    problem = error if isinstance(error, Problem) else of_error(error)
    body = bytes(problem_response(problem.status_code, str(problem.detail), kind=problem.kind).body)
    return format_sse_event(event="error", data_str=body.decode())
