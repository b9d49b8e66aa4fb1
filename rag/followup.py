"""Making a follow-up stand alone, by rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from rag.followup_phrases import PREPOSITIONS
from rag.followup_reference import AUXILIARIES, reference_in
from rag.followup_rewrite import POLITE, apart, rewritten
from rag.followup_shapes import repeats
from rag.followup_topic import topic_of
from rag.question import tidy, understand
from rag.types import SafetyKind, Turn

_OPENS = re.compile(
    r"^(?:and|but|so|or|then|also|actually|what about|how about|what if|which of|any)\b", re.IGNORECASE
)
_WITHOUT_OBJECT = re.compile(
    r"\b(?:help|work|safe|useful|effective|needed|necessary|better|recommended|indicated|dangerous|enough|an option|anything)\W*$",
    re.IGNORECASE,
)
_ROLE = re.compile(r"^what (?:is|was) the role of\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"^(?:does|do|would|will|is|so) (?:that|this|it)\b.*\b(?:change|matter|difference|alter|still)\b|^(?:what then|what now|now what)\b",
    re.IGNORECASE,
)
_FEW_TERMS, _MANY_TERMS = 3, 5
HISTORY = 8  # turns; what was said longer ago is no longer meant


class Condenser(Protocol):
    """Makes a follow-up stand alone; by the rules of `condense`, or by a model where one is configured."""

    def __call__(self, question: str, earlier: Sequence[Turn]) -> str:
        """`question` as it reads without `earlier` turns, oldest first; a question of its own as it is."""


def condense(question: str, earlier: Sequence[Turn]) -> str:
    """The question as it stands alone: with the subject of the conversation where it leans on it.

    A question that names its own subject is left as it is, so a change of topic is a new question. Only the
    last `HISTORY` turns are looked at, and none that lay outside what the library is for.
    """
    before = [turn.answer.understood_as for turn in earlier[-HISTORY:] if not _outside(turn)]
    if not before or not leans(question):
        return question
    return rewritten(tidy(question), before)


def leans(question: str) -> bool:
    """Whether a question can only be understood from what was said before.

    It does where it opens as a continuation, where it refers to something that it has not named, and
    where it names no topic of its own.
    """
    told, asking, _ = apart(POLITE.sub("", tidy(question)))
    if not asking:
        return False
    if _OPENS.search(asking) or (told and _OPENS.search(told)):
        return True
    if repeats(asking) or (told and _CHANGES.search(asking)):
        return True
    if told and topic_of(told).named:
        return False
    first = asking.split(maxsplit=1)[0].lower()
    if first in PREPOSITIONS and not AUXILIARIES.search(asking):
        return True
    asked = understand(asking)
    if reference_in(asked.text):
        return True
    named, count = topic_of(asked.text).named, len(asked.subject)
    if not named:
        return count < _MANY_TERMS
    if len(named) == 1 and _ROLE.search(asked.text):
        return True
    return count < _FEW_TERMS and bool(_WITHOUT_OBJECT.search(asked.text))


def _outside(turn: Turn) -> bool:
    """Whether a turn was no question for this library, so that nothing later leans on it."""
    kinds = {notice.kind for notice in turn.answer.safety}
    return turn.answer.abstention is not None and SafetyKind.SCOPE in kinds
