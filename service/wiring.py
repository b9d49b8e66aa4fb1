"""The only place where concrete parts are chosen and put together."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexes.library import Library
    from indexes.search import HybridRetriever
    from rag.pipeline import Pipeline
    from rag.types import Coverage, Embedder
    from service.answers import Answers

    RankedSearch = Callable[[str], Sequence[str]]

_DEPTH = 200  # nodes asked of LlamaIndex, so that a hundred documents can come of them


def open_library(settings: Settings) -> Library:
    """The library in the data home; nothing is read yet."""
    from indexes.library import Library

    return Library(settings.data_home / "library")


def saved_answers(settings: Settings) -> Answers:
    """The answers saved in the data home."""
    from service.answers import Answers

    return Answers(settings.data_home / "answers.db")


def load_model(settings: Settings) -> Embedder:
    """The embedding model that the settings ask for."""
    from indexes.embedding import Backend, load_embedder

    return load_embedder(settings.model, settings.data_home, Backend(settings.backend))


def starter_folders() -> tuple[Path, ...]:
    """The topics of the starter library that comes with Vouch."""
    import corpus

    starter = Path(str(corpus.__file__)).parent / "starter"
    return tuple(sorted(folder for folder in starter.iterdir() if folder.is_dir()))


def open_pipeline(settings: Settings) -> Pipeline:
    """The way from a question to an answer over the library in the data home.

    Raises:
        LibraryProblem: there is no library.
        ModelUnavailable: the embedding model can't be loaded.
    """
    library = open_library(settings)
    library.coverage()  # that there is no library is told before the seconds that the imports take
    with _without_collecting(), ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_model, settings)
        from indexes.search import HybridRetriever

        embedder = loading.result()
    return _pipeline(HybridRetriever(library, embedder), embedder)


def pipeline_over(library: Library, embedder: Embedder) -> Pipeline:
    """The same way over any library, with a model that is loaded already."""
    from indexes.search import HybridRetriever

    return _pipeline(HybridRetriever(library, embedder), embedder)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Load code without looking for garbage among it: all of it stays, and looking takes a quarter second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_ranked_search(settings: Settings, name: str) -> tuple[RankedSearch, Coverage, str]:
    """A search that ranks documents by one measure alone, what it searches, and the model's name.

    Args:
        settings: say where the library is.
        name: `bm25`, `dense`, or `llama-index` for what LlamaIndex retrieves with its own defaults.
    """
    library, embedder = open_library(settings), load_model(settings)
    search = _ranked_search(settings, name, library, embedder)
    return search, library.coverage(), embedder.name


def _ranked_search(settings: Settings, name: str, library: Library, embedder: Embedder) -> RankedSearch:
    from indexes.candidates import CandidateSearch, SearchMode
    from rag.types import Filters

    match name:
        case "bm25":
            mode = SearchMode.LEXICAL
        case "dense":
            mode = SearchMode.DENSE
        case "llama-index":
            from indexes.plain_index import PlainIndex, documents_in

            cache = settings.data_home / "bench" / "plain"
            return PlainIndex(documents_in(library), embedder, cache=cache, top_k=_DEPTH)
        case _:
            raise InputError(f"there is no baseline {name!r}; there are bm25, dense and llama-index")
    candidates = CandidateSearch(library, embedder)
    return lambda query: [item.document.id for item in candidates.search([query], Filters(), mode).found]


def _pipeline(retriever: HybridRetriever, embedder: Embedder) -> Pipeline:
    from rag.answering import ExtractiveAnswerer
    from rag.pipeline import Pipeline
    from rag.retrieval import EvidenceRetriever

    return Pipeline(
        retrieve=EvidenceRetriever(retriever),
        answer=ExtractiveAnswerer(embedder),
        embedder=embedder,
        frequencies=retriever.document_frequencies,
        coverage=retriever.coverage(),
        restriction=retriever.restriction,
    )
