"""What a reader may want to ask next."""

from __future__ import annotations

from rag.types import Answer


def suggestions(answer: Answer) -> tuple[str, ...]:
    """Follow-ups that the library can answer."""
    return ()
