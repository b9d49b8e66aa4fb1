"""Ranking: from what search found to evidence, with what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.question import Question
from rag.relevance import TermWeights
from rag.scoring import weigh
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

    Retracted documents and notices are never evidence. Of one document a few passages are kept, and
    repeated texts once. The newest guideline, synthesis or trial above the gate always gets a place, so
    that a reversal can't be crowded out by what it reversed.

    Args:
        question: what is asked.
        found: what search found.
        terms: weights of the question's terms.
        today: the day as of which recency counts.
        keep: how many passages to keep at the most.
        shares: where given, names the side of the topic that a passage belongs to; all sides then take
            turns in getting a place, as an overview needs.
        weights: how much each part counts.
    """
    weighed = [weigh(question, item, terms, today, weights) for item in found]
    above = sorted((e for e in weighed if _reason_against(e, weights) is None), key=order)
    named = frozenset(facet.heading for facet in question.facets)
    in_turn = take_turns(above, shares, named) if shares else above
    return Ranking(select(in_turn, keep, weights, terms), _left_out(weighed, weights))


def _left_out(weighed: Iterable[Evidence], weights: RankingWeights) -> tuple[Excluded, ...]:
    """The documents of which no passage may be evidence, each with the reason against its first one."""
    reasons: dict[str, str | None] = {}
    documents: dict[str, Document] = {}
    for item in weighed:
        documents.setdefault(item.document.id, item.document)
        reason = _reason_against(item, weights)
        reasons[item.document.id] = reason and reasons.get(item.document.id, reason)
    return tuple(Excluded(documents[key], reason) for key, reason in reasons.items() if reason)


def _reason_against(item: Evidence, weights: RankingWeights) -> str | None:
    ineligible = _ineligible(item.document)
    if ineligible is None and item.why.relevance < weights.gate:
        return f"relevance {item.why.relevance:.2f} is below the threshold of {weights.gate:.2f}"
    return ineligible


def _ineligible(document: Document) -> str | None:
    if document.retracted:
        return "retracted: never used as evidence"
    if document.design is Design.NOTICE:
        return "a notice about another paper, not a study"
    if document.design is Design.PROTOCOL:
        return "a protocol: it has no results yet"
    return None
