"""Drafting an answer from evidence: the protocol, and the answerer that only quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.facets import FACETS, Facet
from rag.gate import Draft
from rag.question import Question
from rag.relevance import TermWeights
from rag.sentences import Candidate, candidates
from rag.types import Embedder, Evidence, FloatArray, Mode, QuestionType, Status

LEAD = 3
POINTS, POINTS_OVERVIEW = 4, 4  # sentences under one heading
HEADINGS = 5
SENTENCES = 14  # sentences under all headings, overviews apart
CLOSE_TO_BEST = 0.70  # a key point scores at least this share of the best sentence
PER_DOCUMENT = 3
SAME = 0.86  # cosine above which two sentences say the same thing


@dataclass(frozen=True, slots=True)
class Outline:
    """A drafted answer: nothing in it is vouched for yet."""

    lead: tuple[Draft, ...]
    points: tuple[tuple[str, tuple[Draft, ...]], ...]
    mode: Mode


class Answerer(Protocol):
    """Drafts claims that cite passages of the evidence it is given, and no others."""

    def __call__(self, question: Question, evidence: Sequence[Evidence]) -> Outline:
        """Draft an answer; an outline without drafts where the evidence says nothing to the question."""


@dataclass(frozen=True, slots=True)
class ExtractiveAnswerer:
    """Quotes the sentences that answer best; it writes no word of its own and needs no model server."""

    embedder: Embedder
    weigh: Callable[[Sequence[str]], TermWeights]

    def __call__(self, question: Question, evidence: Sequence[Evidence]) -> Outline:
        """Draft from the best sentences: the lead, then the rest under headings."""
        found = candidates(evidence)
        if not found:
            return Outline((), (), Mode.EXTRACTIVE)
        scored = self._score(question, found)
        lead = _lead(scored)
        rest = _without(scored, lead)
        overview = question.type is QuestionType.OVERVIEW
        points = _facet_by_facet(rest, lead) if overview else _best_first(rest, lead)
        return Outline(
            lead=tuple(_draft(s.candidate) for s in lead),
            points=tuple((heading, tuple(_draft(s.candidate) for s in group)) for heading, group in points),
            mode=Mode.EXTRACTIVE,
        )

    def _score(self, question: Question, found: Sequence[Candidate]) -> list[_Scored]:
        vectors = self.embedder.embed([question.text, *(c.text for c in found)])
        weights = self.weigh(question.terms)
        scored = [
            _Scored(c, _fitness(question, c, float(vectors[0] @ vector), weights), vector)
            for c, vector in zip(found, vectors[1:], strict=True)
        ]
        return sorted(scored, key=lambda s: (-s.score, s.candidate.evidence.document.id, s.candidate.text))


@dataclass(frozen=True, slots=True)
class _Scored:
    candidate: Candidate
    score: float
    vector: FloatArray


def _fitness(question: Question, candidate: Candidate, cosine: float, weights: TermWeights) -> float:
    item = candidate.evidence
    covered = weights.coverage(f"{item.document.title} {item.passage.section} {candidate.text}")
    fits = 0.6 * max(0.0, cosine) + 0.4 * covered
    score = 0.6 * fits + 0.4 * item.score
    score -= 0.10 * candidate.leans + 0.08 * candidate.procedure
    score += 0.04 * (question.wants_number and any(c.isdigit() for c in candidate.text))
    return round(score, 6)


def _lead(scored: Sequence[_Scored]) -> list[_Scored]:
    sound = [s for s in scored if s.candidate.evidence.document.status is not Status.SUPERSEDED]
    direct = [s for s in sound if not s.candidate.evidence.document.indirect]
    return _pick(direct or sound, [], LEAD, per_document=1)


def _best_first(scored: Sequence[_Scored], shown: Sequence[_Scored]) -> list[tuple[str, list[_Scored]]]:
    """The best sentences, gathered under their facets; the facet with the best sentence comes first."""
    best = shown[0].score if shown else scored[0].score if scored else 0.0
    good = [s for s in scored if s.score >= CLOSE_TO_BEST * best]
    groups: dict[str, list[_Scored]] = {}
    for s in _pick(good, shown, SENTENCES, PER_DOCUMENT):
        heading = s.candidate.facet.heading
        if heading in groups or len(groups) < HEADINGS:
            groups.setdefault(heading, []).append(s)
    return [(heading, group[:POINTS]) for heading, group in groups.items()]


def _facet_by_facet(scored: Sequence[_Scored], shown: Sequence[_Scored]) -> list[tuple[str, list[_Scored]]]:
    """For an overview: the best sentences of each side of the topic, in the order of the table."""
    chosen: list[_Scored] = list(shown)
    points = []
    for facet in (facet for facet in FACETS if facet.overview):
        group = _pick(_of(facet, scored), chosen, POINTS_OVERVIEW, PER_DOCUMENT)
        chosen += group
        if group:
            points.append((facet.heading, group))
    return points


def _of(facet: Facet, scored: Sequence[_Scored]) -> list[_Scored]:
    best = scored[0].score if scored else 0.0
    return [s for s in scored if s.candidate.facet == facet and s.score >= CLOSE_TO_BEST * best]


def _pick(scored: Sequence[_Scored], shown: Sequence[_Scored], most: int, per_document: int) -> list[_Scored]:
    """The first `most` sentences that repeat none that is shown or picked."""
    picked: list[_Scored] = []
    count: dict[str, int] = {}
    for s in scored:
        document_id = s.candidate.evidence.document.id
        repeats = any(float(s.vector @ other.vector) > SAME for other in (*shown, *picked))
        if repeats or count.get(document_id, 0) >= per_document:
            continue
        count[document_id] = count.get(document_id, 0) + 1
        picked.append(s)
        if len(picked) == most:
            break
    return picked


def _without(scored: Sequence[_Scored], taken: Sequence[_Scored]) -> list[_Scored]:
    texts = {s.candidate.text for s in taken}
    return [s for s in scored if s.candidate.text not in texts]


def _draft(candidate: Candidate) -> Draft:
    return Draft(candidate.text, ((candidate.evidence.passage.id, candidate.text),))
