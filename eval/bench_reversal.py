"""Whether a new strong study that overturns old ones reaches the answer, and a weak one doesn't overturn them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.bench_share import Share
from eval.made_up_trials import Newcomer, ReversalCase
from rag.types import Answer


@dataclass(frozen=True, slots=True)
class ReversalRow:
    """What became of the newest studies of one kind."""

    newcomer: Newcomer
    in_evidence: Share
    """Of the questions: those whose evidence holds the newest study."""
    shown: Share
    """Those whose answer cites it, in the lead or in a key point."""
    leading: Share
    """Those whose answer cites it in the lead."""
    first: Share
    """Those whose answer opens with it."""
    missed: tuple[str, ...]
    """Questions in which a large trial isn't shown, or another study opens the answer."""


def reversal_rows(
    cases: Sequence[ReversalCase],
    ask: Callable[[str], Answer],
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> tuple[ReversalRow, ...]:
    """Ask the question of every case of a library that holds the documents of all; one row a kind of newest study.

    A large trial is due to be shown, anything weaker not to open the answer, and what was retracted not
    to be among the evidence at all.
    """
    answers = []
    for done, case in enumerate(cases):
        progress("asking", done, len(cases))
        answers.append((case, ask(case.question)))
    return tuple(_row(kind, [pair for pair in answers if pair[0].newcomer is kind]) for kind in Newcomer)


def _row(kind: Newcomer, answers: Sequence[tuple[ReversalCase, Answer]]) -> ReversalRow:
    return ReversalRow(
        kind,
        in_evidence=_share(
            case.newest in {item.document.id for item in answer.evidence} for case, answer in answers
        ),
        shown=_share(case.newest in answer.cited_documents for case, answer in answers),
        leading=_share(case.newest in _led_by(answer) for case, answer in answers),
        first=_share(case.newest in _led_by(answer)[:1] for case, answer in answers),
        missed=tuple(case.question for case, answer in answers if not _as_due(case, answer)),
    )


def _as_due(case: ReversalCase, answer: Answer) -> bool:
    if case.newcomer is Newcomer.STRONG:
        return case.newest in answer.cited_documents
    return case.newest not in _led_by(answer)[:1]


def _led_by(answer: Answer) -> list[str]:
    """Ids of the documents that the lead cites, in order."""
    return [citation.document_id for claim in answer.lead for citation in claim.citations]


def _share(said: Iterable[bool]) -> Share:
    each = list(said)
    return Share(sum(each), len(each))
