"""What a system under test gives back for one gold question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from eval.gold import GoldQuestion
from rag.types import Answer


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an answer cost at a model server, where one was asked."""

    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class Result:
    """An answer, a ranking or both, with what it took; nothing but the time where it failed."""

    answer: Answer | None = None
    """None where the system only ranks documents, or failed."""
    ranked: tuple[str, ...] = ()
    """Document ids in rank order, each once."""
    seconds: float = 0.0
    error: str | None = None
    tokens: Tokens | None = None
    again: str | None = None
    """Content hash of a second answer to the same question; None where it wasn't asked twice."""
    first: str | None = None
    """Content hash of the answer itself, to hold `again` against."""
    roles: tuple[tuple[str, ...], ...] = ()
    """Claim ids of the answers in every reader role; empty where the others weren't asked for."""

    @property
    def abstained(self) -> bool:
        """Whether it declined: an error is no declining."""
        return self.answer is not None and self.answer.abstention is not None

    @property
    def answered(self) -> bool:
        """Whether there is an answer with at least one claim."""
        return self.answer is not None and self.answer.abstention is None and bool(self.answer.claims)

    @property
    def only_ranks(self) -> bool:
        """Whether the system returned a ranking and was never meant to answer."""
        return self.answer is None and self.error is None


Ask: TypeAlias = Callable[[GoldQuestion], Result]
