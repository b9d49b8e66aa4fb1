"""What a benchmark measures: a library of a set's documents, and rankings over it, ours and others."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError, LibraryProblem
from rag.types import Design, Document, Embedder, Filters
from service.settings import Settings

if TYPE_CHECKING:
    from eval.adapters.dataset import Dataset
    from eval.baselines import Ranker
    from indexes.candidates import SearchMode
    from indexes.library import Library
    from indexes.vector_store import Progress
    from rag.pipeline import Pipeline

DEPTH = 200  # passages asked of a baseline, so that a hundred documents can come of them


def bench_library(settings: Settings, dataset: Dataset, embedder: Embedder, tell: Progress) -> Library:
    """A library of the set's documents, indexed once and kept in the data home.

    Its folder is named by the set, and by what is embedded of it and with what model: when either
    changes, a new library is made and the old one removed.

    Raises:
        InputError: the set has no documents.
        LibraryProblem: the library can't be written.
    """
    if not dataset.documents:
        raise InputError(f"{dataset.source.title} has no documents to index; it is no set for retrieval")
    name = dataset.source.name
    documents = tuple(_appraised(dataset.documents))
    home = settings.data_home / "bench" / f"{name}-{_digest(documents, embedder)}"
    for old in home.parent.glob(f"{name}-{'?' * 12}"):
        if old != home:
            shutil.rmtree(old)
    return _indexed(home, documents, embedder, tell)


def rankers(
    pipeline: Pipeline, library: Library, dataset: Dataset, today: date, tell: Progress
) -> tuple[Ranker, ...]:
    """The parts of our search, the two together, plain LlamaIndex, and ours as the pipeline ranks."""
    from eval.baselines import Ranker, WholeDocumentBM25
    from eval.bench_retrieval import OURS
    from indexes.candidates import SearchMode
    from indexes.plain_index import PlainIndex

    embedder = pipeline.embedder
    plain = PlainIndex(
        dataset.documents, embedder, cache=library.folder.parent / "plain", top_k=DEPTH, progress=tell
    )
    return (
        Ranker("BM25, whole documents", WholeDocumentBM25(dataset.documents), part=True),
        Ranker("BM25, our passages", _search(library, embedder, SearchMode.LEXICAL), part=True),
        Ranker("dense, our passages", _search(library, embedder, SearchMode.DENSE), part=True),
        Ranker("both, fused by rank", _search(library, embedder, SearchMode.HYBRID)),
        Ranker("plain LlamaIndex", plain),
        Ranker(OURS, lambda question: _ranked(pipeline, question, today)),
    )


def starter_documents() -> tuple[Document, ...]:
    """The documents of the starter library."""
    from corpus.reading import find_inputs, read
    from service.wiring import starter_folders

    found = (record for path in find_inputs(starter_folders(), recursive=False) for record in read(path))
    return tuple(record for record in found if isinstance(record, Document))


def passage_texts(documents: Iterable[Document]) -> Iterator[str]:
    """The texts of the documents' passages, as the gate would see them."""
    from corpus.passages import passages

    return (passage.text for document in documents for passage in passages(document))


def _appraised(documents: Iterable[Document]) -> Iterator[Document]:
    """With design and level, as our own readers leave a document; a design that the set gives is kept."""
    from corpus.appraisal import appraised

    return (one if one.design is not Design.UNKNOWN else appraised(one) for one in documents)


def _digest(documents: Sequence[Document], embedder: Embedder) -> str:
    from corpus.passages import passages
    from indexes.records import embedded_text
    from rag.nodes import document_json

    hashed = sha256(embedder.name.encode())
    for document in documents:
        hashed.update(document_json(document).encode())
        for passage in passages(document):
            hashed.update(embedded_text(document, passage).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()[:12]


def _indexed(home: Path, documents: Sequence[Document], embedder: Embedder, tell: Progress) -> Library:
    from indexes.build import index_paths
    from indexes.ledger import FileState
    from indexes.library import Library

    home.mkdir(parents=True, exist_ok=True)
    # The ledger goes by files: this one stands for the set, whose digest its folder carries.
    standing = home / "documents.txt"
    standing.write_text(f"{len(documents)} documents\n", encoding="utf-8")
    library = Library(home / "library")
    report = index_paths(library, [standing], embedder, progress=tell, read=lambda _path: iter(documents))
    failed = [file for file in report.files if file.state is FileState.QUARANTINED]
    if failed:
        raise LibraryProblem(f"the set can't be indexed: {failed[0].reason}; remove {home} and try again")
    return library


def _search(library: Library, embedder: Embedder, mode: SearchMode) -> Callable[[str], tuple[str, ...]]:
    from indexes.candidates import CandidateSearch

    search = CandidateSearch(library, embedder, depth=DEPTH)

    def ranked(question: str) -> tuple[str, ...]:
        found = search.search([question], Filters(), mode).found
        return tuple(item.document.id for item in found)

    return ranked


def _ranked(pipeline: Pipeline, question: str, today: date) -> tuple[str, ...]:
    ranking = pipeline.search(question, today=today, limit=DEPTH)
    return tuple(item.document.id for item in ranking.evidence)
