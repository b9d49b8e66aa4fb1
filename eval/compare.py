"""Two runs side by side, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.intervals import Mean, mean_of
from eval.metrics import Metric
from eval.run import Row, Run

_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Difference:
    """How one metric moved from the other run to this one."""

    metric: str
    difference: Mean | None
    """Mean of this less the other over the questions that both computed; None where there are none."""
    better: int
    worse: int
    unpaired: int
    """Questions for which only one of the two runs computed it."""

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.difference is not None and (self.difference.low > 0 or self.difference.high < 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """One question whose scores moved."""

    row: Row
    before: Row
    differences: tuple[tuple[str, float], ...]
    """Name of the metric and this less the other, worst first; only what moved."""

    @property
    def total(self) -> float:
        """Sum of the differences: below zero the question got worse."""
        return sum(value for _, value in self.differences)


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run against another one."""

    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]
    """Worst first."""
    only_here: tuple[str, ...]
    """Ids of questions that only this run has."""
    only_there: tuple[str, ...]


def compare(run: Run, other: Run, among: Sequence[Metric]) -> Comparison:
    """Paired differences of `run` less `other`, with bootstrap intervals over the questions of both."""
    before = {row.gold.id: row for row in other.rows}
    pairs = [(row, before[row.gold.id]) for row in run.rows if row.gold.id in before]
    here = {row.gold.id for row in run.rows}
    moved = [one for pair in pairs if (one := _moved(*pair, among)).differences]
    return Comparison(
        differences=tuple(_difference(metric.name, pairs) for metric in among),
        moved=tuple(sorted(moved, key=lambda one: (one.total, one.row.gold.id))),
        only_here=tuple(row.gold.id for row in run.rows if row.gold.id not in before),
        only_there=tuple(row.gold.id for row in other.rows if row.gold.id not in here),
    )


def _difference(name: str, pairs: Sequence[tuple[Row, Row]]) -> Difference:
    values = [_paired(row.scores.get(name), before.scores.get(name)) for row, before in pairs]
    known = [value for value in values if value is not None]
    unpaired = sum((row.scores.get(name) is None) != (old.scores.get(name) is None) for row, old in pairs)
    return Difference(
        metric=name,
        difference=mean_of(known),
        better=sum(value > _EPSILON for value in known),
        worse=sum(value < -_EPSILON for value in known),
        unpaired=unpaired,
    )


def _paired(here: float | None, there: float | None) -> float | None:
    return None if here is None or there is None else here - there


def _moved(row: Row, before: Row, among: Sequence[Metric]) -> Moved:
    values = ((m.name, _paired(row.scores.get(m.name), before.scores.get(m.name))) for m in among)
    changed = [(name, value) for name, value in values if value is not None and abs(value) > _EPSILON]
    return Moved(row, before, tuple(sorted(changed, key=lambda one: (one[1], one[0]))))
