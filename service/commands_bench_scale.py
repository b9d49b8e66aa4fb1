"""The command that measures a large library: bench scale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rag.types import Document

_LEAST_QUESTIONS = 120
_MOST_QUESTIONS = 400


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path), required=False)
@click.option(
    "--passages",
    "sizes",
    type=click.IntRange(min=100),
    multiple=True,
    default=(5_000,),
    show_default=True,
    help="About how many passages the library has; may be given several times.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def scale(dataset: Path | None, sizes: tuple[int, ...], form: str) -> None:
    """Build a library of many passages, add to it, remove from it, open it anew and ask it.

    It is made from real passages with noise: those of DATASET, a folder of a set with documents and
    questions, else those of the starter library. At 5,000 and 100,000 passages plain LlamaIndex is timed
    over the same ones. Libraries are kept in the data home: a million passages take 3 GB.
    """
    from service.bench_scale import scale_bench, seconds_on_nothing
    from service.progress import shown_progress
    from service.scale_library import Maker, base_of
    from service.scale_view import print_scale, scale_json
    from service.settings import load_settings
    from service.wiring import load_model

    settings = load_settings()
    home, model = settings.data_home / "bench" / "scale", load_model(settings)
    documents, questions = _source(dataset)
    with shown_progress() as tell:
        maker = Maker(base_of(documents, model, home, tell), model, tell)
        figures = scale_bench(home, maker, questions, sizes)
        on_nothing = seconds_on_nothing(home, maker)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(scale_json(figures, on_nothing)), nl=False)
    else:
        print_scale(figures, on_nothing)
    sys.stdout.flush()


def _source(dataset: Path | None) -> tuple[Sequence[Document], Sequence[str]]:
    """What a library is made from, and what it is asked."""
    from service.bench_systems import starter_documents

    if dataset is None:
        import eval as evaluation
        from eval.gold_sets import read_sets

        gold = Path(str(evaluation.__file__)).parent / "gold"
        return starter_documents(), [one.question for one in read_sets([gold]).questions]
    from eval.adapters.catalogue import read_dataset

    found = read_dataset(dataset)
    if not found.documents or len(found.questions) < _LEAST_QUESTIONS:
        raise InputError(
            f"{found.source.title} has {len(found.documents)} documents and {len(found.questions)} questions; "
            f"give a set with documents and at least {_LEAST_QUESTIONS} questions, or none for the starter library"
        )
    return found.documents, [gold.question for gold in found.questions[:_MOST_QUESTIONS]]
