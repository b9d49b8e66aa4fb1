"""Where a passage is about something else than what is asked: other people, another treatment, another time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.populations import groups_of, older
from rag.question import Question
from rag.relevance import TermWeights
from rag.text import term_set
from rag.types import Design, Document, Population, QuestionType, Retrieved
from rag.weights import RankingWeights


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is asked for and not given."""

    factor: float
    """What it leaves of the score, from 0 to 1."""
    words: str


def mismatches(question: Question, item: Retrieved, weights: RankingWeights) -> Iterator[Mismatch]:
    """How a passage fails what is asked; what isn't known of its document counts for nothing."""
    if others_studied(question, item):
        studied, asked = _groups(item.document.populations), _groups(question.groups)
        yield Mismatch(weights.population_penalty, f"studied in {studied}, asked about {asked}")
    if question.older and not older(_words_of(item)):
        yield Mismatch(weights.older_penalty, "says nothing of older people")
    if question.treatments and not _speaks_of(question.treatments.values(), item):
        named = " or ".join(question.treatments)
        yield Mismatch(weights.treatment_penalty, f"says nothing of {named}")
    if question.type is QuestionType.GUIDELINE and _gives_reasons_alone(item):
        yield Mismatch(weights.reasons_penalty, "a guideline's reasons, asked for what it recommends")
    if outside := _outside(question, item.document):
        yield Mismatch(weights.time_penalty, outside)


def others_studied(question: Question, item: Retrieved) -> bool:
    """Whether others were studied than the question is about.

    A title or passage that speaks of the group is about it, whatever the record says of the whole.
    """
    studied, asked = item.document.populations, question.groups
    if not asked or not studied or not asked.isdisjoint(studied):
        return False
    return asked.isdisjoint(groups_of(f"{item.document.title}. {item.passage.text}"))


def _words_of(item: Retrieved) -> str:
    document, passage = item.document, item.passage
    return f"{document.title}. {document.population or ''}. {passage.section}. {passage.text}"


def _speaks_of(treatments: Collection[Sequence[str]], item: Retrieved) -> bool:
    """Whether passage, title or subject headings name one of the treatments, or what stands for it."""
    texts = (item.passage.text, item.document.title, item.passage.section)
    if any(_spoken(treatments, term_set(text)) for text in texts):
        return True
    headings = map(term_set, (*item.document.mesh_terms, *item.document.keywords))
    return _spoken(treatments, frozenset().union(*headings))


def _spoken(treatments: Iterable[Sequence[str]], present: frozenset[str]) -> bool:
    return any(all(TermWeights.spoken(t, present) for t in name) for name in treatments)


def _gives_reasons_alone(item: Retrieved) -> bool:
    """Whether a passage of a guideline holds none of its recommendations."""
    if item.document.design not in _RECOMMENDING:
        return False
    return not (_RECOMMENDS.search(item.passage.section) or _RECOMMENDS.search(item.passage.text))


def _outside(question: Question, document: Document) -> str:
    """How its year lies outside the time that the question asks for; empty where it doesn't."""
    year, since, until = document.year, question.when.since, question.when.until
    if year is not None and since is not None and year < since:
        return f"from {year}, asked for since {since}"
    if year is not None and until is not None and year > until:
        return f"from {year}, asked for until {until}"
    return ""


def _groups(groups: frozenset[Population]) -> str:
    return " and ".join(sorted(_IN_PLURAL[group] for group in groups))


_RECOMMENDING = frozenset({Design.GUIDELINE, Design.CONSENSUS})
_RECOMMENDS = re.compile(
    r"\b(?:recommend(?:s|ed|ations?)?|grade [A-DI]\b|suggests? (?:that|using|against|not)|should)\b",
    re.IGNORECASE,
)

_IN_PLURAL = {
    Population.ADULT: "adults",
    Population.CHILD: "children",
    Population.PREGNANCY: "pregnancy",
    Population.ANIMAL: "animals",
}
