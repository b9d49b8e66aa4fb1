"""A chat model behind an OpenAI-compatible endpoint as a system under test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from eval.gold import GoldQuestion
from eval.prose import answer_in_prose
from eval.result import Result, Tokens
from prompts import load
from rag.errors import InputError, ModelUnavailable
from rag.types import Role

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types.chat import ChatCompletionMessageParam as Message

PROMPT = "baseline.v1"


@dataclass(frozen=True, slots=True)
class Chat:
    """Asks a model by its endpoint; its ranking is the order in which it first cites documents."""

    client: OpenAI
    model: str
    today: date
    role: str | None = None

    def __call__(self, gold: GoldQuestion) -> Result:
        """The model's answer, its text parsed for sentences and citations.

        Raises:
            InputError: the model refuses this question.
            ModelUnavailable: the endpoint can't be reached or refuses the key or the model.
        """
        role = self.role or gold.role
        messages: list[Message] = [{"role": "system", "content": load(PROMPT).fill(role=role)}]
        for before in gold.history:
            messages.append({"role": "user", "content": before})
            messages.append({"role": "assistant", "content": self._reply(messages)[0]})
        messages.append({"role": "user", "content": gold.question})
        began = perf_counter()
        text, tokens = self._reply(messages)
        seconds = perf_counter() - began
        if not text.strip():
            return Result(seconds=seconds, error="the model's reply is empty or was cut off", tokens=tokens)
        answer = answer_in_prose(gold.question, text, Role(role), self.today)
        return Result(answer=answer, ranked=answer.cited_documents, seconds=seconds, tokens=tokens)

    def _reply(self, messages: list[Message]) -> tuple[str, Tokens | None]:
        """The text of a complete reply, empty where it was cut off, and what it cost."""
        import openai

        try:
            reply = self.client.chat.completions.create(model=self.model, messages=messages, temperature=0)
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise InputError(f"{self.model} refuses the question: {error}; ask it in other words") from error
        except (openai.OpenAIError, ValueError) as error:
            raise ModelUnavailable(
                f"{self.client.base_url} can't be asked for {self.model}: {error}; "
                "check the address, the model and OPENAI_API_KEY"
            ) from error
        usage = reply.usage
        tokens = Tokens(usage.prompt_tokens, usage.completion_tokens) if usage else None
        first = reply.choices[0] if reply.choices else None
        complete = first is not None and first.finish_reason == "stop"
        return (first.message.content or "") if first and complete else "", tokens


def open_endpoint(base_url: str, key: str) -> OpenAI:
    """A client of an OpenAI-compatible endpoint."""
    from openai import OpenAI

    return OpenAI(base_url=base_url, api_key=key, timeout=120, max_retries=2)
