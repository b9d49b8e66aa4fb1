"""Ranking: from what search found to evidence, with what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.kinship import versions
from rag.question import Question
from rag.relevance import TermWeights
from rag.reports import Reports, one_report_each
from rag.scoring import told, weigh
from rag.selection import order, select, take_turns
from rag.types import Design, Document, Evidence, Retrieved
from rag.weights import RankingWeights


@dataclass(frozen=True, slots=True)
class Excluded:
    """A document that search found and ranking left out, and why."""

    document: Document
    reason: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Evidence in rank order, and what was left out."""

    evidence: tuple[Evidence, ...]
    excluded: tuple[Excluded, ...]


def rank(
    question: Question,
    found: Sequence[Retrieved],
    terms: TermWeights,
    *,
    today: date,
    keep: int,
    shares: Callable[[Evidence], str] | None = None,
    weights: RankingWeights = RankingWeights(),  # noqa: B008  # frozen
) -> Ranking:
    """Rank what search found and select at most `keep` passages as evidence.

    Retracted documents, their preprints and notices are never evidence. Each study has one report and
    each text one copy among the evidence, and of one document a few passages are kept. The newest guideline, synthesis or trial above the gate always gets a place, so
    that a reversal can't be crowded out by what it reversed.

    Args:
        question: what is asked.
        found: what search found.
        terms: weights of the question's terms, those outside its subject counting for less.
        today: the day as of which recency counts.
        keep: how many passages to keep at the most.
        shares: where given, names the side of the topic that a passage belongs to; all sides then take
            turns in getting a place, as an overview needs.
        weights: how much each part counts.
    """
    weighed = [weigh(question, item, terms, today, weights) for item in found]
    against = _Against(weights.gate, _of_the_retracted(item.document for item in found))
    above = sorted((item for item in weighed if against(item) is None), key=order)
    reports = one_report_each(above, question.text)
    named = frozenset(facet.heading for facet in question.facets)
    in_turn = take_turns(reports.evidence, shares, named) if shares else reports.evidence
    left_out = (*_left_out(weighed, against), *_stood_for(above, reports))
    kept = select(in_turn, keep, weights, terms)
    return Ranking(tuple(told(question, item, today, weights) for item in kept), left_out)


@dataclass(frozen=True, slots=True)
class _Against:
    """Why a passage may not be evidence; None where it may."""

    gate: float
    withdrawn: Mapping[str, str]
    """By the id of a preprint: the retracted paper that it became."""

    def __call__(self, item: Evidence) -> str | None:
        document = item.document
        if document.id in self.withdrawn:
            return (
                f"the preprint of {self.withdrawn[document.id]}, which was retracted: never used as evidence"
            )
        ineligible = _ineligible(document)
        if ineligible is None and item.why.relevance < self.gate:
            return f"relevance {item.why.relevance:.2f} is below the threshold of {self.gate:.2f}"
        return ineligible


def _of_the_retracted(documents: Iterable[Document]) -> Mapping[str, str]:
    by_id = {document.id: document for document in documents}
    return {before: after for before, after in versions(by_id.values()) if by_id[after].retracted}


def _left_out(weighed: Iterable[Evidence], against: _Against) -> tuple[Excluded, ...]:
    """The documents of which no passage may be evidence, each with the reason against its first one."""
    reasons: dict[str, str | None] = {}
    documents: dict[str, Document] = {}
    for item in weighed:
        documents.setdefault(item.document.id, item.document)
        reason = against(item)
        reasons[item.document.id] = reason and reasons.get(item.document.id, reason)
    return tuple(Excluded(documents[key], reason) for key, reason in reasons.items() if reason)


def _stood_for(above: Iterable[Evidence], reports: Reports) -> Iterator[Excluded]:
    for document in {item.document.id: item.document for item in above}.values():
        if (best := reports.stood_for.get(document.id)) is not None:
            yield Excluded(document, f"reports the same as {best.id}, which stands for it")


def _ineligible(document: Document) -> str | None:
    if document.retracted:
        return "retracted: never used as evidence"
    if document.design is Design.NOTICE:
        return "a notice about another paper, not a study"
    if document.design is Design.PROTOCOL:
        return "a protocol: it has no results yet"
    return None
