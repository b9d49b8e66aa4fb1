"""The command that measures the reversal guard: bench reversal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.bench_reversal import ReversalRow


@click.command()
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many topics.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def reversal(limit: int | None, form: str) -> None:
    """Ask about treatments on which fifteen old trials agree and the newest study says otherwise.

    All of them are made up, and indexed into a library that is removed again. A large new trial is due
    to be shown; a small one or a case series not to open the answer; a retracted one not to be evidence.
    """
    rows = _measured(limit)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(reversal_json(rows)), nl=False)
    else:
        _print(rows)
    sys.stdout.flush()


def reversal_json(rows: Sequence[ReversalRow]) -> dict[str, Any]:
    """By what the newest study is: how many questions, and of how many it is evidence, shown, in the lead."""
    return {
        "made_up": True,
        "newest": [
            {
                "is": row.newcomer.value,
                "questions": row.shown.n,
                "in_evidence": row.in_evidence.count,
                "shown": row.shown.count,
                "leading": row.leading.count,
                "opening": row.first.count,
                "missed": list(row.missed),
            }
            for row in rows
        ],
    }


def _measured(topics: int | None) -> tuple[ReversalRow, ...]:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from eval.adapters.dataset import Dataset, Source
    from eval.bench_reversal import reversal_rows
    from eval.made_up_trials import documents_of, reversal_cases
    from service.bench_systems import bench_library
    from service.params import today
    from service.progress import shown_progress
    from service.settings import load_settings
    from service.wiring import load_model, pipeline_over

    settings, now, cases = load_settings(), today(), reversal_cases(topics)
    embedder = load_model(settings)
    made_up = Dataset(
        Source("reversal", "made-up trials", "made up", ""), documents=tuple(documents_of(cases))
    )
    with shown_progress() as tell, TemporaryDirectory(prefix="vouch-") as home:
        apart = settings.model_copy(update={"home": Path(home)})
        pipeline = pipeline_over(bench_library(apart, made_up, embedder, tell), embedder)
        return reversal_rows(cases, lambda question: pipeline.ask(question, today=now), tell)


def _print(rows: Sequence[ReversalRow]) -> None:
    from rich.table import Table

    from service.console import results

    table = Table(title="Fifteen old trials and a newer study that says otherwise, all made up")
    for head in ("newest study", "among the evidence", "shown", "in the lead", "opens the answer"):
        table.add_column(head)
    for row in rows:
        shares = (row.in_evidence, row.shown, row.leading, row.first)
        table.add_row(row.newcomer.value, *(f"{share.count} of {share.n}" for share in shares))
    results().print(table)
    for question in (question for row in rows for question in row.missed):
        results().print(f"not as it is due: {question}")
