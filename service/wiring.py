"""The only place where concrete parts are chosen and put together."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.models import ModelUse, entailment_gate, model_answerer, model_condenser, model_server
from service.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexes.library import Library
    from indexes.search import HybridRetriever
    from rag.llm_server import OpenAIServer
    from rag.pipeline import Pipeline
    from rag.types import Coverage, Embedder
    from service.answers import Answers
    from service.records.database import Database

    RankedSearch = Callable[[str], Sequence[str]]

_DEPTH = 200  # nodes asked of LlamaIndex, so that a hundred documents can come of them


def open_library(settings: Settings) -> Library:
    """The library in the data home; nothing is read yet."""
    from indexes.library import Library

    return Library(settings.data_home / "library")


def saved_answers(settings: Settings) -> Answers:
    """The answers that a reader of the command line asked to keep."""
    from service.answers import Answers

    url = settings.records_url
    return Answers(settings.data_home / "records.db", url.get_secret_value() if url else None)


def open_records(settings: Settings) -> Database:
    """The records of answers, conversations, reviews and jobs; nothing is read or made yet."""
    return saved_answers(settings).records


def load_model(settings: Settings) -> Embedder:
    """The embedding model that the settings ask for."""
    from indexes.embedding import Backend, load_embedder

    return load_embedder(settings.model, settings.data_home, Backend(settings.backend))


def starter_folders() -> tuple[Path, ...]:
    """The topics of the starter library that comes with Vouch."""
    import corpus

    starter = Path(str(corpus.__file__)).parent / "starter"
    return tuple(sorted(folder for folder in starter.iterdir() if folder.is_dir()))


def open_pipeline(settings: Settings, use: ModelUse = ModelUse.WHERE_CONFIGURED) -> Pipeline:
    """The way from a question to an answer over the library in the data home.

    Raises:
        InputError: the settings of the language model are incomplete.
        LibraryProblem: there is no library.
        ModelUnavailable: the embedding model can't be loaded.
    """
    server, library = model_server(settings, use), open_library(settings)
    library.coverage()  # that there is no library is told before the seconds that the imports take
    with _without_collecting(), ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_model, settings)
        from indexes.search import HybridRetriever

        embedder = _remembering(loading.result(), settings)
    return _with_models(_pipeline(HybridRetriever(library, embedder), embedder), settings, server, use)


def _remembering(embedder: Embedder, settings: Settings) -> Embedder:
    """The embedder with a memory, where its vector of a text is the same whatever it is embedded with."""
    from indexes.remembering import RememberingEmbedder

    exact = settings.model in {"default", "hashing"} and settings.backend != "gpu"
    return RememberingEmbedder(embedder) if exact else embedder


def _with_models(
    pipeline: Pipeline, settings: Settings, server: OpenAIServer | None, use: ModelUse
) -> Pipeline:
    """The pipeline with the models that the settings name in front of what needs none."""
    from dataclasses import replace

    gate = entailment_gate(settings)
    if gate is not None:
        pipeline = replace(pipeline, gate=gate, models=(("entailment", gate.entailment.name),))
    if server is None:
        return pipeline
    return replace(
        pipeline,
        answer=model_answerer(server, pipeline.answer, gate, use),
        condense=model_condenser(server, pipeline.condense),
        seconds=settings.llm_seconds,
    )


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
        suggestions=3,
    )
