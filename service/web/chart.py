"""The cited evidence by year and level, as a chart that fits any width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.citations import Reference, name_and_year
from rag.types import Status

_LANE = 26  # pixels from one line of dots to the next
_HEAD = 30  # pixels of a row above its dots
_APART = 8.0  # hundredths of the width that two dots of one lane need on a phone
_END = 96.0  # where the last year stands, in hundredths of the width
_UNDATED = (4.0, 12.0, 20.0)  # where sources without a year stand, beside one another
_MEANING = {
    1: "guidelines, systematic reviews",
    2: "randomised trials",
    3: "cohorts, other trials",
    4: "case-control, case series, case reports",
    5: "opinion, mechanism, animals",
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One reference."""

    number: int
    x: float
    """In hundredths of the width."""
    y: int
    """In pixels."""
    label: str
    kind: str
    """`indirect`, `doubtful` or `plain`."""


@dataclass(frozen=True, slots=True)
class Row:
    """The references of one level."""

    name: str
    meaning: str
    y: int
    """Of its name, in pixels."""
    line: int
    """Of the line below it."""
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows from the strongest level down."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    undated: float | None
    """Where the sources without a year stand; None where all have one."""
    height: int
    summary: str

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of dots that occur."""
        return frozenset(dot.kind for row in self.rows for dot in row.dots)


def chart_of(references: Sequence[Reference]) -> Chart | None:
    """The chart; None where no source has a year, and the table says it all."""
    years = sorted(r.document.year for r in references if r.document.year)
    if not years:
        return None
    levels = sorted({_level(r) for r in references})
    axis = _Axis.of(years, [[r for r in references if _level(r) == level] for level in levels])
    rows: list[Row] = []
    for level in levels:
        top = rows[-1].line + 8 if rows else 0
        rows.append(_row(level, [r for r in references if _level(r) == level], top, axis))
    unknown = len(references) - len(years)
    summary = f"{len(references)} sources, from {years[0]} to {years[-1]}"
    summary += f"; of {unknown} the year is not known" if unknown else ""
    middle = sum(axis.undated) / len(axis.undated) if axis.undated else None
    return Chart(tuple(rows), axis.ticks(), middle, rows[-1].line + 24, summary)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int
    undated: tuple[float, ...]

    @classmethod
    def of(cls, years: Sequence[int], rows: Sequence[Sequence[Reference]]) -> _Axis:
        most = max(sum(1 for r in row if not r.document.year) for row in rows)
        columns = 0 if not most else 1 if most < 3 else 3
        return cls(years[0], max(years[-1], years[0] + 4), _UNDATED[:columns])

    def x(self, year: int) -> float:
        begin = self.undated[-1] + 12 if self.undated else _UNDATED[0]
        return round(begin + (_END - begin) * (year - self.first) / (self.last - self.first), 2)

    def ticks(self) -> tuple[Tick, ...]:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (self.last - self.first) / s <= 5)
        years = range(-(-self.first // step) * step, self.last + 1, step)
        return tuple(Tick(year, self.x(year)) for year in years)


def _level(reference: Reference) -> int:
    return int(reference.document.level) if reference.document.level else len(_MEANING) + 1


def _row(level: int, references: Sequence[Reference], top: int, axis: _Axis) -> Row:
    placed = [*_undated(references, axis), *_dated(references, axis)]
    line = top + _HEAD + _LANE * (1 + max(lane for _, _, lane in placed))
    dots = tuple(
        Dot(r.number, x, line - _LANE * lane - _LANE // 2, _label(r), _kind(r)) for r, x, lane in placed
    )
    name = f"Level {level}" if level in _MEANING else "No level"
    return Row(name, _MEANING.get(level, "regulators, unknown designs"), top + 20, line, dots)


def _undated(references: Sequence[Reference], axis: _Axis) -> Iterator[tuple[Reference, float, int]]:
    for n, reference in enumerate(r for r in references if not r.document.year):
        yield reference, axis.undated[n % len(axis.undated)], n // len(axis.undated)


def _dated(references: Sequence[Reference], axis: _Axis) -> Iterator[tuple[Reference, float, int]]:
    """Each on the lowest lane on which it doesn't touch the one before."""
    ends: list[float] = []
    dated = [(axis.x(r.document.year), r.number, r) for r in references if r.document.year]
    for x, _, reference in sorted(dated, key=lambda one: one[:2]):
        lane = next((n for n, end in enumerate(ends) if x - end >= _APART), len(ends))
        ends[lane : lane + 1] = [x]
        yield reference, x, lane


def _label(reference: Reference) -> str:
    document = reference.document
    return f"Reference {reference.number}: {name_and_year(document)}, {document.design.value}"


def _kind(reference: Reference) -> str:
    if reference.document.status in {Status.CONCERN, Status.SUPERSEDED, Status.RETRACTED}:
        return "doubtful"
    return "indirect" if reference.document.indirect else "plain"
