"""Ranking: relevance first, then quality and recency, every part of the score kept.

`score = relevance * (1 - wq - wr + wq * quality + wr * recency) * penalty`, so that no score is above
its relevance, and quality and recency together move it by no more than their weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.question import Question
from rag.relevance import TermWeights, relevance
from rag.text import term_set
from rag.types import Design, Document, Evidence, Retrieved, Status, Why
from rag.weights import DEFAULT_HALF_LIFE, HALF_LIFE, PREPRINT_HALF_LIFE, RankingWeights, quality_of

_STRONG = frozenset(
    {
        Design.GUIDELINE,
        Design.SYSTEMATIC_REVIEW,
        Design.META_ANALYSIS,
        Design.RANDOMISED_TRIAL,
        Design.REGULATORY,
    }
)
_DAYS_A_YEAR = 365.25


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
    repeated texts once. The newest guideline, synthesis or trial above the gate
    always gets a place, so that a reversal can't be crowded out by what it reversed.

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
    excluded: dict[str, Excluded] = {}
    above: list[Evidence] = []
    for item in found:
        reason = _ineligible(item.document)
        evidence = _weigh(question, item, terms, today, weights)
        if reason is None and evidence.why.relevance < weights.gate:
            reason = f"relevance {evidence.why.relevance:.2f} is below the threshold of {weights.gate:.2f}"
        if reason is None:
            above.append(evidence)
        else:
            excluded.setdefault(item.document.id, Excluded(item.document, reason))
    ordered = sorted(above, key=_order)
    in_turn = (
        _take_turns(ordered, shares, frozenset(f.heading for f in question.facets)) if shares else ordered
    )
    kept = {evidence.document.id for evidence in ordered}
    selected = _select(in_turn, keep, weights, terms)
    return Ranking(selected, tuple(e for key, e in excluded.items() if key not in kept))


def recency(document: Document, today: date, weights: RankingWeights) -> float:
    """How recent a document is, from `weights.floor` to 1; a future date counts as today."""
    if document.published is None:
        return weights.unknown_date
    age = (today - document.published.earliest).days / _DAYS_A_YEAR - weights.grace_years
    if "Preprint" in document.publication_types:
        half_life = PREPRINT_HALF_LIFE
    else:
        half_life = HALF_LIFE.get(document.design, DEFAULT_HALF_LIFE)
    return weights.floor + (1 - weights.floor) * math.pow(0.5, max(0.0, age) / half_life)


def penalty(document: Document, weights: RankingWeights) -> float:
    """What its status and its indirectness take from a document's score, as a factor."""
    factor = 1.0
    if document.status is Status.CONCERN:
        factor *= weights.concern_penalty
    if document.status is Status.SUPERSEDED:
        factor *= weights.superseded_penalty
    if document.indirect:
        factor *= weights.indirect_penalty
    return factor


def _ineligible(document: Document) -> str | None:
    if document.retracted:
        return "retracted: never used as evidence"
    if document.design is Design.NOTICE:
        return "a notice about another paper, not a study"
    if document.design is Design.PROTOCOL:
        return "a protocol: it has no results yet"
    return None


def _weigh(
    question: Question, item: Retrieved, terms: TermWeights, today: date, weights: RankingWeights
) -> Evidence:
    document = item.document
    fits = relevance(item, terms)
    quality = quality_of(document.design, question.type)
    recent = recency(document, today, weights)
    factor = penalty(document, weights)
    wq, wr = weights.quality, _recency_weight(question, weights)
    score = fits * (1 - wq - wr + wq * quality + wr * recent) * factor
    parts = Why(
        round(fits, 4), round(quality, 4), round(recent, 4), round(factor, 4), round(score, 4), text=""
    )
    return Evidence(item.passage, document, replace(parts, text=_in_words(document, parts, today)))


def _recency_weight(question: Question, weights: RankingWeights) -> float:
    if question.named_years or question.named_study:
        return 0.0
    return weights.recency_when_latest if question.wants_latest else weights.recency


def _in_words(document: Document, why: Why, today: date) -> str:
    kind = f"{document.design.value}{' (inferred from the text)' if document.level_inferred else ''}"
    when = "date unknown" if document.published is None else f"published {document.published}"
    if document.published is not None and document.published.earliest > today:
        when += ", which lies in the future and counts as today"
    parts = [
        f"relevance {why.relevance:.2f}",
        f"{kind}: quality {why.quality:.2f}",
        f"{when}: recency {why.recency:.2f}",
    ]
    if why.penalty < 1:
        reasons = [document.status.value] if document.status in {Status.CONCERN, Status.SUPERSEDED} else []
        reasons += [f"indirect: {document.indirect}"] if document.indirect else []
        parts.append(f"{'; '.join(reasons)}: factor {why.penalty:.2f}")
    return "; ".join(parts)


def _order(evidence: Evidence) -> tuple[float, int, int, str, str]:
    published = evidence.document.published
    newest_first = -published.earliest.toordinal() if published else 0
    level = int(evidence.document.level) if evidence.document.level else 9
    return (-evidence.score, newest_first, level, evidence.document.id, evidence.passage.id)


def _select(
    ordered: Sequence[Evidence], keep: int, weights: RankingWeights, terms: TermWeights
) -> tuple[Evidence, ...]:
    """The first `keep`, in which the newest strong study and every term of the question have their places."""
    distinct = _distinct(ordered, weights)
    kept, rest = distinct[:keep], distinct[keep:]
    owed = _owed_to_terms(kept, rest, terms, weights.passages_per_term)
    newest = _newest_strong(distinct)
    if newest is not None and newest in rest:
        owed = [newest, *(item for item in owed if item is not newest)]
    owed = owed[: keep // 4]
    return tuple(sorted((*kept[: keep - len(owed)], *owed), key=_order))


def _owed_to_terms(
    kept: Sequence[Evidence], rest: Sequence[Evidence], terms: TermWeights, places: int
) -> list[Evidence]:
    """From `rest`, the best that say a term of the question which fewer than `places` of `kept` say."""
    says = {id(item): _terms_said(item) for item in (*kept, *rest)}
    owed: dict[int, Evidence] = {}
    for t in terms.weight:
        missing = places - sum(bool(terms.spoken(t, says[id(item)])) for item in kept)
        speakers = [i for i, item in enumerate(rest) if terms.spoken(t, says[id(item)])]
        owed |= {i: rest[i] for i in speakers[: max(0, missing)]}
    return [owed[i] for i in sorted(owed)]


def _terms_said(item: Evidence) -> frozenset[str]:
    return term_set(item.document.title) | term_set(item.passage.section) | term_set(item.passage.text)


def _take_turns(
    ordered: Sequence[Evidence], side: Callable[[Evidence], str], named: frozenset[str]
) -> list[Evidence]:
    """The same evidence, in which the best of each side come first, then the second best, and so on.

    A side that the question names takes two places a turn.
    """
    places: dict[str, int] = {}
    turns = []
    for item in ordered:
        places[side(item)] = places.get(side(item), 0) + 1
        turns.append(places[side(item)] / (2 if side(item) in named else 1))
    return [item for _, item in sorted(zip(turns, ordered, strict=True), key=lambda pair: pair[0])]


def _distinct(ordered: Iterable[Evidence], weights: RankingWeights) -> list[Evidence]:
    """Repeated texts once, and of each document a few passages; more where they are short."""
    texts: set[str] = set()
    count: dict[str, int] = {}
    length: dict[str, int] = {}
    kept = []
    for evidence in ordered:
        key, text = evidence.document.id, " ".join(evidence.passage.text.casefold().split())
        full = count.get(key, 0) >= weights.passages_per_document
        if text in texts or (full and length[key] + len(text) > weights.characters_per_document):
            continue
        texts.add(text)
        count[key] = count.get(key, 0) + 1
        length[key] = length.get(key, 0) + len(text)
        kept.append(evidence)
    return kept


def _newest_strong(evidence: Iterable[Evidence]) -> Evidence | None:
    strong = [
        e
        for e in evidence
        if e.document.design in _STRONG
        and e.document.status is not Status.SUPERSEDED
        and e.document.published
    ]
    return max(
        strong,
        key=lambda e: (e.document.published.earliest if e.document.published else date.min, e.score),
        default=None,
    )
