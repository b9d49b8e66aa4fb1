"""What indexing costs in a process of its own: seconds, memory, and what can then be found.

Run as a module by `vouch bench index`, with the kind (`ours`; `plain` or `whole` and texts a call), a file of documents as JSON
lines, a folder to write to and a file of questions, one a line; prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rag.types import Document, Embedder
from service.settings import Settings

_TODAY = date(2026, 1, 1)
_DEPTH = 100
_KIBIBYTE = 1024  # in which Linux counts memory


class _Embedding:
    """Told how far a batch has come; knows how long it has been embedding."""

    def __init__(self) -> None:
        self.seconds, self._since = 0.0, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take the time of the stage `embedding`."""
        if stage == "embedding" and done == 0:
            self._since = time.perf_counter()
        if stage == "embedding" and done == total:
            self.seconds += time.perf_counter() - self._since


def ours(source: Path, folder: Path, questions: Sequence[str], settings: Settings) -> dict[str, Any]:
    """Figures of what `vouch index` does, from loading the model to a library on disk."""
    from corpus.isolation import IsolatedReader
    from indexes.build import index_paths
    from indexes.library import Library
    from service.wiring import load_model, pipeline_over

    embedding, library = _Embedding(), Library(folder)
    began = time.perf_counter()
    with IsolatedReader() as reader:
        model = load_model(settings)
        index_paths(library, [source], model, progress=embedding, read=reader.read)
    seconds, held = time.perf_counter() - began, library.coverage()
    figures = {
        "seconds": seconds,
        "embedding_seconds": embedding.seconds,
        "texts": held.passages,
        **_memory(),
    }
    pipeline = pipeline_over(library, model)
    return {**figures, "tokens": _tokens(library, model), "ranked": _ranked(questions, pipeline.search)}


def plain(
    source: Path,
    folder: Path,
    questions: Sequence[str],
    model: Callable[[], Embedder],
    lot: int,
    *,
    whole: bool = False,
) -> dict[str, Any]:
    """The same of plain LlamaIndex, which gets `lot` texts embedded at a time; `whole`: of every word."""
    from corpus.reading import read
    from indexes.plain_index import plain_built

    began = time.perf_counter()
    documents = [one for one in read(source) if isinstance(one, Document)]
    index, nodes = plain_built(documents, model(), folder, lot, whole=whole)
    figures = {"seconds": time.perf_counter() - began, "texts": nodes, **_memory()}
    search = index.as_retriever(similarity_top_k=_DEPTH).retrieve
    ranked = [[str(found.node.ref_doc_id) for found in search(question)] for question in questions]
    return {**figures, "ranked": ranked}


def _ranked(questions: Sequence[str], search: Callable[..., Any]) -> list[list[str]]:
    found = (search(question, today=_TODAY, limit=_DEPTH) for question in questions)
    return [[item.document.id for item in ranking.evidence] for ranking in found]


def _memory() -> dict[str, int]:
    """The most that this process, and the largest of its children, had in use; in bytes."""
    own, children = (
        resource.getrusage(who).ru_maxrss * _KIBIBYTE
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"peak_bytes": own, "reader_peak_bytes": children}


def _tokens(library: Any, model: Embedder) -> int | None:
    """Tokens of all passages as they were embedded; None where the model isn't the default one."""
    from corpus.passages import passages
    from indexes.plain_index import documents_in
    from indexes.quantised import QuantisedEmbedder
    from indexes.records import embedded_text

    if not isinstance(model, QuantisedEmbedder):
        return None
    texts = {
        embedded_text(document, passage)
        for document in documents_in(library)
        for passage in passages(document)
    }
    return sum(len(ids) for ids in model.tokens.of(sorted(texts)))


def _reference(settings: Settings) -> Embedder:
    """The model on sentence-transformers, as LlamaIndex runs it."""
    from indexes.embedding import DEFAULT, SentenceTransformerEmbedder
    from indexes.onnx_graph import packaged_model
    from service.wiring import load_model

    return (
        SentenceTransformerEmbedder(str(packaged_model()))
        if settings.model == DEFAULT
        else load_model(settings)
    )


def main() -> None:
    """Measure, and print the figures as JSON."""
    from service.settings import load_settings

    kind, lot, source, folder, asked = sys.argv[1:]
    questions, settings = Path(asked).read_text(encoding="utf-8").splitlines(), load_settings()
    if kind == "ours":
        figures = ours(Path(source), Path(folder), questions, settings)
    else:
        figures = plain(
            Path(source),
            Path(folder),
            questions,
            lambda: _reference(settings),
            int(lot),
            whole=kind == "whole",
        )
    print(json.dumps(figures))  # noqa: T201  # read by the process that asked


if __name__ == "__main__":
    main()
