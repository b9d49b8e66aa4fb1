"""Asking a system all gold questions and scoring what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from eval.gold import GoldQuestion
from eval.metrics import Metric, score
from eval.result import Ask, Result
from eval.run import Provenance, Row, Run
from eval.store import Store, fingerprint, row_key
from rag.errors import InputError


def evaluate(
    ask: Ask,
    gold: Sequence[GoldQuestion],
    among: Sequence[Metric],
    store: Store,
    *,
    provenance: Provenance,
    tell: Callable[[int, int], None] | None = None,
) -> Run:
    """The run of `ask` over `gold`, kept in `store` row by row.

    Rows that are there already, under the same settings, are not asked again; those that failed are.
    `tell` hears how many are done and how many there are. A question that the system can't use
    (InputError) is a row with an error; every other error ends the run, which then goes on from there.

    Raises:
        InputError: two questions have the same id.
    """
    _refuse_twins(gold)
    mark, rows = fingerprint(provenance), []
    kept = store.kept()
    for number, question in enumerate(gold):
        if tell:
            tell(number, len(gold))
        key = row_key(question, mark)
        result = kept[key][1] if key in kept else None
        if result is None or result.error is not None:
            result = _asked(ask, question)
            store.keep(key, Row(question, result, score(question, result, among)))
        rows.append(Row(question, result, score(question, result, among)))
    if tell:
        tell(len(gold), len(gold))
    return Run(_as_told(provenance, rows), mark, tuple(rows))


def _asked(ask: Ask, question: GoldQuestion) -> Result:
    began = perf_counter()
    try:
        return ask(question)
    except InputError as error:
        return Result(seconds=perf_counter() - began, error=str(error))


def _as_told(provenance: Provenance, rows: Sequence[Row]) -> Provenance:
    """With generation, models and prompts from the answers, where the system couldn't say them before."""
    answers = [row.result.answer for row in rows if row.result.answer]
    if provenance.generation is not None or not answers:
        return provenance
    first = answers[0]
    return replace(
        provenance,
        generation=first.coverage.generation,
        models=dict(first.models),
        prompts=dict(first.prompts),
    )


def _refuse_twins(gold: Sequence[GoldQuestion]) -> None:
    ids = [question.id for question in gold]
    twins = sorted({key for key in ids if ids.count(key) > 1})
    if twins:
        raise InputError(f"the id {twins[0]!r} is given to more than one question; give each its own")
