"""How near our stand-alone questions come to those that people wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from eval.intervals import Mean, mean_of
from rag.text import terms, words
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
    group: str = ""
    """The collection that it is from."""
    held_out: bool = False
    """It is of a conversation that nobody looked at when the rules were written."""

    @property
    def changed(self) -> bool:
        """Whether it had to be changed to stand alone."""
        return words(self.question) != words(self.gold)


@dataclass(frozen=True, slots=True)
class RewriteRow:
    """Against the rewrites of people, on the turns of one kind."""

    name: str
    ours: Mean | None
    """Token F1 on the turns that had to be changed."""
    copied: Mean | None
    """The same of the question as it was asked."""
    gain: Mean | None
    """The first less the second, turn by turn."""
    recalled: Mean | None
    """Of the terms that people added, the share that ours has."""
    left: Mean | None
    """Of the turns that stood alone, the share that was left as it was."""


def rewrite_rows(rewrites: Sequence[Rewrite], condense: Condense) -> tuple[RewriteRow, ...]:
    """Medical turns and others, then the collections of the others; what was held out once more by itself."""
    scored = [_Scored(one, _condensed(one, condense)) for one in rewrites]
    medical = [one for one in scored if one.rewrite.medical]
    other = [one for one in scored if not one.rewrite.medical]
    rows = [_row("medical", medical), _row("other", other)]
    for group in dict.fromkeys(one.rewrite.group for one in other if one.rewrite.group):
        of_group = [one for one in other if one.rewrite.group == group]
        rows.append(_row(f"other, {group}", of_group))
        rows.append(_row(f"other, {group}, held out", [one for one in of_group if one.rewrite.held_out]))
    return tuple(rows)


def token_f1(given: str, gold: str) -> float:
    """Harmonic mean of precision and recall of words, repeats counted (Rajpurkar et al., EMNLP 2016)."""
    said, sought = Counter(words(given)), Counter(words(gold))
    if not said or not sought:
        return float(said == sought)
    return 2 * (said & sought).total() / (said.total() + sought.total())


@dataclass(frozen=True, slots=True)
class _Scored:
    rewrite: Rewrite
    made: str

    @property
    def ours(self) -> float:
        return token_f1(self.made, self.rewrite.gold)

    @property
    def copied(self) -> float:
        return token_f1(self.rewrite.question, self.rewrite.gold)

    @property
    def recalled(self) -> float | None:
        added = set(terms(self.rewrite.gold)) - set(terms(self.rewrite.question))
        return len(added & set(terms(self.made))) / len(added) if added else None

    @property
    def left(self) -> float:
        return float(words(self.made) == words(self.rewrite.question))


def _row(name: str, scored: Sequence[_Scored]) -> RewriteRow:
    changed = [one for one in scored if one.rewrite.changed]
    return RewriteRow(
        name,
        ours=mean_of([one.ours for one in changed]),
        copied=mean_of([one.copied for one in changed]),
        gain=mean_of([one.ours - one.copied for one in changed]),
        recalled=mean_of([one.recalled for one in changed]),
        left=mean_of([one.left for one in scored if not one.rewrite.changed]),
    )


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
