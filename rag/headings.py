"""Headings that fit what was asked: under which words a sentence of an answer stands."""

from __future__ import annotations

from rag.facets import GENERAL
from rag.question import Question
from rag.sentences import Candidate
from rag.types import Design, QuestionType

GUIDELINES = "What guidelines say"
OUTCOMES = "Outcomes"
_EFFECTS = frozenset({QuestionType.THERAPY, QuestionType.HARM})
# Sides of a topic that are substances: where the question is about them, every sentence would stand there.
_SUBSTANCES = frozenset({"Corticosteroids", "Anticoagulants and bleeding"})


def heading_of(candidate: Candidate, question: Question) -> str:
    """The heading of a sentence: advice under guidelines, what happened to patients under outcomes, else its side."""
    if candidate.evidence.document.design is Design.GUIDELINE:
        return GUIDELINES
    heading = candidate.facet.heading
    if heading == "Prognosis" and question.type in _EFFECTS:
        return OUTCOMES
    if heading in _SUBSTANCES and candidate.facet in question.facets:
        return OUTCOMES if question.type in _EFFECTS else GENERAL.heading
    return heading
