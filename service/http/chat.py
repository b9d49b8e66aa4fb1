"""The OpenAI-compatible door: any chat client can plug in, citations stand in the text itself."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from rag.article import article
from rag.errors import InputError, VouchError
from rag.question import MAX_LENGTH, understand
from service.http.access import Caller, Reader
from service.http.answering import Answered, answer_to
from service.http.chat_models import (
    ROLE_OF,
    ChatBody,
    ChatReply,
    ChoiceReply,
    ModelReply,
    ModelsReply,
    SaidReply,
    TokensReply,
)
from service.http.engine import Asked
from service.http.leaving import while_there
from service.http.parts import Parts, parts_of
from service.http.problems import Problem, of_error, responses
from service.http.replies import json_reply
from service.json_text import Json
from service.markdown_view import markdown

router = APIRouter(tags=["chat clients"])
_EARLIER = 4
_KEEP_ALIVE = 10.0  # seconds of silence after which a comment is sent


@router.get("/v1/models", responses=responses(401))
async def models(_: Reader) -> ModelsReply:
    """The models on offer: one for each kind of reader, with the same claims."""
    return ModelsReply(data=[ModelReply(id=name) for name in ROLE_OF])


@router.post("/v1/chat/completions", response_model=ChatReply, responses=responses(404, 503))
async def chat_completions(
    body: ChatBody, request: Request, caller: Reader, parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """Answer the last message of a chat, in the light of those before it."""
    asked = _asked(body, parts)
    if body.stream:
        parts.engine.check_room()
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        pieces = _pieces(body.model, asked, caller, parts)
        return StreamingResponse(pieces, headers=headers, media_type="text/event-stream")
    found = await while_there(request, answer_to(asked, caller, parts))
    said = ChoiceReply(message=SaidReply(content=_text(found)))
    reply = ChatReply(
        id=_id(found), created=int(time.time()), model=body.model, choices=[said], usage=_tokens(found)
    )
    return json_reply({**reply.model_dump(mode="json"), "answer": found.body})


def _asked(body: ChatBody, parts: Parts) -> Asked:
    if body.model not in ROLE_OF:
        raise Problem(404, f"there is no model {body.model!r}; there are {', '.join(ROLE_OF)}", kind="model")
    said = [message.text.strip() for message in body.messages if message.role == "user"]
    if not said or not body.messages[-1].text.strip():
        raise InputError("the chat has no question; end it with a message of the role user")
    understand(said[-1])
    earlier = tuple(text for text in said[:-1] if _can_be_asked(text))[-_EARLIER:]
    return Asked(said[-1], parts.today(), ROLE_OF[body.model], questions=earlier)


def _can_be_asked(text: str) -> bool:
    """Whether an earlier message is a question at all: a greeting or a pasted page is passed over."""
    if len(text) > MAX_LENGTH:
        return False
    try:
        understand(text)
    except InputError:
        return False
    return True


async def _pieces(model: str, asked: Asked, caller: Caller, parts: Parts) -> AsyncIterator[bytes]:
    """The article paragraph by paragraph, once all of it is vouched for; ends with `[DONE]` or an error."""
    working = asyncio.ensure_future(answer_to(asked, caller, parts))
    try:
        while not (await asyncio.wait({working}, timeout=_KEEP_ALIVE))[0]:
            yield b": still at it\n\n"
        found = working.result()
        piece = _Piece(_id(found), model, int(time.time()))
        yield piece({"role": "assistant", "content": ""})
        for paragraph in _text(found).splitlines(keepends=True):
            yield piece({"content": paragraph})
        yield piece({}, "stop")
        yield b"data: [DONE]\n\n"
    except (VouchError, Problem) as error:
        problem = error if isinstance(error, Problem) else of_error(error)
        yield _data({"error": {"message": str(problem.detail), "code": problem.status_code}})
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


class _Piece:
    """Makes the pieces of one streamed completion."""

    def __init__(self, key: str, model: str, created: int) -> None:
        self._head: dict[str, Json] = {
            "id": key,
            "object": "chat.completion.chunk",
            "created": created,
            "model": model,
        }

    def __call__(self, delta: dict[str, Json], finish: str | None = None) -> bytes:
        choice: dict[str, Json] = {"index": 0, "delta": delta, "finish_reason": finish}
        return _data({**self._head, "choices": [choice]})


def _data(value: Json) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n\n"


def _id(found: Answered) -> str:
    return f"chatcmpl-{found.body['id']}"


def _text(found: Answered) -> str:
    return markdown(article(found.answer))


def _tokens(found: Answered) -> TokensReply:
    usage = found.answer.usage
    asked, written = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
    return TokensReply(prompt_tokens=asked, completion_tokens=written, total_tokens=asked + written)
