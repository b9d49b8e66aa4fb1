"""Evidence from any LlamaIndex retriever. Every document is made up."""

from __future__ import annotations

from datetime import date

import pytest
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, TextNode
from made_up import document, passage

from rag.errors import InputError
from rag.nodes import to_node
from rag.retrieval import EvidenceRetriever
from rag.types import Design, Filters, PublicationDate


class ForeignRetriever(BaseRetriever):
    """Knows one node for each query."""

    def __init__(self, nodes):
        super().__init__()
        self.nodes = nodes

    def _retrieve(self, query_bundle):
        return self.nodes[query_bundle.query_str]


class Reversing(BaseNodePostprocessor):
    """A postprocessor that turns the order round."""

    def _postprocess_nodes(self, nodes, query_bundle=None):
        assert query_bundle.query_str == "a"
        return nodes[::-1]


def scored(number, score, **fields):
    of = document(number, **fields)
    return NodeWithScore(node=to_node(passage("Made up.", of, number=number), of), score=score)


def ids(found):
    return [one.document.id for one in found]


def test_a_retriever_of_single_queries_is_asked_each_and_a_passage_is_kept_once():
    retriever = ForeignRetriever({"a": [scored(1, 0.2), scored(2, 0.5)], "b": [scored(1, 0.9)]})

    found = EvidenceRetriever(retriever)(["a", "b"], Filters())

    assert [(one.document.id, one.fused) for one in found] == [("ref:made-up-1", 0.9), ("ref:made-up-2", 0.5)]


def test_postprocessors_see_the_whole_question_and_decide_the_order():
    retriever = ForeignRetriever({"a": [scored(1, 0.2), scored(2, 0.5)], "b": []})

    found = EvidenceRetriever(retriever, (Reversing(),))(["a", "b"], Filters())

    assert ids(found) == ["ref:made-up-1", "ref:made-up-2"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(year_from=2021), [2]),
        (Filters(as_of=date(2020, 12, 31)), [1]),
        (Filters(designs=frozenset({Design.GUIDELINE})), [2]),
        (Filters(), [1, 2, 3]),
    ],
)
def test_a_retriever_without_filters_is_filtered_afterwards_and_the_unknown_does_not_pass(filters, kept):
    nodes = [
        scored(1, 0.9, published=PublicationDate(2020)),
        scored(2, 0.8, published=PublicationDate(2021), design=Design.GUIDELINE),
        scored(3, 0.7, published=None),
    ]

    found = EvidenceRetriever(ForeignRetriever({"a": nodes}))(["a"], filters)

    assert ids(found) == [f"ref:made-up-{number}" for number in kept]


def test_a_foreign_node_is_evidence_too():
    retriever = ForeignRetriever({"a": [NodeWithScore(node=TextNode(id_="n", text="Made up."), score=0.5)]})

    assert ids(EvidenceRetriever(retriever)(["a"], Filters())) == ["n"]


def test_no_query_is_refused():
    with pytest.raises(InputError, match="no query"):
        EvidenceRetriever(ForeignRetriever({}))([], Filters())
