"""Drafting an answer from evidence: the protocol, and the answerer that only quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.comparable import of_other_age, of_subgroup
from rag.facets import FACETS, Facet
from rag.findings import finding_of
from rag.fitness import Scored, scored, strength
from rag.gate import Draft
from rag.headings import heading_of
from rag.outcomes import ADVICE
from rag.polarity import Stance, stance
from rag.question import Question
from rag.sentences import Candidate, candidates
from rag.types import Design, Embedder, Evidence, Mode, QuestionType, Status, Usage

LEAD = 3
POINTS, POINTS_NAMED = (
    4,
    6,
)  # sentences under one heading of an overview, and under one that it asks for by name
HEADINGS = 5  # and one more for what is left
ELSE = "What else was found"
SENTENCES = 18  # sentences under all headings, overviews apart
CLOSE_TO_BEST = 0.50  # a key point scores at least this share of the best sentence
PER_DOCUMENT = 4
ON_THE_POINT = 0.5  # a lead covers at least this share of what the best sentence covers of the subject
SPEAKS_FOR_OTHERS = 0.75  # the same for a synthesis that stands for the older studies
NEAR_THE_POINT = 0.05  # the same for a key point
SAME = 0.86  # cosine above which two sentences say the same thing


_WHAT_TO_DO = re.compile(
    r"\bshould\b|\brecommend|\badvis|\bguideline|\bwhat to do\b|\bbest treatment\b|\bhow (?:is|are|do you|to) (?:\w+ ){0,8}(?:treat|manage)",
    re.IGNORECASE,
)
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
        lead = _lead_of_overview(question, found) if overview else _lead(question, found)
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


def _lead(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """What answers first: on the side that was asked for, direct if it can be, not overtaken, strongest."""
    sound = [s for s in found if s.candidate.evidence.document.status is not Status.SUPERSEDED]
    most = max((s.covered for s in sound), default=0.0)
    fitting = [s for s in sound if s.covered >= ON_THE_POINT * most and not s.candidate.procedure]
    fitting = [s for s in fitting if not of_subgroup(s.candidate.text)] or fitting
    asked = [s for s in fitting if s.candidate.facet in question.facets]
    first = _direct(asked) or asked
    then = _direct(fitting) or fitting or sound
    in_order = [s for group in (first, then) for s in _strongest_first(_not_overtaken(group))]
    return _pick([*_advice(question, sound)[:1], *in_order], [], LEAD, per_document=1)


def _advice(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """For a question of what to do: what guidelines advise, on the point and for this age, the best first."""
    if not _WHAT_TO_DO.search(question.text):
        return []
    most = max((s.covered for s in found), default=0.0)
    advice = [
        s
        for s in found
        if s.candidate.evidence.document.design is Design.GUIDELINE
        and (finding := finding_of(s.candidate.text, True))
        and ADVICE in finding.outcomes
        and s.covered >= ON_THE_POINT * most
        and not of_other_age(question.text, s.candidate.text)
    ]
    return _strongest_first(_direct(advice) or advice)


def _direct(found: Sequence[Scored]) -> list[Scored]:
    return [s for s in found if not s.candidate.evidence.document.indirect]


def _not_overtaken(found: Sequence[Scored]) -> list[Scored]:
    """Without the studies that are older than the newest synthesis: that one speaks for them, or against."""
    most = max((s.covered for s in found), default=0.0)
    years = [s.year for s in found if s.synthesis and s.covered >= SPEAKS_FOR_OTHERS * most and s.year]
    return [s for s in found if s.synthesis or not years or s.year is None or s.year >= max(years)]


def _lead_of_overview(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """The strongest sentence of each side of the topic: those that the question names, then by the table."""
    sound = [s for s in found if not s.candidate.procedure and not s.candidate.leans]
    direct = _direct(sound) or sound
    stating = [s for s in direct if stance(s.candidate.text) is not Stance.AGAINST]
    best = {s.candidate.facet: s for s in reversed(_strongest_first(stating or direct))}
    order = dict.fromkeys((*question.facets, *FACETS))
    return _pick(
        [best[facet] for facet in order if facet.overview and facet in best], [], LEAD, per_document=1
    )


def _strongest_first(found: Sequence[Scored]) -> list[Scored]:
    return sorted(found, key=lambda s: -(s.score + strength(s.candidate)))


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
    """The sentences of one document together: documents on the point first, of these the strongest, then the newest."""
    most = max((s.covered for s in group), default=0.0)
    best: dict[str, Scored] = {}
    for s in group:
        key = s.candidate.evidence.document.id
        best[key] = max(s, best.get(key, s), key=lambda one: one.covered)

    def rank(s: Scored) -> tuple[bool, float, int, str]:
        item = s.candidate.evidence
        off_the_point = best[item.document.id].covered < ON_THE_POINT * most
        return (off_the_point, -round(item.why.quality, 1), -(s.year or 0), item.document.id)

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
    return _strongest_first([s for s in found if s.candidate.facet == facet and not s.candidate.procedure])


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
