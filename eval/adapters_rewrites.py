"""Follow-up questions with rewrites that stand alone, and how near ours come to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from eval.intervals import Mean, mean_of
from eval.set_files import Fields, json_lines, reading
from rag.text import words
from rag.types import Answer, Coverage, Mode, QuestionType, Role, Turn

SOURCE = "TREC CAsT 2019, TREC iKAT 2023 and CANARD (Elgohary et al. 2019)"
LICENCE = "CAsT and iKAT MIT; CANARD CC BY-SA 4.0"

Condense: TypeAlias = Callable[[str, Sequence[Turn]], str]


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
class RewriteScores:
    """Mean token F1 against the rewrites of people, on the turns that had to be changed."""

    ours: Mean | None
    copied: Mean | None
    """Of the question as it was asked."""


def read_rewrites(folder: Path) -> tuple[Rewrite, ...]:
    """The turns in the order of the file.

    Raises:
        InputError: the file isn't there or isn't what it should be; names it.
    """
    path = folder / "unified_rewrites_given.jsonl"
    with reading(path):
        return tuple(_rewrite(record) for record in json_lines(path))


def score_rewrites(rewrites: Sequence[Rewrite], condense: Condense) -> RewriteScores:
    """How near `condense` and copying come to the gold rewrites; unchanged turns are left out."""
    changed = [rewrite for rewrite in rewrites if rewrite.changed]
    ours = [token_f1(_condensed(rewrite, condense), rewrite.gold) for rewrite in changed]
    return RewriteScores(mean_of(ours), mean_of([token_f1(one.question, one.gold) for one in changed]))


def token_f1(given: str, gold: str) -> float:
    """Harmonic mean of precision and recall of words, repeats counted (Rajpurkar et al., EMNLP 2016)."""
    said, sought = Counter(words(given)), Counter(words(gold))
    if not said or not sought:
        return float(said == sought)
    return 2 * (said & sought).total() / (said.total() + sought.total())


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


def _rewrite(record: Fields) -> Rewrite:
    return Rewrite(
        question=str(record["question"]),
        # All but CAsT have each answer behind its question; what it said isn't part of what we condense.
        earlier=tuple(map(str, record["history"][:: 1 if record["set"] == "cast2019" else 2])),
        gold=str(record["rewrite"]),
        medical=bool(record["health_topic"]),
    )
