"""Evidence from any LlamaIndex retriever and its postprocessors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from rag.errors import InputError
from rag.nodes import from_node
from rag.types import Filters, Retrieved

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.postprocessor.types import BaseNodePostprocessor
    from llama_index.core.schema import NodeWithScore


@runtime_checkable
class TakesManyQueries(Protocol):
    """A LlamaIndex retriever that takes the facets of a question at once, and filters."""

    def retrieve_many(self, queries: Sequence[str], filters: Filters) -> list[NodeWithScore]:
        """Nodes of all queries, fused into one ranking."""


@runtime_checkable
class GivesRetrieved(Protocol):
    """A LlamaIndex retriever that can leave out the nodes where no postprocessor asks for any."""

    def retrieved(self, queries: Sequence[str], filters: Filters) -> tuple[Retrieved, ...]:
        """What the nodes of `retrieve_many` would stand for."""


@dataclass(frozen=True, slots=True)
class EvidenceRetriever:
    """A LlamaIndex retriever followed by postprocessors, as the pipeline calls it."""

    retriever: BaseRetriever
    postprocessors: tuple[BaseNodePostprocessor, ...] = ()

    def __call__(self, queries: Sequence[str], filters: Filters) -> tuple[Retrieved, ...]:
        """Passages for `queries`, the first of which is the whole question.

        A retriever without filters of its own is filtered afterwards, so it may give fewer.
        """
        if not queries:
            raise InputError("no query was given; ask for at least one")
        if not self.postprocessors and isinstance(self.retriever, GivesRetrieved):
            return _within(filters, self.retriever.retrieved(queries, filters))
        if isinstance(self.retriever, TakesManyQueries):
            nodes = self.retriever.retrieve_many(queries, filters)
        else:
            nodes = _merged([self.retriever.retrieve(query) for query in queries])
        for postprocessor in self.postprocessors:
            nodes = postprocessor.postprocess_nodes(nodes, query_str=queries[0])
        return _within(filters, map(from_node, nodes))


def _within(filters: Filters, found: Iterable[Retrieved]) -> tuple[Retrieved, ...]:
    if filters == Filters():
        return tuple(found)
    return tuple(one for one in found if filters.admit(one.document))


def _merged(rankings: Sequence[list[NodeWithScore]]) -> list[NodeWithScore]:
    best: dict[str, NodeWithScore] = {}
    for node in (node for ranking in rankings for node in ranking):
        known = best.get(node.node.node_id)
        if known is None or (node.score or 0.0) > (known.score or 0.0):
            best[node.node.node_id] = node
    return sorted(best.values(), key=lambda node: (-(node.score or 0.0), node.node.node_id))
