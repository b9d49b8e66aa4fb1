"""A language model as the way from evidence to claims sees it: messages in, one whole reply out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol

from rag.deadline import Deadline
from rag.types import Usage


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form that a reply must have: a JSON schema with a name."""

    name: str
    schema: str
    """The schema as JSON text, so that a form can be compared and kept."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, and what it cost."""

    text: str
    """Empty where nothing was said."""
    complete: bool
    """Whether the model came to its own end; what was cut off is not to be used."""
    usage: Usage


class LLM(Protocol):
    """A model that replies to messages; the port behind which any server can stand."""

    @property
    def name(self) -> str:
        """The model's name, as an answer records it."""

    def __call__(self, messages: Sequence[Message], form: Form, deadline: Deadline) -> Reply:
        """The reply to `messages`, in `form` where the model can be held to it.

        Raises:
            ModelUnavailable: no reply came before `deadline`, or none that can be read.
        """


@lru_cache(maxsize=8)
def claims_form(passages: int) -> Form:
    """The form of drafted claims over so many numbered passages."""
    claim = _object(
        lead={"type": "boolean"},
        text={"type": "string"},
        passage={"type": "integer", "enum": list(range(1, passages + 1))},
        quote={"type": "string"},
    )
    return Form("claims", json.dumps(_object(claims={"type": "array", "items": claim})))


@lru_cache(maxsize=1)
def question_form() -> Form:
    """The form of a question that stands alone."""
    return Form("question", json.dumps(_object(question={"type": "string"})))


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
