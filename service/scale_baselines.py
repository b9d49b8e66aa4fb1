"""What is timed beside ours over the same passages and vectors: plain LlamaIndex, with its own store and with FAISS."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from indexes.library import Library
from rag.types import Embedder
from service.scale_probe import parted, resident, spread, times_of

_TOP_K = 10
_OF_ITS_OWN = 30  # questions for the store that takes seconds for each in a large library


def plain_measured(library: Library, model: Embedder, questions: Sequence[str]) -> dict[str, Any]:
    """Figures of plain LlamaIndex over a library's passages: times in milliseconds, memory in bytes."""
    from indexes.plain_passages import nodes_of, plain_search

    nodes = nodes_of(library)
    warming, timed = parted(questions)
    figures: dict[str, Any] = {}
    for name, faiss, most in (
        ("LlamaIndex, FAISS", True, None),
        ("LlamaIndex, its own store", False, _OF_ITS_OWN),
    ):
        began = time.perf_counter()
        search = plain_search(nodes, model, top_k=_TOP_K, faiss=faiss)
        if search is None:
            continue
        built = time.perf_counter() - began
        times_of(search, warming[:most])
        took = spread(times_of(search, timed[:most]))
        figures[name] = {"build_seconds": built, "resident_bytes": resident(), "ms": took}
    return figures
