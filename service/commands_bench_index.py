"""The command that measures a batch: bench index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError

if TYPE_CHECKING:
    from eval.adapters.dataset import Dataset


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path), required=False)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Only the first so many documents, and no questions."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def index(dataset: Path | None, limit: int | None, form: str) -> None:
    """Index the documents of DATASET with ours and with plain LlamaIndex: speed, memory, and what is then found.

    Each system runs in a process of its own, one after the other, with the same model and the same texts:
    ours as `vouch index` does it, LlamaIndex as its starter tutorial does, with the model on
    sentence-transformers. Without DATASET, the starter library's documents are taken.
    """
    from indexes.matrix_peak import int8_peak
    from service.bench_index import index_bench
    from service.index_view import index_json, print_index
    from service.progress import shown_progress
    from service.settings import load_settings
    from service.wiring import load_model

    settings = load_settings()
    found = _source(dataset, limit)
    load_model(settings)  # makes the model's files, which is no part of indexing
    with shown_progress() as tell:
        measured = index_bench(settings.data_home / "bench" / "index", found, int8_peak, tell)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(index_json(measured)), nl=False)
    else:
        print_index(measured)
    sys.stdout.flush()


def _source(dataset: Path | None, limit: int | None) -> Dataset:
    from dataclasses import replace

    from eval.adapters.catalogue import read_dataset
    from eval.adapters.dataset import Dataset, Source
    from service.bench_systems import starter_documents

    if dataset is None:
        starter = Source("starter", "the starter library", "", "")
        found = Dataset(starter, documents=starter_documents())
    else:
        found = read_dataset(dataset)
    if not found.documents:
        raise InputError(
            f"{found.source.title} has no documents to index; give a set with documents, or none"
        )
    if limit is None or limit >= len(found.documents):
        return found
    return replace(found, documents=found.documents[:limit], questions=())
