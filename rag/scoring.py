"""The score of one passage: relevance first, then quality and recency, every part kept.

`score = relevance * (1 - wq - wr + wq * quality + wr * recency) * penalty`, so that no score is above
its relevance, and quality and recency together move it by no more than their weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag.mismatch import Mismatch, mismatches
from rag.question import Question
from rag.relevance import TermWeights, relevance
from rag.types import Document, Evidence, Retrieved, Status, Why
from rag.weights import (
    DEFAULT_HALF_LIFE,
    FEW_MAKE_IMPRECISE,
    HALF_LIFE,
    PREPRINT_HALF_LIFE,
    RankingWeights,
    quality_of,
)

_DAYS_A_YEAR = 365.25


def weigh(
    question: Question, item: Retrieved, terms: TermWeights, today: date, weights: RankingWeights
) -> Evidence:
    """A passage with its score for `question`, as of `today`, and no words yet."""
    document = item.document
    fits = relevance(item, terms)
    quality = quality_of(document.design, question.type) * certainty_by_size(document, weights)
    recent = recency(document, today, weights)
    factor = penalty(document, weights) * math.prod(one.factor for one in mismatches(question, item, weights))
    wq, wr = weights.quality, _recency_weight(question, weights)
    score = fits * (1 - wq - wr + wq * quality + wr * recent) * factor
    parts = (round(fits, 4), round(quality, 4), round(recent, 4), round(factor, 4), round(score, 4))
    return Evidence(item.passage, document, Why(*parts, text=""))


def told(question: Question, item: Evidence, today: date, weights: RankingWeights) -> Evidence:
    """The same evidence with its score in words, before what is said of it already."""
    unlike = tuple(mismatches(question, Retrieved(item.passage, item.document, 0.0), weights))
    words = _in_words(item.document, unlike, item.why, today)
    return replace(item, why=replace(item.why, text=f"{words}{item.why.text}"))


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


def certainty_by_size(document: Document, weights: RankingWeights) -> float:
    """What a study of few people keeps of its design's quality, as a factor; 1 where the number isn't known."""
    if document.design in FEW_MAKE_IMPRECISE and document.sample_size is not None:
        if document.sample_size < weights.very_small_study:
            return weights.very_small_quality
        if document.sample_size < weights.small_study:
            return weights.small_quality
    return 1.0


def penalty(document: Document, weights: RankingWeights) -> float:
    """What its status and its indirectness take from a document's score, as a factor."""
    factor = 1.0
    if document.status is Status.CONCERN:
        factor *= weights.concern_penalty
    if document.status is Status.SUPERSEDED:
        factor *= weights.superseded_penalty
    return factor * weights.indirect_penalty if document.indirect else factor


def _recency_weight(question: Question, weights: RankingWeights) -> float:
    if question.named_years:
        return 0.0
    # Who asks whether a study still holds asks for what is newer than it.
    if question.wants_latest:
        return weights.recency_when_latest
    return 0.0 if question.named_study else weights.recency


def _in_words(document: Document, unlike: Sequence[Mismatch], why: Why, today: date) -> str:
    kind = f"{document.design.value}{' (inferred from the text)' if document.level_inferred else ''}"
    if document.design in FEW_MAKE_IMPRECISE and document.sample_size is not None:
        kind += f" of {document.sample_size:,}"
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
        reasons += [one.words for one in unlike]
        parts.append(f"{'; '.join(reasons)}: factor {why.penalty:.2f}")
    return "; ".join(parts)
