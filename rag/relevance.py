"""How well a passage fits a question: a number from 0 to 1 that means the same for every question.

Fused search scores can't be compared between questions, so none of them is used here. Relevance joins
two measures that can: the cosine of the embedding, and the share of the question's terms, each counted
by how rare it is, that the document's words cover.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.text import terms
from rag.types import Retrieved

COSINE_FLOOR = 0.15  # all-MiniLM-L6-v2: unrelated medical texts seldom lie above this
COSINE_CEILING = 0.75  # and a passage that answers the question seldom above this
COSINE_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Inverse document frequency of the terms of a question (Robertson and Sparck Jones, 1976)."""

    weight: Mapping[str, float]

    @classmethod
    def of(cls, found: Sequence[str], frequencies: Mapping[str, int], passages: int) -> TermWeights:
        """Weights of `found` in a library of `passages` passages."""
        return cls({t: math.log(1 + (passages + 1) / (frequencies.get(t, 0) + 0.5)) for t in found})

    def coverage(self, text: str) -> float:
        """Weighted share of the terms that occur in `text`, from 0 to 1; 0 where there are no terms."""
        total = sum(self.weight.values())
        if not total:
            return 0.0
        present = set(terms(text))
        return sum(w for t, w in self.weight.items() if t in present) / total


def relevance(found: Retrieved, weights: TermWeights) -> float:
    """Relevance of one passage to the question whose terms are weighted by `weights`."""
    covered = weights.coverage(f"{found.document.title} {found.passage.section} {found.passage.text}")
    if found.cosine is None:
        return covered
    scaled = (found.cosine - COSINE_FLOOR) / (COSINE_CEILING - COSINE_FLOOR)
    return COSINE_SHARE * min(1.0, max(0.0, scaled)) + (1 - COSINE_SHARE) * covered
