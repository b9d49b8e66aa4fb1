"""Plain LlamaIndex over the same documents with the same model: what ours is measured beside.

`VectorStoreIndex` with its own defaults (`SentenceSplitter` of 1,024 tokens, the store in memory), as its
starter tutorial builds it; what a citation query engine would retrieve, without the part that needs a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core import Document as LlamaDocument
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import BaseNode
from pydantic import PrivateAttr

from indexes.library import Library
from indexes.records import given_document
from indexes.vector_store import TEXTS_A_CALL, Progress
from rag.types import Document, Embedder, FloatArray

_WINDOW = 256  # tokens that the default model reads of a text


class LlamaEmbedding(BaseEmbedding):
    """Our embedder where LlamaIndex wants one of its own."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **fields: Any) -> None:
        """An adapter over `embedder`."""
        super().__init__(model_name=embedder.name, **fields)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._embedder.embed([query])[0].tolist()  # type: ignore[no-any-return]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_query_embedding(text)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed(texts).tolist()  # type: ignore[no-any-return]


class PlainIndex:
    """A vector index as LlamaIndex makes it."""

    def __init__(
        self,
        documents: Sequence[Document],
        embedder: Embedder,
        *,
        cache: Path,
        top_k: int,
        progress: Progress = lambda _stage, _done, _total: None,
    ) -> None:
        """Split, embed and index `documents`.

        Args:
            documents: title and text of each become one LlamaIndex document.
            embedder: the model that ours uses.
            cache: a folder where vectors are kept, so that a second run embeds nothing.
            top_k: nodes that a question gets.
            progress: told how far the embedding is.
        """
        nodes = SentenceSplitter().get_nodes_from_documents([_given(document) for document in documents])
        vectors = _vectors([node.get_content() for node in nodes], embedder, cache, progress)
        _attach(nodes, vectors)
        index = VectorStoreIndex(nodes, embed_model=LlamaEmbedding(embedder))
        self._retriever = index.as_retriever(similarity_top_k=top_k)

    def __call__(self, question: str) -> tuple[str, ...]:
        """Document ids of the nodes that are nearest to a question, the best first."""
        return tuple(str(found.node.ref_doc_id) for found in self._retriever.retrieve(question))


def plain_built(
    documents: Sequence[Document], embedder: Embedder, folder: Path, lot: int, *, whole: bool = False
) -> tuple[VectorStoreIndex, int]:
    """A new index, kept in `folder`, and how many nodes it has.

    Args:
        documents: title and text of each become one LlamaIndex document.
        embedder: the model.
        folder: where LlamaIndex keeps its index.
        lot: texts that the model gets at a time.
        whole: cut documents into pieces of which the model reads every word, as ours does; LlamaIndex's own
            pieces of 1,024 tokens lose what comes after the model's first 256.
    """
    model = LlamaEmbedding(embedder, embed_batch_size=lot)
    index = VectorStoreIndex.from_documents(
        [_given(document) for document in documents],
        embed_model=model,
        transformations=[_splitter_for_the_model() if whole else SentenceSplitter()],
    )
    index.storage_context.persist(str(folder))
    return index, len(index.docstore.docs)


def documents_in(library: Library) -> tuple[Document, ...]:
    """The documents of a library in the order in which they came."""
    with library.reading() as now:
        nums = [num for (num,) in now.connection.execute("SELECT num FROM documents ORDER BY num")]
        return tuple(given_document(now.connection, num) for num in nums)


def _splitter_for_the_model() -> SentenceSplitter:
    from tokenizers import Tokenizer

    from indexes.onnx_graph import TOKENIZER, packaged_model

    tokenizer = Tokenizer.from_file(str(packaged_model() / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return SentenceSplitter(
        chunk_size=_WINDOW, chunk_overlap=0, tokenizer=lambda text: tokenizer.encode(text).ids
    )


def _given(document: Document) -> LlamaDocument:
    text = "\n\n".join([document.title, *(section.text for section in document.sections)])
    return LlamaDocument(text=text, id_=document.id)


def _attach(nodes: Sequence[BaseNode], vectors: FloatArray) -> None:
    for node, vector in zip(nodes, vectors, strict=True):
        node.embedding = vector.tolist()


def _vectors(texts: list[str], embedder: Embedder, cache: Path, progress: Progress) -> FloatArray:
    digest = sha256("\0".join([embedder.name, *texts]).encode("utf-8", "surrogatepass")).hexdigest()
    path = cache / f"plain-{digest[:16]}.npy"
    if path.is_file():
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
    made = np.concatenate(list(_embedded(texts, embedder, progress)))
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished.npy")
    np.save(unfinished, made, allow_pickle=False)
    unfinished.replace(path)
    return made


def _embedded(texts: list[str], embedder: Embedder, progress: Progress) -> Iterator[FloatArray]:
    for start in range(0, len(texts), TEXTS_A_CALL):
        progress("embedding for LlamaIndex", start, len(texts))
        yield embedder.embed(texts[start : start + TEXTS_A_CALL])
