"""All that can be measured on a public set, by what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError
from rag.types import Document
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from eval.adapters.dataset import Dataset
    from eval.bench_design import Told
    from eval.bench_followups import RewriteRow
    from eval.bench_gate import PairRow
    from eval.bench_retrieval import Cited, RankingRow
    from eval.gold import GoldQuestion
    from indexes.vector_store import Progress
    from rag.types import Embedder, Status


@dataclass(frozen=True, slots=True)
class SetFigures:
    """What was measured on one set; a part that it has nothing for is empty."""

    dataset: Dataset
    rankings: tuple[RankingRow, ...] = ()
    cited: Cited | None = None
    judged: PairRow | None = None
    rewrites: tuple[RewriteRow, ...] = ()
    flagged: Mapping[Status, tuple[int, int]] | None = None
    """By status: papers to which it is due, and to how many of those it is given."""
    designs: tuple[Told, ...] = ()
    """Of records with publication types, the designs that their words tell without these."""


def sets_in(folders: Sequence[Path]) -> tuple[Dataset, ...]:
    """The known sets that are, or lie directly in, the folders.

    Raises:
        InputError: a folder is no known set and holds none.
    """
    from eval.adapters.catalogue import ADAPTERS, read_dataset

    found: list[Dataset] = []
    for folder in folders:
        inside = [folder / name for name in ADAPTERS if (folder / name).is_dir()]
        found += [read_dataset(path) for path in inside or (folder,)]
    return tuple(found)


def with_papers(dataset: Dataset) -> Dataset:
    """The set with the documents of its files, and its questions asking for them by the ids that those have."""
    if not dataset.papers:
        return dataset
    from corpus.reading import read

    documents = (*dataset.documents, *(one for path in dataset.papers for one in read(path)))
    known = tuple(one for one in documents if isinstance(one, Document))
    ids = {name.casefold(): one.id for one in known for name in (one.id, *one.aliases)}
    questions = tuple(_asking_for(ids, question) for question in dataset.questions)
    return replace(dataset, documents=known, questions=questions, papers=())


def ranking_figures(
    settings: Settings, embedder: Embedder, dataset: Dataset, now: date, tell: Progress, *, asking: bool
) -> tuple[tuple[RankingRow, ...], Cited | None]:
    """Rankings of all systems over the set's documents and, where wanted, what our answers cite."""
    from eval.bench_retrieval import cited, ranking_rows
    from service.bench_systems import bench_library, rankers
    from service.wiring import pipeline_over

    library = bench_library(settings, dataset, embedder, tell)
    pipeline = pipeline_over(library, embedder)
    rows = ranking_rows(rankers(pipeline, library, dataset, now, tell), dataset.questions, tell)
    if not asking:
        return rows, None
    return rows, cited(lambda gold: pipeline.ask(gold.question, today=now), dataset.questions, tell)


def set_figures(
    settings: Settings, embedder: Embedder, dataset: Dataset, now: date, tell: Progress
) -> SetFigures:
    """Everything that the set has something for."""
    from corpus.currency import status_of
    from eval.bench_currency import flagged
    from eval.bench_followups import rewrite_rows
    from eval.bench_gate import pair_row
    from rag.followup import condense

    rows: tuple[RankingRow, ...] = ()
    answers = None
    if dataset.questions:
        rows, answers = ranking_figures(settings, embedder, dataset, now, tell, asking=True)
    return SetFigures(
        dataset,
        rows,
        answers,
        pair_row(dataset.source.title, dataset.pairs) if dataset.pairs else None,
        rewrite_rows(dataset.rewrites, condense) if dataset.rewrites else (),
        flagged(dataset.notices, status_of) if dataset.notices else None,
        tuple(_told(dataset.typed)),
    )


def limited(dataset: Dataset, limit: int | None) -> Dataset:
    """The set with only the first so many questions, claims, rewrites and notices; all of its documents."""
    return replace(
        dataset,
        questions=dataset.questions[:limit],
        pairs=dataset.pairs[:limit],
        rewrites=dataset.rewrites[:limit],
        notices=dataset.notices[:limit],
    )


def _told(paths: Sequence[Path]) -> Iterator[Told]:
    """The design of each record with types, told by its title and abstract alone."""
    from corpus.design import classify
    from corpus.reading import read
    from eval.bench_design import Told

    for one in (record for path in paths for record in read(path)):
        if isinstance(one, Document) and one.publication_types:
            abstract = "\n\n".join(section.text for section in one.sections)
            types = frozenset(name.strip().lower() for name in one.publication_types)
            yield Told(one.id, types, classify((), one.title, abstract).design)


def _asking_for(ids: Mapping[str, str], question: GoldQuestion) -> GoldQuestion:
    try:
        relevant = {ids[key.casefold()]: grade for key, grade in question.relevant.items()}
        best = tuple(ids[key.casefold()] for key in question.best_evidence)
    except KeyError as error:
        raise InputError(
            f"question {question.id} asks for {error}, and no file of the set is that paper; fetch the set anew"
        ) from error
    return replace(question, relevant=relevant, best_evidence=best)
