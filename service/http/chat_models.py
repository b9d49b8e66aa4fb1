"""Chat completions as OpenAI's clients send and read them; what Vouch has no use for is ignored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.types import Role
from service.http.bodies import Text

MODEL = "vouch"
ROLE_OF = {MODEL: Role.CLINICIAN} | {f"{MODEL}-{role.value}": role for role in Role}
"""The models on offer: one for each kind of reader."""
_MESSAGES = 1_000
_CHARACTERS = 200_000


class TextPart(BaseModel):
    """A part of a message."""

    model_config = ConfigDict(extra="allow")

    type: str
    text: Text | None = None


class Message(BaseModel):
    """One message of a chat."""

    model_config = ConfigDict(extra="allow")

    role: Annotated[str, Field(max_length=50)]
    content: Annotated[Text, Field(max_length=_CHARACTERS)] | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """What it says; parts that are no text say nothing here."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class ChatBody(BaseModel):
    """A chat; its last message of the user is the question, the earlier ones are what it follows up."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "Does aspirin prevent a first heart attack?"}],
                }
            ]
        },
    )

    model: Annotated[Text, Field(max_length=200)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=_MESSAGES)]
    stream: bool | None = False


class ModelReply(BaseModel):
    """A model on offer."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "vouch"


class ModelsReply(BaseModel):
    """The models on offer."""

    object: Literal["list"] = "list"
    data: list[ModelReply]


class SaidReply(BaseModel):
    """What the assistant says: Markdown with its citations in the text."""

    role: Literal["assistant"] = "assistant"
    content: str


class ChoiceReply(BaseModel):
    """The one choice."""

    index: int = 0
    message: SaidReply
    finish_reason: Literal["stop"] = "stop"


class TokensReply(BaseModel):
    """Tokens of the model that wrote; 0 where none was asked."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatReply(BaseModel):
    """A chat completion; `answer` is the whole answer as `POST /v1/ask` gives it."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[ChoiceReply]
    usage: TokensReply = TokensReply()
    answer: dict[str, Any] | None = None
