"""Drafting an answer from evidence: the protocol, and the answerer that only quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.facets import FACETS, Facet
from rag.fitness import Scored, scored
from rag.gate import Draft
from rag.headings import heading_of
from rag.leading import lead_of, lead_of_overview, strongest_first
from rag.question import Question
from rag.sentences import Candidate, candidates
from rag.types import Embedder, Evidence, Mode, QuestionType, Status, Usage

LEAD = 3
POINTS, POINTS_NAMED = 4, 8  # sentences a heading of an overview, and of one that it asks for by name
HEADINGS = 5  # and one more for what is left
ELSE = "What else was found"
SENTENCES = 18  # sentences under all headings, overviews apart
CLOSE_TO_BEST = 0.50  # a key point scores at least this share of the best sentence
PER_DOCUMENT = 4
NEAR_THE_POINT = 0.05  # share of what the best sentence covers of the subject that a key point covers
SAME = 0.86  # cosine above which two sentences say the same thing
_ON_EDITIONS = re.compile(
    r"\b(?:still|outdated|replaced|superseded|editions?|versions?|holds?|current(?:ly)?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A drafted answer: nothing in it is vouched for yet."""

    lead: tuple[Draft, ...]
    points: tuple[tuple[str, tuple[Draft, ...]], ...]
    mode: Mode
    mode_reason: str = ""
    """Why it only quotes although a model was asked."""
    models: tuple[tuple[str, str], ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    usage: Usage | None = None


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
        overview = question.broad
        timely = [c for c in candidates(evidence) if _timely(question, c)]
        found = scored(question, timely, self.embedder)
        leading = lead_of_overview(question, found) if overview else lead_of(question, found)
        lead = _pick(leading, [], LEAD, per_document=1)
        rest = _without(found, lead)
        points = _facet_by_facet(question, rest, lead) if overview else _best_first(question, rest, lead)
        return Outline(
            lead=tuple(_draft(s.candidate) for s in lead),
            points=tuple((heading, tuple(_draft(s.candidate) for s in group)) for heading, group in points),
            mode=Mode.EXTRACTIVE,
        )


def _timely(question: Question, candidate: Candidate) -> bool:
    """What was superseded is only of interest to a question about editions or about what is current."""
    about_editions = question.type is QuestionType.GUIDELINE or question.wants_latest
    about_editions = about_editions or bool(_ON_EDITIONS.search(question.text))
    return about_editions or candidate.evidence.document.status is not Status.SUPERSEDED


def _best_first(
    question: Question, found: Sequence[Scored], shown: Sequence[Scored]
) -> list[tuple[str, list[Scored]]]:
    """The best sentences, gathered under headings; the heading with the best sentence comes first."""
    best = shown[0].score if shown else found[0].score if found else 0.0
    most = max((s.covered for s in (*shown, *found)), default=0.0)
    good = [s for s in found if s.score >= CLOSE_TO_BEST * best and s.covered >= NEAR_THE_POINT * most]
    groups: dict[str, list[Scored]] = {}
    for s in _pick(good, shown, SENTENCES, PER_DOCUMENT):
        heading = heading_of(s.candidate, question)
        groups.setdefault(heading if heading in groups or len(groups) < HEADINGS else ELSE, []).append(s)
    return [(heading, _by_source(group)) for heading, group in groups.items()]


def _by_source(group: Sequence[Scored]) -> list[Scored]:
    """The sentences of one document together: the best ranked documents first, of these the strongest, then the newest."""
    best: dict[str, float] = {}
    for s in group:
        item = s.candidate.evidence
        best[item.document.id] = max(item.score, best.get(item.document.id, 0.0))

    def rank(s: Scored) -> tuple[float, float, int, str]:
        item = s.candidate.evidence
        ranked = -round(best[item.document.id], 1)
        return (ranked, -round(item.why.quality, 1), -(s.year or 0), item.document.id)

    return sorted(group, key=rank)


def _facet_by_facet(
    question: Question, found: Sequence[Scored], shown: Sequence[Scored]
) -> list[tuple[str, list[Scored]]]:
    """For an overview: the best sentences of each side of the topic, in the order of the table."""
    chosen: list[Scored] = list(shown)
    points = []
    for facet in (facet for facet in FACETS if facet.overview):
        most = POINTS_NAMED if facet in question.facets else POINTS
        group = _pick(_of(facet, found), chosen, most, PER_DOCUMENT)
        chosen += group
        if group:
            points.append((facet.heading, _by_source(group)))
    return points


def _of(facet: Facet, found: Sequence[Scored]) -> list[Scored]:
    """The sentences of one side, from the strongest sources first; none that only tells how it was studied."""
    return strongest_first([s for s in found if s.candidate.facet == facet and not s.candidate.procedure])


def _pick(found: Sequence[Scored], shown: Sequence[Scored], most: int, per_document: int) -> list[Scored]:
    """The first `most` sentences that repeat none that is shown or picked."""
    picked: list[Scored] = []
    count: dict[str, int] = {}
    for s in found:
        document_id = s.candidate.evidence.document.id
        repeats = any(_repeats(s, other) for other in (*shown, *picked))
        if repeats or count.get(document_id, 0) >= per_document:
            continue
        count[document_id] = count.get(document_id, 0) + 1
        picked.append(s)
        if len(picked) == most:
            break
    return picked


def _repeats(one: Scored, other: Scored) -> bool:
    mine, theirs = one.candidate.text, other.candidate.text
    return mine in theirs or theirs in mine or float(one.vector @ other.vector) > SAME


def _without(found: Sequence[Scored], taken: Sequence[Scored]) -> list[Scored]:
    texts = {s.candidate.text for s in taken}
    return [s for s in found if s.candidate.text not in texts]


def _draft(candidate: Candidate) -> Draft:
    return Draft(candidate.text, ((candidate.evidence.passage.id, candidate.text),))
