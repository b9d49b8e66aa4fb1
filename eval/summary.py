"""What a run comes to: means, figures of time and cost, and the same for each slice of the questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.intervals import Mean, mean_of, quantile
from eval.metrics import Metric
from eval.metrics_conduct import median_year
from eval.run import Row, Run


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told beside the metrics: not from 0 to 1, and no more is not always better."""

    questions: int
    errors: int
    seconds_p50: float | None
    seconds_p95: float | None
    median_year: float | None
    """Median over the answers of the median year of what each cites."""
    tokens: int | None
    """Tokens in all, where a model server told them."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The questions that have one value of a property."""

    property: str
    value: str
    questions: int
    means: Mapping[str, Mean | None]


def means(rows: Sequence[Row], among: Sequence[Metric]) -> dict[str, Mean | None]:
    """The mean of each metric over `rows`, by its name; None: not computed for any."""
    return {metric.name: mean_of([row.scores.get(metric.name) for row in rows]) for metric in among}


def figures(run: Run) -> Figures:
    """Time, cost and years of a run; questions that failed have a time too."""
    seconds = [row.result.seconds for row in run.rows]
    years = [year for row in run.rows if (year := median_year(row.result)) is not None]
    used = [row.result.tokens for row in run.rows if row.result.tokens]
    return Figures(
        questions=len(run.rows),
        errors=sum(row.result.error is not None for row in run.rows),
        seconds_p50=quantile(seconds, 0.5),
        seconds_p95=quantile(seconds, 0.95),
        median_year=quantile(years, 0.5),
        tokens=sum(one.prompt + one.completion for one in used) if used else None,
    )


def slices(run: Run, among: Sequence[Metric]) -> tuple[Slice, ...]:
    """Means by topic, kind, question type and role; a property with one value in all is left out."""
    return tuple(
        Slice(name, value, len(rows), means(rows, among))
        for name, value_of in _PROPERTIES
        for value, rows in _grouped(run.rows, value_of).items()
    )


def question_type(row: Row) -> str:
    """The type of a question as the gold set has it, else as the answer understood it."""
    if row.gold.question_type:
        return row.gold.question_type
    return row.result.answer.question_type.value if row.result.answer else "unknown"


def _grouped(rows: Sequence[Row], value_of: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=value_of):
        groups.setdefault(value_of(row), []).append(row)
    return groups if len(groups) > 1 else {}


_PROPERTIES: tuple[tuple[str, Callable[[Row], str]], ...] = (
    ("topic", lambda row: row.gold.topic or "unknown"),
    ("kind", lambda row: row.gold.kind),
    ("question type", question_type),
    ("role", lambda row: row.gold.role),
)
