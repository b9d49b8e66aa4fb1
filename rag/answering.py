"""Drafting an answer from evidence: the protocol, and the answerer that only quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Protocol

from rag.facets import FACETS, Facet
from rag.gate import Draft
from rag.polarity import Stance, stance
from rag.question import Question
from rag.relevance import TermWeights
from rag.sentences import Candidate, candidates
from rag.text import term_set
from rag.types import Design, Embedder, Evidence, FloatArray, Mode, QuestionType, Status

LEAD = 3
POINTS, POINTS_NAMED = 4, 6  # sentences under one heading, and under one that an overview asks for by name
LOOKED_AT = 64  # sentences that are compared with the question by meaning; each costs some 8 ms of one core
SIDE, NAMED_SIDE = 8, 16  # of one side of an overview, and of one that it asks for by name
HEADINGS = 5
SENTENCES = 14  # sentences under all headings, overviews apart
CLOSE_TO_BEST = 0.60  # a key point scores at least this share of the best sentence
PER_DOCUMENT = 3
ON_THE_POINT = 0.6  # a lead covers at least this share of what the best sentence covers of the subject
SPEAKS_FOR_OTHERS = 0.75  # the same for a synthesis that stands for the older studies
NEAR_THE_POINT = 0.4  # the same for a key point
SAME = 0.86  # cosine above which two sentences say the same thing
_SYNTHESES = frozenset({Design.GUIDELINE, Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS})


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

    def __call__(self, question: Question, evidence: Sequence[Evidence]) -> Outline:
        """Draft from the best sentences: the lead, then the rest under headings."""
        overview = question.type is QuestionType.OVERVIEW
        found = [c for c in candidates(evidence) if _timely(question, c)]
        scored = self._score(question, _sides(question, found) if overview else _likeliest(question, found))
        lead = _lead_of_overview(question, scored) if overview else _lead(scored)
        rest = _without(scored, lead)
        points = _facet_by_facet(question, rest, lead) if overview else _best_first(rest, lead)
        return Outline(
            lead=tuple(_draft(s.candidate) for s in lead),
            points=tuple((heading, tuple(_draft(s.candidate) for s in group)) for heading, group in points),
            mode=Mode.EXTRACTIVE,
        )

    def _score(self, question: Question, found: Sequence[Candidate]) -> list[_Scored]:
        asked = len(question.searches)
        vectors = self.embedder.embed([*question.searches, *(c.text for c in found)])
        nearness = (vectors[asked:] @ vectors[:asked].T).max(axis=1)
        weights = _weights_among(question.subject, found)
        scored = [
            _Scored(c, *_fitness(question, c, float(near), weights), vector)
            for c, near, vector in zip(found, nearness, vectors[asked:], strict=True)
        ]
        return sorted(scored, key=lambda s: (-s.score, s.candidate.evidence.document.id, s.candidate.text))


@dataclass(frozen=True, slots=True)
class _Scored:
    candidate: Candidate
    score: float
    covered: float
    """Share of the question's subject that the sentence and its title speak of."""
    vector: FloatArray

    @property
    def year(self) -> int | None:
        return self.candidate.evidence.document.year

    @property
    def synthesis(self) -> bool:
        return self.candidate.evidence.document.design in _SYNTHESES


def _timely(question: Question, candidate: Candidate) -> bool:
    """What was superseded is only of interest to a question about editions or about what is current."""
    about_editions = question.type is QuestionType.GUIDELINE or question.wants_latest
    return about_editions or candidate.evidence.document.status is not Status.SUPERSEDED


def _likeliest(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    weights = _weights_among(question.subject, found)
    order = sorted(
        found, key=lambda c: -(c.evidence.score + weights.coverage(c.evidence.passage.section, c.text))
    )
    return order[:LOOKED_AT]


def _sides(question: Question, found: Sequence[Candidate]) -> list[Candidate]:
    """For an overview: of each side of the topic the strongest few that come from a study of this condition."""
    sides: dict[Facet, list[Candidate]] = {facet: [] for facet in FACETS if facet.overview}
    for candidate in sorted(found, key=lambda c: c.procedure - c.evidence.score - _strength(c)):
        if candidate.facet in sides and _of_this_condition(question, candidate):
            sides[candidate.facet].append(candidate)
    return [
        c for facet, side in sides.items() for c in side[: NAMED_SIDE if facet in question.facets else SIDE]
    ]


def _of_this_condition(question: Question, candidate: Candidate) -> bool:
    document = candidate.evidence.document
    said = term_set(document.title) | term_set(document.population or "") | term_set(candidate.text)
    return not said.isdisjoint(question.subject)


def _weights_among(subject: Sequence[str], found: Sequence[Candidate]) -> TermWeights:
    """Weights of terms by how rare they are among the candidates.

    All of them are about the topic; what tells them apart is the side of it that the question asks for.
    """
    texts = [term_set(c.evidence.document.title) | term_set(c.text) for c in found]
    frequencies = {t: sum(t in text for text in texts) for t in subject}
    return TermWeights.of(subject, frequencies, len(found))


def _fitness(
    question: Question, candidate: Candidate, cosine: float, weights: TermWeights
) -> tuple[float, float]:
    """How well a sentence answers, given how good its evidence is, and how much of the subject it covers.

    The shares were chosen on gold questions.
    """
    item = candidate.evidence
    own = (item.passage.section, candidate.text)
    covered = (weights.coverage(*own) + weights.coverage(item.document.title, *own)) / 2
    score = 0.30 * max(0.0, cosine) + 0.30 * covered + 0.40 * item.score
    score += 0.10 * (candidate.facet in question.facets)
    score += 0.04 * (question.wants_number and any(c.isdigit() for c in candidate.text))
    score -= 0.10 * candidate.leans + 0.12 * candidate.procedure
    return round(score, 6), round(covered, 6)


def _lead(scored: Sequence[_Scored]) -> list[_Scored]:
    """What answers first: on the point, direct where it can be, not overtaken, from the strongest sources."""
    sound = [s for s in scored if s.candidate.evidence.document.status is not Status.SUPERSEDED]
    most = max((s.covered for s in sound), default=0.0)
    fitting = [s for s in sound if s.covered >= ON_THE_POINT * most and not s.candidate.procedure]
    direct = [s for s in fitting if not s.candidate.evidence.document.indirect]
    standing = _not_overtaken(direct or fitting or sound)
    return _pick(_strongest_first(standing), [], LEAD, per_document=1)


def _not_overtaken(scored: Sequence[_Scored]) -> list[_Scored]:
    """Without the studies that are older than the newest synthesis: that one speaks for them, or against."""
    most = max((s.covered for s in scored), default=0.0)
    years = [s.year for s in scored if s.synthesis and s.covered >= SPEAKS_FOR_OTHERS * most and s.year]
    return [s for s in scored if s.synthesis or not years or s.year is None or s.year >= max(years)]


def _lead_of_overview(question: Question, scored: Sequence[_Scored]) -> list[_Scored]:
    """The strongest sentence of each side of the topic: those that the question names, then by the table."""
    sound = [s for s in scored if not s.candidate.procedure and not s.candidate.leans]
    direct = [s for s in sound if not s.candidate.evidence.document.indirect] or sound
    stating = [s for s in direct if stance(s.candidate.text) is not Stance.AGAINST]
    best = {s.candidate.facet: s for s in reversed(_strongest_first(stating or direct))}
    order = dict.fromkeys((*question.facets, *FACETS))
    return _pick(
        [best[facet] for facet in order if facet.overview and facet in best], [], LEAD, per_document=1
    )


def _strongest_first(scored: Sequence[_Scored]) -> list[_Scored]:
    return sorted(scored, key=lambda s: -(s.score + _strength(s.candidate)))


def _strength(candidate: Candidate) -> float:
    item = candidate.evidence
    return 0.25 * item.why.quality + 0.03 * log10(max(1, item.document.sample_size or 1))


def _best_first(scored: Sequence[_Scored], shown: Sequence[_Scored]) -> list[tuple[str, list[_Scored]]]:
    """The best sentences, gathered under their facets; the facet with the best sentence comes first."""
    best = shown[0].score if shown else scored[0].score if scored else 0.0
    most = max((s.covered for s in (*shown, *scored)), default=0.0)
    good = [s for s in scored if s.score >= CLOSE_TO_BEST * best and s.covered >= NEAR_THE_POINT * most]
    groups: dict[str, list[_Scored]] = {}
    for s in _pick(good, shown, SENTENCES, PER_DOCUMENT):
        heading = s.candidate.facet.heading
        if heading in groups or len(groups) < HEADINGS:
            groups.setdefault(heading, []).append(s)
    return [(heading, group[:POINTS]) for heading, group in groups.items()]


def _facet_by_facet(
    question: Question, scored: Sequence[_Scored], shown: Sequence[_Scored]
) -> list[tuple[str, list[_Scored]]]:
    """For an overview: the best sentences of each side of the topic, in the order of the table."""
    chosen: list[_Scored] = list(shown)
    points = []
    for facet in (facet for facet in FACETS if facet.overview):
        most = POINTS_NAMED if facet in question.facets else POINTS
        group = _pick(_of(facet, scored), chosen, most, PER_DOCUMENT)
        chosen += group
        if group:
            points.append((facet.heading, group))
    return points


def _of(facet: Facet, scored: Sequence[_Scored]) -> list[_Scored]:
    """The sentences of one side, from the strongest sources first; none that only tells how it was studied."""
    return _strongest_first([s for s in scored if s.candidate.facet == facet and not s.candidate.procedure])


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
