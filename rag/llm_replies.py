"""What a model server sends, read strictly: nothing in it is trusted, and what can't be read is no reply."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from rag.llm import Reply
from rag.types import Usage

MOST_CLAIMS = 24  # of one reply; what comes after is not read
_HANDLE = re.compile(r"(?:passage|p)?\s*\[?(\d{1,4})\]?", re.IGNORECASE)
_TOKENS = Field(ge=0, le=10**9)
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def _number(handle: object) -> object:
    """The number in a handle such as `[3]` or `passage 3`, which models write although a number is asked for."""
    found = _HANDLE.fullmatch(handle) if isinstance(handle, str) else None
    return int(found[1]) if found else handle


class DraftReply(BaseModel):
    """One claim as a model drafts it; `claim` and `handle` are names that models give `text` and `passage`."""

    lead: bool = False
    text: Annotated[str, Field(max_length=1_000, validation_alias=AliasChoices("text", "claim"))]
    passage: Annotated[
        int, BeforeValidator(_number), Field(validation_alias=AliasChoices("passage", "handle"))
    ]
    quote: Annotated[str, Field(max_length=4_000)]


class ClaimsReply(BaseModel):
    """The claims of a reply, in its order."""

    claims: list[DraftReply]


class QuestionReply(BaseModel):
    """A question that stands alone."""

    question: Annotated[str, Field(min_length=3, max_length=1_000)]


Read = TypeVar("Read", bound=BaseModel)


def read(text: str, form: type[Read]) -> Read | None:
    """The reply `text` in its form; None where it isn't in it."""
    try:
        return form.model_validate_json(_unwrapped(text))
    except ValidationError:
        return None


def completion(body: bytes) -> Reply:
    """The reply in the body of a chat completion; an incomplete one without text where it is none at all."""
    try:
        sent = _Completion.model_validate_json(body)
    except ValidationError:
        return Reply("", complete=False, usage=Usage(1))
    usage = _usage(body)
    if not sent.choices:
        return Reply("", complete=False, usage=usage)
    first = sent.choices[0]
    return Reply(first.message.content or "", first.finish_reason == "stop", usage)


def plain(text: str) -> str:
    """`text` on one line, without characters that can't be seen."""
    seen = "".join(c if unicodedata.category(c) not in _HIDDEN else " " if c.isspace() else "" for c in text)
    return " ".join(seen.split())


def _unwrapped(text: str) -> str:
    """A reply without what models that know no structured output put around it: thoughts and a fence."""
    told = text.strip()
    if told.startswith("<think>"):
        told = told.partition("</think>")[2].strip()
    return told.removeprefix("```json").removeprefix("```").removesuffix("```").strip()


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]


class _Tokens(BaseModel):
    prompt_tokens: Annotated[int, _TOKENS]
    completion_tokens: Annotated[int, _TOKENS]


class _Used(BaseModel):
    usage: _Tokens


def _usage(body: bytes) -> Usage:
    """What a server says that a reply cost; a wrong count is no reason to lose the reply."""
    try:
        used = _Used.model_validate_json(body).usage
    except ValidationError:
        return Usage(1)
    return Usage(1, used.prompt_tokens, used.completion_tokens)
