"""Hybrid search as a LlamaIndex retriever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from indexes.candidates import DEPTH, CandidateSearch, SearchMode
from indexes.library import Library
from rag.nodes import to_node
from rag.types import Coverage, Embedder, Filters, Restriction, Retrieved


class HybridRetriever(BaseRetriever):
    """BM25 and dense search over the library, fused by rank; usable wherever LlamaIndex takes a retriever."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        *,
        filters: Filters = Filters(),  # noqa: B008  # frozen
        mode: SearchMode = SearchMode.HYBRID,
        depth: int = DEPTH,
    ) -> None:
        """A retriever over the newest generation of `library` at each call.

        Args:
            library: where the passages are.
            embedder: the one that the library was made with.
            filters: of every `retrieve`; `retrieve_many` is given its own.
            mode: both rankings, or one of them as a baseline.
            depth: passages asked of each ranking.
        """
        super().__init__()
        self._search = CandidateSearch(library, embedder, depth=depth)
        self._filters = filters
        self._mode = mode

    def retrieve_many(self, queries: Sequence[str], filters: Filters) -> list[NodeWithScore]:
        """Nodes for any of `queries`, in the order of their fused score; all queries are embedded at once."""
        return [
            NodeWithScore(
                node=to_node(found.passage, found.document, found.cosine, found.lexical), score=found.fused
            )
            for found in self.retrieved(queries, filters)
        ]

    def retrieved(self, queries: Sequence[str], filters: Filters) -> tuple[Retrieved, ...]:
        """The same without nodes, which take longer to make than the search."""
        return self._search.search(queries, filters, self._mode).found

    def document_frequencies(self, terms: Iterable[str]) -> Mapping[str, int]:
        """In how many passages each term occurs."""
        return self._search.document_frequencies(terms)

    def restriction(self, filters: Filters) -> Restriction | None:
        """What `filters` leave of the library; None where nothing is filtered."""
        return self._search.restriction(filters)

    def coverage(self) -> Coverage:
        """What the library holds."""
        return self._search.coverage()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return self.retrieve_many([query_bundle.query_str], self._filters)
