"""The LlamaIndex retriever over the library. Every document is made up."""

from __future__ import annotations

import pytest
from library_kit import CountingEmbedder, index, paper, write
from llama_index.core.postprocessor.types import BaseNodePostprocessor

from indexes.candidates import SearchMode
from indexes.library import Library
from indexes.search import HybridRetriever
from rag.retrieval import EvidenceRetriever
from rag.types import Design, Filters, PublicationDate


class Unchanged(BaseNodePostprocessor):
    """A postprocessor that asks for nodes and gives them back."""

    def _postprocess_nodes(self, nodes, query_bundle=None):
        return nodes


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("searched")
    library = Library(folder / "library")
    papers = [
        paper(1, "Embolisation was tried.", design=Design.GUIDELINE),
        paper(2, "Steroids were tried.", published=PublicationDate(1999)),
    ]
    index(library, write(folder / "a", *papers))
    return library


def test_llamaindex_gets_nodes_with_our_ids_and_its_own_methods_work(library):
    nodes = HybridRetriever(library, CountingEmbedder()).retrieve("embolisation")

    assert nodes[0].node.ref_doc_id == "ref:made-up-1"
    assert nodes[0].node.node_id == library.passages_of("ref:made-up-1")[0].id
    assert nodes[0].get_content() == "Embolisation was tried."


def test_a_retriever_can_be_given_filters_and_a_mode(library):
    retriever = HybridRetriever(
        library, CountingEmbedder(), filters=Filters(year_from=2000), mode=SearchMode.LEXICAL
    )

    assert retriever.retrieve("steroids") == []


def test_what_goes_through_nodes_comes_back_as_the_library_has_it(library):
    retriever = HybridRetriever(library, CountingEmbedder())
    through_nodes = EvidenceRetriever(retriever, (Unchanged(),))(["steroids"], Filters())

    found = through_nodes[0]

    assert found.passage == library.passages_of("ref:made-up-2")[0]
    assert found.document.published == PublicationDate(1999)
    assert found.lexical > 0
    assert through_nodes == EvidenceRetriever(retriever)(["steroids"], Filters())


def test_the_frequencies_and_the_coverage_are_those_of_the_library(library):
    retriever = HybridRetriever(library, CountingEmbedder())

    assert retriever.document_frequencies(["tri", "steroid"]) == {"tri": 2, "steroid": 1}
    assert retriever.coverage() == library.coverage()
