"""When to answer nothing: what was searched, what came near, what would be needed."""

from __future__ import annotations

from collections.abc import Sequence

from rag.question import Question
from rag.ranking import Excluded, Ranking
from rag.relevance import TermWeights
from rag.text import terms
from rag.types import Abstention, Coverage, Embedder, Evidence, NearMiss

NEAREST = 3
COVERED = 0.62  # weighted share of the subject's terms that the evidence must speak of
SAME_MEANING = 0.55  # cosine of two words above which one stands for the other


def abstain(
    question: Question, ranking: Ranking, weights: TermWeights, embedder: Embedder, coverage: Coverage
) -> Abstention | None:
    """An abstention where the evidence doesn't speak of what was asked; None where it does.

    The subject of a question is covered when the evidence, taken together, uses its terms or words that
    mean the same. A term that is in none of it may be just what was asked for, so a rare one weighs more.
    """
    if not ranking.evidence:
        return _abstention(
            "nothing in the library is relevant enough to this question", question, ranking, coverage
        )
    missing = uncovered(question, ranking.evidence, embedder)
    total = sum(weights.weight.get(t, 0.0) for t in question.subject)
    lost = sum(weights.weight.get(t, 0.0) for t in missing)
    if total and (total - lost) / total < COVERED:
        named = ", ".join(repr(word) for word in missing)
        return _abstention(
            f"no source in the library speaks of {named} in this connection", question, ranking, coverage
        )
    return None


def nothing_vouched(question: Question, ranking: Ranking, coverage: Coverage) -> Abstention:
    """The abstention for an answer of which no sentence passed the gate."""
    return _abstention("no sentence passed the check against its source", question, ranking, coverage)


def uncovered(question: Question, evidence: Sequence[Evidence], embedder: Embedder) -> tuple[str, ...]:
    """Terms of the subject that no evidence uses, and for which it has no word of the same meaning."""
    spoken = {
        t
        for item in evidence
        for t in terms(
            f"{item.document.title} {item.document.population or ''} {item.document.design_text or ''} "
            f"{item.passage.section} {item.passage.text}"
        )
    }
    missing = [t for t in question.subject if t not in spoken]
    if not missing or not spoken:
        return tuple(missing)
    others = sorted(spoken)
    vectors = embedder.embed([*missing, *others])
    likeness = vectors[: len(missing)] @ vectors[len(missing) :].T
    return tuple(t for t, row in zip(missing, likeness, strict=True) if float(row.max()) < SAME_MEANING)


def _abstention(reason: str, question: Question, ranking: Ranking, coverage: Coverage) -> Abstention:
    near = [NearMiss(e.document.id, e.document.title, e.why.text) for e in _one_a_document(ranking.evidence)]
    near += [_near_miss(excluded) for excluded in ranking.excluded]
    return Abstention(
        reason=reason,
        documents=coverage.documents,
        passages=coverage.passages,
        terms=question.terms,
        nearest=tuple(near[:NEAREST]),
        would_need=f"a study or guideline that speaks of {' and '.join(question.subject) or 'this subject'}; index one with: vouch index PATH",
    )


def _one_a_document(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({item.document.id: item for item in reversed(evidence)}.values())[::-1]


def _near_miss(excluded: Excluded) -> NearMiss:
    return NearMiss(excluded.document.id, excluded.document.title, excluded.reason)
