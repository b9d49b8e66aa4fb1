"""Making a follow-up stand alone, by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from rag.facets import facets_of
from rag.question import Question, populations, understand
from rag.text import term, terms, words
from rag.types import Turn

_OPENS = re.compile(
    r"^(?:and|but|so|or|then|also|actually|what about|how about|what if|which of|any)\b", re.IGNORECASE
)
_REFERS = re.compile(
    r"\b(?:it|its|they|them|their|this|these|those|she|he|her|him|his|such|ones|another one|the (?:same|other|former|latter)|too|instead)\b"
    r"|\b(?:is|does|would|will|can|about|of|for|with|after|before|on|to) that\b",
    re.IGNORECASE,
)
# Words that look as if they referred to something, and don't.
_EMPTY_IT = re.compile(
    r"\b(?:does|did|will|would|can) it take\b"
    r"|\b(?:is|was) it (?:safe|possible|necessary|true|better|best|useful|worth|important|right|wise|likely|known) (?:to|that)\b",
    re.IGNORECASE,
)
_WITHOUT_OBJECT = re.compile(
    r"\b(?:help|work|safe|useful|effective|needed|necessary|better|recommended|indicated|dangerous|enough|an option)\W*$",
    re.IGNORECASE,
)
_FEW_TERMS = 3
# Words that need a disease or a drug beside them before they name a topic.
_GENERAL = frozenset(
    term(word)
    for word in (
        "alternative dose dosage duration complication contraindication factor prevention sign age cost interaction "
        "stage kind type number level side natural reliable method test therapy drug medicine medication disease condition group food exercise avoid exist"
    ).split()
)


class Condenser(Protocol):
    """Makes a follow-up stand alone; by the rules of `condense`, or by a model where one is configured."""

    def __call__(self, question: str, earlier: Sequence[Turn]) -> str:
        """`question` as it reads without `earlier` turns, oldest first; a question of its own as it is."""


def condense(question: str, earlier: Sequence[Turn]) -> str:
    """The question as it stands alone: with the subject of the conversation where it leans on it.

    A question that names its own subject is left as it is, so a change of topic is a new question.
    """
    if not earlier or not leans(question):
        return question
    before = understand(earlier[-1].answer.understood_as)
    subject = set(before.subject) - set(terms(question))
    added = [word for word in dict.fromkeys(words(before.said)) if terms(word) and terms(word)[0] in subject]
    return f"{question.rstrip()} ({' '.join(added)})" if added else question


def leans(question: str) -> bool:
    """Whether a question can only be understood from what was said before.

    It does where it opens as a continuation, where it refers to something that it has not named, and
    where it names no topic of its own.
    """
    asked = understand(question)
    if _OPENS.search(asked.text):
        return True
    few = len(asked.subject) < _FEW_TERMS
    plain = _EMPTY_IT.sub(" ", asked.said)
    refers = _REFERS.search(plain)
    if refers and len(_topic(asked, plain[: refers.start()])) < (2 if few else 1):
        return True
    return few and (not _topic(asked, asked.said) or bool(_WITHOUT_OBJECT.search(asked.text)))


def _topic(asked: Question, text: str) -> list[str]:
    """The words of `text` that name what is asked about: not a side of it, nor a group of patients."""
    return [
        word
        for word in words(text)
        if asked.names(term(word))
        and term(word) not in _GENERAL
        and not facets_of(word)
        and not populations(word)
    ]
