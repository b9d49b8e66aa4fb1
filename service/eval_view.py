"""An evaluation run on the terminal: a table of its means, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.metrics import Metric
    from eval.run import Run


def print_run(run: Run, among: Sequence[Metric], comparison: Comparison | None, console: Console) -> None:
    """Print each metric with its mean, interval and number of questions; with differences, where compared."""
    from eval.summary import means

    of = means(run.rows, among)
    moved = {one.metric: one for one in comparison.differences} if comparison else {}
    table = Table(title=f"{run.provenance.system}: {len(run.rows)} questions", title_justify="left")
    table.add_column("metric", no_wrap=True, min_width=max(len(metric.name) for metric in among))
    for heading in ("mean", "95 % interval", "n", *(("change", "its interval") if comparison else ())):
        table.add_column(heading, justify="right")
    for metric in among:
        mean = of[metric.name]
        cells = ["not computed", "", "0"]
        if mean:
            cells = [f"{mean.value:.3f}", f"{mean.low:.3f}–{mean.high:.3f}", str(mean.n)]
        change = moved[metric.name].difference if comparison else None
        if change:
            cells += [f"{change.value:+.3f}", f"{change.low:+.2f} to {change.high:+.2f}"]
        table.add_row(metric.name, *cells)
    console.print(table)
