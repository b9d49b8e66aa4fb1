"""How near our stand-alone questions come to those that people wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eval.intervals import Mean, mean_of
from rag.text import words
from rag.types import Answer, Coverage, Mode, QuestionType, Role, Turn

Condense: TypeAlias = Callable[[str, Sequence[Turn]], str]
"""A question and the turns before it, oldest first -> the question that stands alone."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A question of a conversation, and the same as people made it stand alone."""

    question: str
    earlier: tuple[str, ...]
    """Earlier turns, oldest first; in some sets the answers stand between the questions."""
    gold: str
    medical: bool

    @property
    def changed(self) -> bool:
        """Whether it had to be changed to stand alone."""
        return words(self.question) != words(self.gold)


@dataclass(frozen=True, slots=True)
class RewriteRow:
    """Token F1 against the rewrites of people, on the turns of one kind that had to be changed."""

    name: str
    ours: Mean | None
    copied: Mean | None
    """Of the question as it was asked."""


def rewrite_rows(rewrites: Sequence[Rewrite], condense: Condense) -> tuple[RewriteRow, ...]:
    """Medical turns and others, `condense` beside copying; turns that stood alone as they were are left out."""
    changed = [rewrite for rewrite in rewrites if rewrite.changed]
    return (
        _row("medical", [one for one in changed if one.medical], condense),
        _row("other", [one for one in changed if not one.medical], condense),
    )


def token_f1(given: str, gold: str) -> float:
    """Harmonic mean of precision and recall of words, repeats counted (Rajpurkar et al., EMNLP 2016)."""
    said, sought = Counter(words(given)), Counter(words(gold))
    if not said or not sought:
        return float(said == sought)
    return 2 * (said & sought).total() / (said.total() + sought.total())


def _row(name: str, changed: Sequence[Rewrite], condense: Condense) -> RewriteRow:
    ours = [token_f1(_condensed(one, condense), one.gold) for one in changed]
    return RewriteRow(name, mean_of(ours), mean_of([token_f1(one.question, one.gold) for one in changed]))


def _condensed(rewrite: Rewrite, condense: Condense) -> str:
    turns: list[Turn] = []
    for question in rewrite.earlier:
        turns.append(Turn(question, _unanswered(question, condense(question, turns))))
    return condense(rewrite.question, turns)


def _unanswered(question: str, understood_as: str) -> Answer:
    return Answer(
        question=question,
        understood_as=understood_as,
        question_type=QuestionType.OVERVIEW,
        role=Role.CLINICIAN,
        mode=Mode.EXTRACTIVE,
        lead=(),
        key_points=(),
        conflicts=(),
        certainty=None,
        withheld=(),
        abstention=None,
        safety=(),
        evidence=(),
        coverage=Coverage(0, 0, 0),
        as_of=date.min,
    )
