"""Reference numbers that stay the same through a conversation."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer import Answer, Turn


def numbered_documents(earlier: Sequence[Turn]) -> tuple[str, ...]:
    """Ids of the documents that have a number after `earlier` turns, oldest first, in the order of their numbers.

    A turn carries the numbers given before it, so the last turns are enough where older ones are left out.
    """
    return tuple(
        dict.fromkeys(
            document_id
            for turn in earlier
            for document_id in (*turn.answer.numbered, *turn.answer.cited_documents)
        )
    )


def number_of(answer: Answer) -> dict[str, int]:
    """The number of each document that an answer cites: the one it had before, else the next that is free."""
    known = dict.fromkeys((*answer.numbered, *answer.cited_documents))
    numbers = {document_id: number for number, document_id in enumerate(known, start=1)}
    return {document_id: numbers[document_id] for document_id in answer.cited_documents}
