"""The command that measures the server: bench ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.bench_ask import Load


@click.command()
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--each",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="How many questions are asked for each number of clients.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def ask(gold: tuple[Path, ...], each: int, form: str) -> None:
    """Measure warm answers over HTTP at 1, 8 and 32 clients, beside a minimal service over LlamaIndex.

    The questions are those of GOLD. The other service retrieves five documents as LlamaIndex does by
    itself and answers nothing. The server must be open: no key may have been made in the data home.
    """
    from eval.gold_sets import read_sets
    from service.bench_ask import loads, loads_json
    from service.http.keys import keys_in
    from service.settings import load_settings
    from service.wiring import open_library

    if not gold:
        raise InputError("no questions; give a file or folder of them, as in: vouch bench ask eval/gold")
    questions = [question.question for question in read_sets(gold).questions]
    settings = load_settings()
    open_library(settings).coverage()
    if keys_in(settings.data_home).valid():
        raise InputError("this data home has keys, so its server isn't open; measure with another VOUCH_HOME")
    found = loads(settings, questions, each)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(loads_json(found, len(questions))), nl=False)
    else:
        _print(found, len(questions))


def _print(found: Sequence[Load], questions: int) -> None:
    from rich.table import Table

    from service.console import results

    table = Table(title=f"Warm questions over HTTP, {questions} different ones")
    for head in ("system", "clients", "asked", "refused", "p50 ms", "p95 ms", "answers a second"):
        table.add_column(head)
    for load in found:
        figures = (f"{load.p50 * 1000:.0f}", f"{load.p95 * 1000:.0f}", f"{load.per_second:.1f}")
        table.add_row(load.system, str(load.clients), str(load.asked), str(load.refused), *figures)
    results().print(table)
