"""The command that measures graded recommendations: bench grades."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.bench_grades import GradeFigures


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many recommendations.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def grades(dataset: Path, limit: int | None, form: str) -> None:
    """Ask for each graded recommendation of DATASET: whether it is found, and its grade read right.

    DATASET is the folder of USPSTF recommendations. They are indexed once and kept in the data home.
    """
    figures = _measured(dataset, limit)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(grades_json(figures)), nl=False)
    else:
        _print(figures)
    sys.stdout.flush()


def grades_json(figures: GradeFigures) -> dict[str, Any]:
    """Counts by what was looked at, and the questions that fell short."""
    return asdict(figures)


def _measured(dataset: Path, limit: int | None) -> GradeFigures:
    from eval.adapters.catalogue import read_dataset
    from eval.bench_grades import grade_figures
    from rag.errors import InputError
    from service.bench_systems import bench_library
    from service.params import today
    from service.progress import shown_progress
    from service.settings import load_settings
    from service.wiring import load_model, pipeline_over

    settings, now, found = load_settings(), today(), read_dataset(dataset)
    if found.source.name != "guidelines_uspstf":
        raise InputError(f"{dataset} holds no graded recommendations; give the folder of guidelines_uspstf")
    embedder = load_model(settings)
    with shown_progress() as tell:
        pipeline = pipeline_over(bench_library(settings, found, embedder, tell), embedder)
        return grade_figures(found.questions[:limit], lambda q: pipeline.ask(q, today=now), tell)


def _print(figures: GradeFigures) -> None:
    from rich.table import Table

    from service.console import results

    table = Table(title="Graded recommendations, each asked for by its title")
    for head in ("ranks first", "among three", "cited", "grade in its passages", "in the words of its grade"):
        table.add_column(head)
    shares = (figures.first, figures.among_three, figures.cited, figures.read, figures.worded)
    table.add_row(*(f"{share.count} of {share.n}" for share in shares))
    results().print(table)
    for question in figures.missed:
        results().print(f"not as it is due: {question}")
