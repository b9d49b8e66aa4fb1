"""Plain LlamaIndex over the very passages and vectors of a library: what ours is timed beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.schema import BaseNode, TextNode

from indexes.library import Library
from indexes.packing import unpacked, unpacked_vectors
from indexes.plain_index import LlamaEmbedding
from rag.types import Embedder


def nodes_of(library: Library) -> list[BaseNode]:
    """The library's passages as LlamaIndex's own nodes, each with its vector."""
    query = "SELECT p.id, p.text, v.vector FROM passages p JOIN vectors v ON v.key = p.vector ORDER BY p.num"
    with library.reading() as now:
        dim = now.stamp.dim
        return [
            TextNode(id_=key, text=unpacked(text), embedding=unpacked_vectors([vector], dim)[0].tolist())
            for key, text, vector in now.connection.execute(query)
        ]


def plain_search(
    nodes: list[BaseNode], model: Embedder, *, top_k: int, faiss: bool
) -> Callable[[str], Any] | None:
    """The retriever that LlamaIndex makes of `nodes`, over its own store or over an exact FAISS index.

    None where the package for FAISS isn't installed.
    """
    storage = None
    if faiss:
        store = _faiss_store(model.dim)
        if store is None:
            return None
        storage = StorageContext.from_defaults(vector_store=store)
    index = VectorStoreIndex(nodes, storage_context=storage, embed_model=LlamaEmbedding(model))
    search: Callable[[str], Any] = index.as_retriever(similarity_top_k=top_k).retrieve
    return search


def _faiss_store(dim: int) -> Any:
    try:
        from llama_index.vector_stores.faiss import FaissVectorStore
    except ImportError:
        return None
    import faiss

    return FaissVectorStore(faiss_index=faiss.IndexFlatIP(dim))
