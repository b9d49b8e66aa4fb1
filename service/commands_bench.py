"""The commands that measure parts of Vouch beside what else there is: bench retrieval, bench gate and bench sets."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.params import today

if TYPE_CHECKING:
    from eval.adapters.dataset import Dataset
    from eval.bench_entailment import EntailmentRow
    from eval.bench_retrieval import Cited, RankingRow
    from eval.pairs import VerificationPair
    from service.bench_sets import SetFigures

_FOLDER = click.Path(path_type=Path)
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)


@click.group()
def bench() -> None:
    """Measure search and the gate on public data, beside baselines in the same run."""


@bench.command()
@click.argument("dataset", type=_FOLDER)
@click.option(
    "--queries",
    "split",
    type=click.Choice(["train", "dev", "test"]),
    help="Which questions of a set in BEIR's format; else the first of test, train and dev that is there.",
)
@click.option(
    "--ask/--no-ask", "asking", default=False, help="Answer each question too, and see what is cited."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many questions.")
@_form
def retrieval(dataset: Path, split: str | None, asking: bool, limit: int | None, form: str) -> None:
    """Rank the documents of DATASET for its questions: BM25, dense, both, plain LlamaIndex and ours.

    DATASET is a folder in BEIR's format, or of a set that docs/evaluation.md names. Its documents are
    indexed once and kept in the data home.
    """
    from eval.adapters.catalogue import read_dataset
    from service.bench_sets import with_papers
    from service.bench_view import print_retrieval, retrieval_json

    found = with_papers(read_dataset(dataset, split))
    if not found.questions:
        raise InputError(f"{found.source.title} has no questions to search for; give a set for retrieval")
    rows, cited = _measured(found, limit, asking=asking)
    _print(form, lambda: retrieval_json(found, rows, cited), lambda: print_retrieval(found, rows, cited))


@bench.command()
@click.argument("data", nargs=-1, type=_FOLDER)
@click.option("--limit", type=click.IntRange(min=1), help="Only the sentences of the first so many passages.")
@_form
def gate(data: tuple[Path, ...], limit: int | None, form: str) -> None:
    """Try to get wrong sentences past the gate: the starter library's, changed, and claims that people judged.

    DATA are folders of sets with judged claims, or one that holds such sets, as in ../shared/data.
    Abstracts of SciFact are taken as further sentences to change. Where the settings name an entailment
    model, what it makes of the judged claims is told for each threshold.
    """
    from eval.bench_gate import gate_bench
    from service.bench_systems import passage_texts, starter_documents
    from service.bench_view import gate_json, print_gate

    sets = _judged(data)
    passages = [*passage_texts(starter_documents())]
    for found in sets:
        if found.questions:  # a set with documents that weren't only made to be judged
            passages += passage_texts(found.documents[:_ABSTRACTS])
    pairs: dict[str, tuple[VerificationPair, ...]] = {found.source.title: found.pairs for found in sets}
    measured, second = gate_bench(passages[:limit], pairs), _entailment_rows(pairs)
    _print(form, lambda: gate_json(measured, second), lambda: print_gate(measured, second))


@bench.command()
@click.argument("data", nargs=-1, required=True, type=_FOLDER)
@click.option(
    "--limit", type=click.IntRange(min=1), help="Only the first so many questions or claims of each set."
)
@_form
def sets(data: tuple[Path, ...], limit: int | None, form: str) -> None:
    """Measure all that the public sets in DATA have something for, and print it as Markdown.

    DATA are folders of sets, or one that holds such sets, as in ../shared/data: rankings and citations
    where a set has questions, the gate where it has judged claims, stand-alone questions where it has
    conversations, currency where it has notices of retraction, and study design where records have types.
    """
    from service.bench_sets import sets_in
    from service.bench_sets_view import print_sets, sets_json

    measured = _all_figures(sets_in(data), limit)
    _print(form, lambda: sets_json(measured), lambda: print_sets(measured))


_ABSTRACTS = 1_000  # of a set: some nine thousand sentences, and a minute
_JUDGED = ("scifact", "healthver", "expertqa_med", "nli4ct", "evidence_inference")


def _measured(
    found: Dataset, limit: int | None, *, asking: bool
) -> tuple[tuple[RankingRow, ...], Cited | None]:
    from service.bench_sets import limited, ranking_figures
    from service.progress import shown_progress
    from service.settings import load_settings
    from service.wiring import load_model

    settings = load_settings()
    embedder = load_model(settings)
    with shown_progress() as tell:
        return ranking_figures(settings, embedder, limited(found, limit), today(), tell, asking=asking)


def _all_figures(found: Sequence[Dataset], limit: int | None) -> tuple[SetFigures, ...]:
    from service.bench_sets import limited, set_figures, with_papers
    from service.progress import shown_progress
    from service.settings import load_settings
    from service.wiring import load_model

    settings = load_settings()
    embedder, measured = load_model(settings), []
    for one in found:
        with shown_progress() as tell:
            click.echo(f"measuring {one.source.title}", err=True)
            wanted = limited(with_papers(one), limit)
            measured.append(set_figures(settings, embedder, wanted, today(), tell))
    return tuple(measured)


def _entailment_rows(pairs: Mapping[str, Sequence[VerificationPair]]) -> tuple[EntailmentRow, ...]:
    from eval.bench_entailment import entailment_rows
    from service.models import entailment_gate
    from service.settings import load_settings

    gate = entailment_gate(load_settings())
    return entailment_rows(gate.entailment, pairs) if gate else ()


def _judged(folders: tuple[Path, ...]) -> list[Dataset]:
    from eval.adapters.catalogue import read_dataset

    sets: list[Dataset] = []
    for folder in folders:
        inside = [folder / name for name in _JUDGED if (folder / name).is_dir()]
        found = [read_dataset(path) for path in inside or (folder,)]
        unjudged = [one.source.title for one in found if not one.pairs]
        if unjudged:
            raise InputError(f"{unjudged[0]} has no judged claims; give one of {', '.join(_JUDGED)}")
        sets += found
    return sets


def _print(form: str, as_json, as_table) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(as_json()), nl=False)
    else:
        as_table()
    sys.stdout.flush()
