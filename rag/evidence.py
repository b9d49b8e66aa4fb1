"""What is found for a question: passages, why they rank where they do, and what was searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.document import Document, Passage

FloatArray: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage as search returns it, before it is ranked."""

    passage: Passage
    document: Document
    fused: float
    """Score of the fused ranking; not comparable between queries."""
    cosine: float | None = None
    """Cosine similarity to the query, from -1 to 1; None where the search didn't compute it."""
    lexical: float | None = None
    """BM25 score; None where the passage wasn't among the lexical hits."""


@dataclass(frozen=True, slots=True)
class Move:
    """One change to a document, and where it would stand then among the same results."""

    change: str
    """Who would stand there, as in `a randomised trial of the same age` or `published today it`."""
    place: int
    """From 1."""
    places: int
    """How many places higher; lower where it is negative."""
    score: float


@dataclass(frozen=True, slots=True)
class Why:
    """The parts of a score, so that anyone can argue with it."""

    relevance: float
    quality: float
    recency: float
    penalty: float
    score: float
    text: str
    """The same in one line of words."""
    moves: tuple[Move, ...] = ()
    """What would move it, furthest up first; empty where that wasn't asked."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage retrieved for a question, with the score that ranked it."""

    passage: Passage
    document: Document
    why: Why

    @property
    def score(self) -> float:
        """The score that ranked it, from 0 to 1."""
        return self.why.score


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a library holds at one generation."""

    generation: int
    documents: int
    passages: int


class Embedder(Protocol):
    """Turns texts into vectors; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """Model and backend, recorded in the library so that vectors never mix."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`: shape (len(texts), dim), rows L2-normalised, in the order given."""
