"""A model as judge of whether an answer says a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prompts import load
from rag.errors import ModelUnavailable

if TYPE_CHECKING:
    from openai import OpenAI

PROMPT = "judge.v1"
_REPLY = re.compile(r"^\W*(?:(none)|(\d+(?:\s*,\s*\d+)*))\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Asks a model behind an OpenAI-compatible endpoint; each question of judgement is asked once."""

    client: OpenAI
    model: str
    _told: dict[tuple[str, tuple[str, ...]], tuple[int, ...] | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What stands in a report."""
        return f"{self.model} at {self.client.base_url} ({PROMPT})"

    def __call__(
        self,
        statement: str,
        sentences: Sequence[str],
        question: str,  # noqa: ARG002  # a match's
    ) -> tuple[int, ...] | None:
        """Indices of the sentences that say `statement`, None where none do or the reply can't be read.

        Raises:
            ModelUnavailable: the endpoint can't be asked.
        """
        key = (statement, tuple(sentences))
        if sentences and key not in self._told:
            self._told[key] = places(self._reply(statement, sentences), len(sentences))
        return self._told.get(key)

    def _reply(self, statement: str, sentences: Sequence[str]) -> str:
        import openai

        listed = "\n".join(f"{number}. {' '.join(text.split())}" for number, text in enumerate(sentences, 1))
        asked = load(PROMPT).fill(statement=statement, sentences=listed)
        try:
            reply = self.client.chat.completions.create(
                model=self.model, messages=[{"role": "user", "content": asked}], temperature=0
            )
        except (openai.OpenAIError, ValueError) as error:
            raise ModelUnavailable(
                f"the judge {self.name} can't be asked: {error}; check its address, model and OPENAI_API_KEY"
            ) from error
        return (reply.choices[0].message.content or "") if reply.choices else ""


def places(reply: str, count: int) -> tuple[int, ...] | None:
    """The indices that a reply names; None where it says none, names one that isn't there or says more."""
    found = _REPLY.match(reply.strip())
    if found is None or found[1]:
        return None
    numbers = sorted({int(number) for number in re.findall(r"\d+", found[2])})
    return tuple(n - 1 for n in numbers) if numbers[0] >= 1 and numbers[-1] <= count else None
