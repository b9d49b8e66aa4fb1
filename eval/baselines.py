"""What a user would otherwise have: rankings that ours is measured beside.

Rankings of our own indexes and of LlamaIndex are opened by whoever may import them; here are the one
that needs nothing but the documents, and what all share: a ranking of passages seen as one of documents.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rag.text import terms
from rag.types import Document

K1, B = 1.2, 0.75  # the values that Lucene and tantivy take

Rank: TypeAlias = Callable[[str], Sequence[str]]
"""A question -> document ids, best first; an id may occur again, and counts at its first place."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """A system that ranks documents, and what it is called in a table."""

    name: str
    rank: Rank
    part: bool = False
    """True for the parts that ours is made of: ours must be better than the best of them."""


def by_best_passage(document_ids: Iterable[str]) -> tuple[str, ...]:
    """Documents in the order of their best passages, each once."""
    return tuple(dict.fromkeys(document_ids))


class WholeDocumentBM25:
    """BM25 over whole documents, title included (Robertson and Zaragoza, 2009), as any search engine has it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._lengths: dict[str, int] = {}
        self._postings: dict[str, list[tuple[str, int]]] = {}
        for document in documents:
            counts = Counter(terms("\n".join([document.title, *(s.text for s in document.sections)])))
            self._lengths[document.id] = counts.total()
            for term, count in counts.items():
                self._postings.setdefault(term, []).append((document.id, count))
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def __call__(self, question: str, top_k: int = 100) -> tuple[str, ...]:
        """At most `top_k` ids of the documents that have a term of the question, best first."""
        scores = self.scores(question)
        return tuple(sorted(scores, key=lambda key: (-scores[key], key))[:top_k])

    def scores(self, question: str) -> Mapping[str, float]:
        """BM25 scores of the documents that have a term of the question."""
        scores: dict[str, float] = {}
        for term in dict.fromkeys(terms(question)):
            found = self._postings.get(term, [])
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for key, count in found:
                length = 1 - B + B * self._lengths[key] / self._mean
                scores[key] = scores.get(key, 0.0) + rarity * count * (K1 + 1) / (count + K1 * length)
        return scores
