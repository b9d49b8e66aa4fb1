"""When to answer nothing: what was searched, what came near, what would be needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.determining import unsaid, weighed
from rag.need import Need
from rag.needs import needs_of
from rag.question import Question
from rag.ranking import Excluded, Ranking
from rag.relevance import TermWeights
from rag.sources import Source, sources, spoken
from rag.text import terms
from rag.types import Abstention, Coverage, Embedder, Evidence, NearMiss
from rag.unmet import lacking, unmet

NEAREST = 3
TOP = 10  # passages that are enough to try a question that is only suggested
MATTERS = 0.085  # how far the meaning of a question moves without a word that no source says
SURE = 0.70  # a passage this relevant answers even where such a word is missing
SAME_MEANING = 0.55  # cosine of two words above which one can stand for the other
SHORTEST_WORD = 5  # shorter ones are names and abbreviations, which nothing stands for


def abstain(
    question: Question, ranking: Ranking, weights: TermWeights, embedder: Embedder, coverage: Coverage
) -> Abstention | None:
    """An abstention where no source of the evidence speaks of what was asked; None where one does.

    Args:
        question: what was asked.
        ranking: its evidence.
        weights: weights of the terms of the question's subject.
        embedder: tells which words make the question what it is, and which mean the same.
        coverage: what the library holds.
    """
    shortfall = _shortfall(question, ranking, weights, embedder)
    return _abstention(shortfall, question, ranking, coverage) if shortfall else None


def nothing_vouched(question: Question, ranking: Ranking, coverage: Coverage) -> Abstention:
    """The abstention for an answer of which no sentence passed the gate."""
    return _abstention(
        _Shortfall("no sentence passed the check against its source"), question, ranking, coverage
    )


@dataclass(frozen=True, slots=True)
class _Shortfall:
    """What the evidence falls short of."""

    reason: str
    needed: tuple[str, ...] = ()
    """What a source would have to do, in words that follow "that"."""


def _shortfall(
    question: Question, ranking: Ranking, weights: TermWeights, embedder: Embedder
) -> _Shortfall | None:
    found = sources(ranking.evidence)
    if not found:
        return _Shortfall("nothing in the library is relevant enough to this question")
    left_out = (excluded.document for excluded in ranking.excluded)
    if needs := unmet(question, found, weights, left_out):
        return _lacks(need.told for need in needs)
    if apart := unsaid(question, found, embedder):
        return _lacks([f"speaks of {', '.join(map(repr, apart))}"])
    if not any(_speaks_of(question, source) for source in found):
        return _Shortfall("nothing in the library speaks of what is asked")
    if max(item.why.relevance for item in ranking.evidence) >= SURE:
        return None
    missing = _that_matter(question, uncovered(question, ranking.evidence, embedder), embedder)
    return _lacks([f"speaks of {', '.join(map(repr, missing))}"]) if missing else None


def _lacks(told: Iterable[str]) -> _Shortfall:
    needed = _once(told)
    return _Shortfall(f"no source on this subject {' and '.join(needed)}", needed)


def _once(told: Iterable[str]) -> tuple[str, ...]:
    """The same with what is spoken of in one list."""
    each = tuple(told)
    spoken_of = [one.removeprefix(_SPEAKS) for one in each if one.startswith(_SPEAKS)]
    whole = [name for name in spoken_of if not any(name in other for other in spoken_of if other != name)]
    listed = (f"{_SPEAKS}{', '.join(whole)}",) if whole else ()
    return (*listed, *(one for one in each if not one.startswith(_SPEAKS)))


_SPEAKS = "speaks of "


def _speaks_of(question: Question, source: Source) -> bool:
    named = [t for t in question.subject if question.names(t)]
    return not named or any(spoken(t, source.terms) for t in named)


def _that_matter(question: Question, missing: Sequence[str], embedder: Embedder) -> tuple[str, ...]:
    """Of the missing terms, in the words of the question, those without which it would be another question.

    An everyday word that no source happens to use ("this morning") hardly moves the embedding of a
    question; a drug, a disease or a group of patients does.
    """
    wanted = question.words_for(missing)
    if not wanted:
        return ()
    return tuple(word for word, far in weighed(question, embedder) if word in wanted and far >= MATTERS)


def uncovered(question: Question, evidence: Sequence[Evidence], embedder: Embedder) -> tuple[str, ...]:
    """Terms of the subject that no evidence uses, and for which it has no word of the same meaning."""
    said = frozenset(t for item in evidence for t in terms(_told_by(item)))
    missing = [t for t in question.subject if not spoken(t, said)]
    long = [t for t in missing if len(t) >= SHORTEST_WORD]
    if not long or not said:
        return tuple(missing)
    vectors = embedder.embed([*long, *sorted(said)])
    likeness = (vectors[: len(long)] @ vectors[len(long) :].T).max(axis=1)
    meant = {t for t, likest in zip(long, likeness, strict=True) if float(likest) >= SAME_MEANING}
    return tuple(t for t in missing if t not in meant)


def _told_by(item: Evidence) -> str:
    document, passage = item.document, item.passage
    notes = (note.text for note in document.notes)
    record = (document.title, document.population or "", document.design_text or "")
    return " ".join((*record, *notes, passage.section, passage.text))


def _abstention(
    shortfall: _Shortfall, question: Question, ranking: Ranking, coverage: Coverage
) -> Abstention:
    needs = needs_of(question)
    near = [_near(source, needs, ranking.evidence) for source in sources(ranking.evidence)[:NEAREST]]
    near += [_left_out(excluded) for excluded in ranking.excluded]
    return Abstention(
        reason=shortfall.reason,
        documents=coverage.documents,
        passages=coverage.passages,
        terms=question.words_for(question.terms),
        nearest=tuple(near[:NEAREST]),
        would_need=f"{_needed(shortfall, question)}; if you have one, add it with: vouch index PATH",
    )


def _needed(shortfall: _Shortfall, question: Question) -> str:
    subject = ", ".join(question.words_for(question.subject)) or "this subject"
    if not shortfall.needed:
        return f"a study or guideline that speaks of all of: {subject}"
    return f"a source that {' and '.join(shortfall.needed)}, on: {subject}"


def _near(source: Source, needs: Sequence[Need], evidence: Iterable[Evidence]) -> NearMiss:
    best = next(item for item in evidence if item.document.id == source.document.id)
    without = [need.told for need in lacking(needs, source)]
    fails = f"not a source that {' or '.join(without)}; " if without else ""
    return NearMiss(source.document.id, source.document.title, f"{fails}{best.why.text}")


def _left_out(excluded: Excluded) -> NearMiss:
    return NearMiss(excluded.document.id, excluded.document.title, excluded.reason)
