"""When to answer nothing: what was searched, what came near, what would be needed."""

from __future__ import annotations

from collections.abc import Sequence

from rag.question import Question, populations
from rag.ranking import Excluded, Ranking
from rag.relevance import TermWeights
from rag.text import terms
from rag.types import Abstention, Coverage, Design, Document, Embedder, Evidence, NearMiss, QuestionType

NEAREST = 3
TOP = 10  # passages among which the group that is asked about must be spoken of
MATTERS = 0.085  # how far the meaning of a question moves without a word that makes it what it is
SURE = 0.70  # a passage this relevant answers even where a word of the question is missing
SAME_MEANING = 0.55  # cosine of two words above which one can stand for the other
SHORTEST_WORD = 5  # shorter ones are names and abbreviations, which nothing stands for


def abstain(
    question: Question, ranking: Ranking, weights: TermWeights, embedder: Embedder, coverage: Coverage
) -> Abstention | None:
    """An abstention where the evidence doesn't speak of what was asked; None where it does.

    Args:
        question: what was asked.
        ranking: its evidence.
        weights: weights of the terms of the question's subject.
        embedder: tells whether another word of the evidence means the same as a missing one.
        coverage: what the library holds.
    """
    reason = _reason(question, ranking.evidence, weights, embedder)
    return _abstention(reason, question, ranking, coverage) if reason else None


def nothing_vouched(question: Question, ranking: Ranking, coverage: Coverage) -> Abstention:
    """The abstention for an answer of which no sentence passed the gate."""
    return _abstention("no sentence passed the check against its source", question, ranking, coverage)


def _reason(
    question: Question, evidence: Sequence[Evidence], weights: TermWeights, embedder: Embedder
) -> str | None:
    if not evidence:
        return "nothing in the library is relevant enough to this question"
    if question.population and not any(
        question.population in populations(_spoken(e)) for e in evidence[:TOP]
    ):
        return (
            f"no source on this subject studied the group that the question is about: {question.population}"
        )
    if missing_year := _missing_edition(question, [e.document for e in evidence]):
        return f"no guideline of {missing_year} on this subject is in the library"
    if max(item.why.relevance for item in evidence) >= SURE:
        return None
    missing = _that_matter(question, uncovered(question, evidence, weights, embedder), embedder)
    return f"no source on this subject speaks of {', '.join(map(repr, missing))}" if missing else None


def _that_matter(question: Question, missing: Sequence[str], embedder: Embedder) -> tuple[str, ...]:
    """Of the missing terms, in the words of the question, those without which it would be another question.

    An everyday word that no source happens to use ("this morning") hardly moves the embedding of a
    question; a drug, a disease or a group of patients does.
    """
    words = question.words_for(missing)
    if not words:
        return ()
    vectors = embedder.embed([question.text, *(question.without(word) for word in words)])
    moved = 1 - vectors[1:] @ vectors[0]
    return tuple(word for word, far in zip(words, moved, strict=True) if float(far) >= MATTERS)


def uncovered(
    question: Question, evidence: Sequence[Evidence], weights: TermWeights, embedder: Embedder
) -> tuple[str, ...]:
    """Terms of the subject that no evidence uses, and for which it has no word of the same meaning."""
    spoken = frozenset(t for item in evidence for t in terms(_spoken(item)))
    missing = [t for t in question.subject if not weights.spoken(t, spoken)]
    long = [t for t in missing if len(t) >= SHORTEST_WORD]
    if not long or not spoken:
        return tuple(missing)
    vectors = embedder.embed([*long, *sorted(spoken)])
    likeness = (vectors[: len(long)] @ vectors[len(long) :].T).max(axis=1)
    meant = {t for t, likest in zip(long, likeness, strict=True) if float(likest) >= SAME_MEANING}
    return tuple(t for t in missing if t not in meant)


def _spoken(item: Evidence) -> str:
    document = item.document
    return " ".join(
        (
            document.title,
            document.population or "",
            document.design_text or "",
            *(note.text for note in document.notes),
            item.passage.section,
            item.passage.text,
        )
    )


def _missing_edition(question: Question, documents: Sequence[Document]) -> int | None:
    if question.type is not QuestionType.GUIDELINE or not question.named_years:
        return None
    known = {document.year for document in documents if document.design is Design.GUIDELINE}
    return next((year for year in question.named_years if year not in known), None)


def _abstention(reason: str, question: Question, ranking: Ranking, coverage: Coverage) -> Abstention:
    near = [NearMiss(e.document.id, e.document.title, e.why.text) for e in _one_a_document(ranking.evidence)]
    near += [_near_miss(excluded) for excluded in ranking.excluded]
    subject = ", ".join(question.words_for(question.subject)) or "this subject"
    return Abstention(
        reason=reason,
        documents=coverage.documents,
        passages=coverage.passages,
        terms=question.words_for(question.terms),
        nearest=tuple(near[:NEAREST]),
        would_need=f"a study or guideline that speaks of all of: {subject}; if you have one, add it with: vouch index PATH",
    )


def _one_a_document(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({item.document.id: item for item in reversed(evidence)}.values())[::-1]


def _near_miss(excluded: Excluded) -> NearMiss:
    return NearMiss(excluded.document.id, excluded.document.title, excluded.reason)
