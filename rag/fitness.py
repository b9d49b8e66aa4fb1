"""How well each sentence answers a question, given how good its evidence is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

from rag.comparable import of_other_age
from rag.facets import FACETS, Facet
from rag.named import treatments_in
from rag.question import Question
from rag.relevance import TermWeights
from rag.sentences import Candidate
from rag.text import term_set, terms
from rag.types import Design, Embedder, FloatArray

LOOKED_AT = 64  # sentences that are compared with the question by meaning; each costs some 8 ms of one core
SIDE, NAMED_SIDE = 8, 16  # of one side of an overview, and of one that it asks for by name
# Parts of a sentence's score, and what takes from it or adds to it.
COSINE, COVERAGE, EVIDENCE = 0.30, 0.25, 0.80
MOST_RARE = 1.5  # times the median weight: a word that hardly any sentence says must not decide alone
NAMED_FACET, NUMBER, LEANS, PROCEDURE, OTHER_TREATMENT = 0.05, 0.04, 0.05, 0.12, 0.10
OTHER_AGE, UNNAMED = 0.15, 0.20
_NAME_WITH_DIGIT = re.compile(r"\b[A-Z][A-Za-z]*-?\d[A-Za-z0-9]*\b")
_SYNTHESES = frozenset({Design.GUIDELINE, Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS})


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with how well it answers the question."""

    candidate: Candidate
    score: float
    covered: float
    """Share of the question's subject that the sentence and its title speak of."""
    vector: FloatArray

    @property
    def year(self) -> int | None:
        """Year of its document, where it is known."""
        return self.candidate.evidence.document.year

    @property
    def synthesis(self) -> bool:
        """Whether its document speaks for several studies."""
        return self.candidate.evidence.document.design in _SYNTHESES


def scored(question: Question, found: Sequence[Candidate], embedder: Embedder) -> list[Scored]:
    """The likeliest of the sentences, the best first; of an overview the strongest of each side."""
    looked_at = _sides(question, found) if question.broad else _likeliest(question, found)
    asked = len(question.searches)
    vectors = embedder.embed([*question.searches, *(c.text for c in looked_at)])
    nearness = (vectors[asked:] @ vectors[:asked].T).max(axis=1)
    weights = subject_weights(question.subject, looked_at)
    every = [
        Scored(c, *_fitness(question, c, float(near), weights), vector)
        for c, near, vector in zip(looked_at, nearness, vectors[asked:], strict=True)
    ]
    return sorted(every, key=lambda s: (-s.score, s.candidate.evidence.document.id, s.candidate.text))


def strength(candidate: Candidate) -> float:
    """How much the design and the size of its study add to a sentence that may lead."""
    item = candidate.evidence
    return 0.25 * item.why.quality + 0.03 * log10(max(1, item.document.sample_size or 1))


def subject_weights(subject: Sequence[str], found: Sequence[Candidate]) -> TermWeights:
    """Weights of the terms of a question's subject by how rare they are among the candidates.

    All of them are about the topic; what tells them apart is the side of it that the question asks for.
    """
    texts = [term_set(c.evidence.document.title) | term_set(c.text) for c in found]
    frequencies = {t: sum(t in text for text in texts) for t in subject}
    rare = TermWeights.of(subject, frequencies, len(found)).weight
    most = MOST_RARE * median(rare.values()) if rare else 0.0
    return TermWeights({t: min(weight, most) for t, weight in rare.items()})


def on_other_treatment(question: Question, text: str) -> bool:
    """Whether a sentence names treatments, and none of those of which the question asks."""
    named = treatments_in(text) if question.treatments else ()
    said = term_set(text)
    asked = (all(TermWeights.spoken(t, said) for t in name) for name in question.treatments.values())
    return bool(named) and not any(asked)


def _likeliest(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    weights = subject_weights(question.subject, found)
    order = sorted(
        found, key=lambda c: -(c.evidence.score + weights.coverage(c.evidence.passage.section, c.text))
    )
    return order[:LOOKED_AT]


def _sides(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """For an overview: of each side of the topic the strongest few that come from a study of this condition."""
    sides: dict[Facet, list[Candidate]] = {facet: [] for facet in FACETS if facet.overview}
    for candidate in sorted(found, key=lambda c: c.procedure - c.evidence.score - strength(c)):
        if candidate.facet in sides and _of_this_condition(question, candidate):
            sides[candidate.facet].append(candidate)
    return [
        c for facet, side in sides.items() for c in side[: NAMED_SIDE if facet in question.facets else SIDE]
    ]


def _of_this_condition(question: Question, candidate: Candidate) -> bool:
    document = candidate.evidence.document
    said = term_set(document.title) | term_set(document.population or "") | term_set(candidate.text)
    return not said.isdisjoint(question.subject)


def _fitness(
    question: Question, candidate: Candidate, cosine: float, weights: TermWeights
) -> tuple[float, float]:
    """How well a sentence answers, given how good its evidence is, and how much of the subject it covers.

    The shares were chosen on the gold questions of the first set and tried on those of the extension.
    """
    item = candidate.evidence
    own = (item.passage.section, candidate.text)
    covered = (weights.coverage(*own) + weights.coverage(item.document.title, *own)) / 2
    score = COSINE * max(0.0, cosine) + COVERAGE * covered + EVIDENCE * item.score
    score += NAMED_FACET * (candidate.facet in question.facets)
    score += NUMBER * (question.wants_number and any(c.isdigit() for c in candidate.text))
    score -= LEANS * candidate.leans + PROCEDURE * candidate.procedure
    score -= OTHER_AGE * of_other_age(question.text, candidate.text)
    score -= UNNAMED * _without_name(question, f"{item.document.title} {candidate.text}")
    score -= OTHER_TREATMENT * on_other_treatment(question, candidate.text)
    return round(score, 6), round(covered, 6)


def _without_name(question: Question, text: str) -> bool:
    """Whether it names none of the names with a digit, as `GLP-1`, that the question names."""
    asked = [terms(name) for name in _NAME_WITH_DIGIT.findall(question.text)]
    said = term_set(text)
    return bool(asked) and not any(all(TermWeights.spoken(t, said) for t in name) for name in asked)
