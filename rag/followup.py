"""Making a follow-up stand alone, by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question import understand
from rag.text import terms, words
from rag.types import Turn

_OPENS = re.compile(
    r"^(?:and|but|so|or|what about|how about|actually|also|then|why|is that|does that|would that)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"\b(?:it|its|they|them|their|this|that|these|those|she|he|her|him|his|there|the same|such|instead|too|one|ones)\b",
    re.IGNORECASE,
)
_FEW_TERMS = 3


def condense(question: str, earlier: Sequence[Turn]) -> str:
    """The question as it stands alone: with the subject of the conversation where it leans on it.

    A question that names its own subject is left as it is, so a change of topic is a new question.
    """
    if not earlier or not leans(question):
        return question
    before = earlier[-1].answer.understood_as
    subject = set(understand(before).subject) - set(terms(question))
    added = [word for word in dict.fromkeys(words(before)) if terms(word) and terms(word)[0] in subject]
    return f"{question.rstrip()} ({' '.join(added)})" if added else question


def leans(question: str) -> bool:
    """Whether a question can only be understood from what was said before."""
    few = len(understand(question).subject) < _FEW_TERMS
    return bool(_OPENS.search(question.strip())) or (bool(_REFERS.search(question)) and few) or few
