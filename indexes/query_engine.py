"""Our ranking and our answers where LlamaIndex takes a retriever or a query engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore, QueryBundle

from rag.nodes import to_node
from rag.types import Answer, Evidence


class RankedRetriever(BaseRetriever):
    """Ranked evidence as nodes: their score is that of the ranking, and their metadata say why."""

    def __init__(self, search: Callable[[str], Sequence[Evidence]]) -> None:
        """A retriever over any search of ours."""
        super().__init__()
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(item) for item in self._search(query_bundle.query_str)]


class AnswerEngine(BaseQueryEngine):
    """Vouched answers as responses; an abstention is a response that says what is missing."""

    def __init__(self, ask: Callable[[str], Answer], text: Callable[[Answer], str]) -> None:
        """A query engine over `ask`, whose responses are worded by `text`."""
        super().__init__(callback_manager=None)
        self._ask = ask
        self._text = text

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._ask(query_bundle.query_str)
        cited = set(answer.cited_documents)
        return Response(
            self._text(answer),
            source_nodes=[_node(item) for item in answer.evidence if item.document.id in cited],
            metadata={"answer": answer},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def _node(item: Evidence) -> NodeWithScore:
    node = to_node(item.passage, item.document)
    node.metadata["why"] = item.why.text
    node.excluded_embed_metadata_keys.append("why")
    return NodeWithScore(node=node, score=item.score)
