"""Ids of documents as gold sets and systems write them, brought together.

Ids are compared without case, and a document known by another of its ids is the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rag.types import Answer, Claim


def folded(ids: Iterable[str]) -> frozenset[str]:
    """Ids in the spelling in which they are compared."""
    return frozenset(key.casefold() for key in ids)


def names(answer: Answer | None) -> Mapping[str, frozenset[str]]:
    """All ids of each document of an answer's evidence, by its folded id."""
    if answer is None:
        return {}
    documents = (item.document for item in answer.evidence)
    return {document.id.casefold(): folded((document.id, *document.aliases)) for document in documents}


def cited(claims: Iterable[Claim], answer: Answer) -> frozenset[str]:
    """All ids of the documents that `claims` cite."""
    known = names(answer)
    keys = {citation.document_id.casefold() for claim in claims for citation in claim.citations}
    return frozenset().union(*(known.get(key, frozenset((key,))) for key in keys))


def in_spelling_of(ids: Iterable[str], judged: frozenset[str], answer: Answer | None) -> list[str]:
    """Folded `ids` in order, each once and by the name that `judged` has for it, where it has one."""
    known = names(answer)
    found = (_name(key.casefold(), known, judged) for key in ids)
    return list(dict.fromkeys(found))


def _name(key: str, known: Mapping[str, frozenset[str]], judged: frozenset[str]) -> str:
    if key in judged:
        return key
    return min(known.get(key, frozenset()) & judged, default=key)
