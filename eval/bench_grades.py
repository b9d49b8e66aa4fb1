"""Whether each graded recommendation is found, and its grade read right, in the answer to a question for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.bench_share import Share
from eval.gold import GoldQuestion
from rag.types import Answer

# As the US Preventive Services Task Force writes them: a letter, or I for an insufficient statement.
_GRADE = re.compile(r"\b[Gg]rade (?:of )?([ABCDI])\b|\b([ABCDI]) (?:grade|recommendation|statement)\b")
# The words that the task force keeps for each grade (USPSTF Procedure Manual, table of grade definitions).
_WORDS = (
    ("I", re.compile(r"\bevidence is (?:insufficient|lacking)|\binsufficient (?:evidence )?to assess", re.IGNORECASE)),
    ("D", re.compile(r"\brecommends? against\b", re.IGNORECASE)),
    ("C", re.compile(r"\bselectively\b|\b(?:decision|one)\b.{0,200}\bshould be an individual|\bindividuali[sz]e the decision", re.IGNORECASE)),
    ("AB", re.compile(r"\brecommends\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GradeFigures:
    """Of the questions for a recommendation: how far each got."""

    first: Share
    """The recommendation ranks first."""
    among_three: Share
    cited: Share
    """The answer cites it."""
    read: Share
    """The passages of it that the answer was drawn from name its grade, and no other."""
    worded: Share
    """What the answer quotes from it first is put in the words that are kept for its grade."""
    missed: tuple[str, ...]
    """Questions whose recommendation isn't among the first three, or whose grade is neither read nor worded right."""


def grades_in(text: str) -> tuple[str, ...]:
    """The grades that a text names, in order, each once."""
    named = (found[1] or found[2] for found in _GRADE.finditer(text))
    return tuple(dict.fromkeys(named))


def worded_as(text: str) -> str:
    """The grades, `A` and `B` together, whose words a recommendation uses; empty where it uses none of them."""
    return next((grades for grades, words in _WORDS if words.search(text)), "")


def grade_figures(
    questions: Sequence[GoldQuestion],
    ask: Callable[[str], Answer],
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> GradeFigures:
    """Ask for every recommendation of a library that holds them all; the grade due is the last thing that must be said."""
    asked = []
    for done, question in enumerate(questions):
        progress("asking", done, len(questions))
        asked.append((question, ask(question.question)))
    return GradeFigures(
        first=_share(_due(q) in _ranked(answer)[:1] for q, answer in asked),
        among_three=_share(_due(q) in _ranked(answer)[:3] for q, answer in asked),
        cited=_share(_due(q) in answer.cited_documents for q, answer in asked),
        read=_share(_is_read(q, answer) for q, answer in asked),
        worded=_share(_is_worded(q, answer) for q, answer in asked),
        missed=tuple(q.question for q, answer in asked if not _as_due(q, answer)),
    )


def _as_due(question: GoldQuestion, answer: Answer) -> bool:
    known = _is_read(question, answer) or _is_worded(question, answer)
    return known and _due(question) in _ranked(answer)[:3]


def _is_read(question: GoldQuestion, answer: Answer) -> bool:
    found = (e.passage.text for e in answer.evidence if e.document.id == _due(question))
    return grades_in(" ".join(found)) == grades_in(question.must_have[-1])


def _is_worded(question: GoldQuestion, answer: Answer) -> bool:
    cited = [c for claim in answer.claims for c in claim.citations if c.document_id == _due(question)]
    said = next(filter(None, (worded_as(citation.quote) for citation in cited)), "")
    return any(grade in said for grade in grades_in(question.must_have[-1]))


def _due(question: GoldQuestion) -> str:
    return question.best_evidence[0]


def _ranked(answer: Answer) -> list[str]:
    return list(dict.fromkeys(item.document.id for item in answer.evidence))


def _share(said: Iterable[bool]) -> Share:
    each = list(said)
    return Share(sum(each), len(each))
