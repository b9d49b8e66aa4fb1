"""A run as one HTML page: plots drawn in the page, no script, nothing fetched, light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from eval.compare import Comparison
from eval.metrics import Metric
from eval.report_view import BINS, Case, lines
from eval.run import Run
from eval.summary import figures, slices

if TYPE_CHECKING:
    from jinja2 import Template


def report_html(
    run: Run, among: Sequence[Metric], cases: Sequence[Case], comparison: Comparison | None
) -> str:
    """The page; all text of questions, answers and documents is escaped."""
    found = lines(run, among)
    sliced = slices(run, among)
    return _template().render(
        run=run,
        figures=figures(run),
        groups=[(name, list(group)) for name, group in groupby(found, key=lambda line: line.metric.group)],
        bins=BINS,
        slices=[(name, list(group)) for name, group in groupby(sliced, key=lambda one: one.property)],
        columns=[line.metric for line in found if line.mean and line.mean.value < 1],
        constant=[line.metric.title for line in found if line.mean and line.mean.value == 1],
        comparison=comparison,
        titles={metric.name: metric.title for metric in among},
        failed=[case for case in cases if case.failed],
        passed=[case for case in cases if not case.failed],
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html.j2")
