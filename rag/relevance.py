"""How well a passage fits a question: a number from 0 to 1 that means the same for every question.

Fused search scores can't be compared between questions, so none of them is used here. Relevance joins
two measures that can: the cosine of the embedding, and the share of the question's terms, each counted
by how rare it is, that the document's words cover.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rag.synonyms import synonyms
from rag.text import term_set
from rag.types import Retrieved

COSINE_FLOOR = 0.15  # all-MiniLM-L6-v2: unrelated medical texts seldom lie above this
COSINE_CEILING = 0.75  # and a passage that answers the question seldom above this
COSINE_KNEE = 0.70  # from here the rest of the range is left for all up to 1, so that none is cut off
COSINE_SHARE = 0.55
SYNONYM_SHARE = 0.9
ASKING_SHARE = 0.2  # of the weight of a word that only asks, such as "patient" or "recommended"
TREATMENT_SHARE = (
    1.5  # of the weight of a drug or class of drugs: whom it was given to is told by many papers
)
# How much of the coverage is that of the passage, of passage and title together, and of the title alone:
# the title tells apart what passages of the same wording are about.
OWN_SHARE, WITH_TITLE_SHARE, TITLE_SHARE = 0.5, 0.4, 0.1


@dataclass(frozen=True, slots=True)
class TermWeights:
    """Inverse document frequency of the terms of a question (Robertson and Sparck Jones, 1976)."""

    weight: Mapping[str, float]
    _named: tuple[tuple[str, float, tuple[frozenset[str], ...]], ...] = field(init=False, compare=False)
    """Each term with its weight and its synonyms, looked up once: a search asks five hundred times."""
    _wanted: frozenset[str] = field(init=False, compare=False)
    """The terms and what their synonyms are made of: nothing else of a text counts."""
    _shares: dict[frozenset[str], float] = field(init=False, compare=False, default_factory=dict)
    """Coverage by what is said: many passages say the same few of the terms."""
    _spoken: dict[frozenset[str], frozenset[str]] = field(init=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Look the synonyms up."""
        named = tuple((t, w, tuple(map(frozenset, sorted(synonyms(t))))) for t, w in self.weight.items())
        object.__setattr__(self, "_named", named)
        wanted = (name for _, _, names in named for name in names)
        object.__setattr__(self, "_wanted", frozenset(self.weight).union(*wanted))

    @classmethod
    def of(cls, found: Sequence[str], frequencies: Mapping[str, int], passages: int) -> TermWeights:
        """Weights of `found` in a library of `passages` passages."""
        return cls({t: math.log(1 + (passages + 1) / (frequencies.get(t, 0) + 0.5)) for t in found})

    def about(self, subject: Collection[str], treatments: Iterable[Sequence[str]] = ()) -> TermWeights:
        """The same weights, in which treatments count for more and terms outside the question's subject for little."""
        tried = frozenset(t for name in treatments for t in name)

        def share(t: str) -> float:
            return TREATMENT_SHARE if t in tried else 1.0 if t in subject else ASKING_SHARE

        return TermWeights({t: w * share(t) for t, w in self.weight.items()})

    def said(self, *texts: str) -> frozenset[str]:
        """Those of the terms, and of the terms of their synonyms, that `texts` together use."""
        return frozenset().union(*(self._wanted & term_set(text) for text in texts))

    def coverage(self, *texts: str) -> float:
        """Weighted share of the terms that `texts` together use, from 0 to 1; 0 where there are no terms.

        A synonym counts for a little less than the term itself.
        """
        return self.share(self.said(*texts))

    def share(self, said: frozenset[str]) -> float:
        """The same of what `said` gives."""
        known = self._shares.get(said)
        if known is None:
            self._shares[said] = known = self._share(said)
        return known

    def _share(self, present: frozenset[str]) -> float:
        total = sum(self.weight.values())
        if not total:
            return 0.0
        said = [
            w if t in present else SYNONYM_SHARE * w if any(map(present.issuperset, names)) else 0.0
            for t, w, names in self._named
        ]
        return sum(said) / total

    def spoken_in(self, said: frozenset[str]) -> frozenset[str]:
        """The terms that `said` says, themselves or by a synonym."""
        known = self._spoken.get(said)
        if known is None:
            self._spoken[said] = known = frozenset(t for t in self.weight if self.spoken(t, said))
        return known

    @staticmethod
    def spoken(term: str, present: frozenset[str]) -> float:
        """How far `present` terms say `term`: 1 for the term itself, less for a synonym, 0 for neither."""
        if term in present:
            return 1.0
        return SYNONYM_SHARE if any(map(present.issuperset, synonyms(term))) else 0.0


def relevance(found: Retrieved, weights: TermWeights) -> float:
    """Relevance of one passage to the question whose terms are weighted by `weights`."""
    own, title = weights.said(found.passage.section, found.passage.text), found.document.title
    covered = weights.share(own)
    if title:
        of_title = weights.said(title)
        both = WITH_TITLE_SHARE * weights.share(own | of_title) + TITLE_SHARE * weights.share(of_title)
        covered = OWN_SHARE * covered + both
    if found.cosine is None:
        return covered
    return COSINE_SHARE * _scaled(found.cosine) + (1 - COSINE_SHARE) * covered


def _scaled(cosine: float) -> float:
    """A cosine on its useful range, from 0 to 1; rising to the end, as near twins need an order (decision 14)."""
    knee = (COSINE_KNEE - COSINE_FLOOR) / (COSINE_CEILING - COSINE_FLOOR)
    if cosine < COSINE_KNEE:
        return max(0.0, knee * (cosine - COSINE_FLOOR) / (COSINE_KNEE - COSINE_FLOOR))
    return min(1.0, knee + (1 - knee) * (cosine - COSINE_KNEE) / (1 - COSINE_KNEE))
