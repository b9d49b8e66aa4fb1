"""How far an answer is, told to whoever waits for it: stages, and claims as soon as they are vouched for."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, TypeAlias

from rag.answer import Answer, Claim


class Stage(StrEnum):
    """What is being done; stages come in this order, and one may come again or be left out."""

    SEARCHING = "searching"
    RANKING = "ranking"
    WRITING = "writing"
    CHECKING = "checking"


Event: TypeAlias = Stage | Claim


class Listener(Protocol):
    """Hears the stages of one answer in order, and each claim that passed the gate, and no other sentence.

    A claim is told once, in reading order; the answer that follows holds it. An abstention that
    follows holds none, and none was told. What a listener raises ends the answer, so that a reader who
    has left can stop it.
    """

    def __call__(self, event: Event, /) -> None:
        """Take note of `event`; it is called from the thread that asks."""


def unheard(event: Event, /) -> None:
    """The listener where nobody listens."""


def tell_claims(answer: Answer, listener: Listener) -> None:
    """Tell each claim of an answer, in reading order."""
    for claim in answer.claims:
        listener(claim)
