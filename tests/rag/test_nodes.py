"""Passages as LlamaIndex nodes and back. Every document is made up."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

from rag.nodes import document_from_json, document_json, from_node, sections_from_json, sections_json, to_node
from rag.types import (
    Design,
    Document,
    EvidenceLevel,
    Link,
    LinkKind,
    Note,
    NoteKind,
    Passage,
    Population,
    PublicationDate,
    Section,
    Status,
)

TEXTS = st.text(max_size=20)
MANY = st.lists(TEXTS, max_size=3).map(tuple)
DATES = st.builds(
    PublicationDate, st.integers(1, 9999), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28)
)
DOCUMENTS = st.builds(
    Document,
    id=TEXTS,
    title=TEXTS,
    sections=st.lists(st.builds(Section, TEXTS, TEXTS), max_size=2).map(tuple),
    **dict.fromkeys(
        "aliases authors publication_types mesh_terms keywords languages unverified_fields seen".split(), MANY
    ),
    **dict.fromkeys(
        "journal volume issue pages design_text population registry url licence source_path".split(),
        st.none() | TEXTS,
    ),
    **dict.fromkeys(
        "authors_complete level_inferred populations_inferred title_paraphrased digest".split(), st.booleans()
    ),
    populations=st.frozensets(st.sampled_from(Population)),
    published=st.none() | DATES,
    revised=st.none() | st.dates(),
    design=st.sampled_from(Design),
    level=st.none() | st.sampled_from(EvidenceLevel),
    sample_size=st.none() | st.integers(0, 10**9),
    status=st.sampled_from(Status),
    links=st.lists(st.builds(Link, st.sampled_from(LinkKind), TEXTS), max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, st.sampled_from(NoteKind), TEXTS), max_size=2).map(tuple),
)
PAPER = Document("ref:made-up", "Made-up study", (), published=PublicationDate(2020), design=Design.COHORT)
PASSAGE = Passage("ref:made-up#1", "ref:made-up", "Results", "Steroids were of no use.", 5, 29)


@given(DOCUMENTS)
def test_a_document_comes_back_from_json_as_it_was(document):
    back = document_from_json(document_json(document))

    assert replace(back, sections=sections_from_json(sections_json(document.sections))) == document
    assert [type(getattr(back, f.name)) for f in fields(back)] == [
        type(getattr(document, f.name)) for f in fields(document)
    ]


@settings(deadline=None)
@given(
    document=DOCUMENTS,
    cut=st.builds(
        Passage, TEXTS, TEXTS, TEXTS, TEXTS, st.integers(0), st.integers(0), st.none() | st.integers(1)
    ),
    cosine=st.none() | st.floats(-1, 1),
    lexical=st.none() | st.floats(0, 99),
)
def test_a_passage_comes_back_from_a_node_as_it_was(document, cut, cosine, lexical):
    cut = replace(cut, document_id=document.id)

    found = from_node(NodeWithScore(node=to_node(cut, document, cosine, lexical), score=0.5))

    assert (found.passage, found.document) == (cut, replace(document, sections=()))
    assert (found.fused, found.cosine, found.lexical) == (0.5, cosine, lexical)


def test_a_node_survives_being_stored_by_llamaindex():
    node = to_node(PASSAGE, PAPER, 0.5, 2.0)

    again = TextNode.model_validate(json.loads(node.model_dump_json()))

    assert from_node(NodeWithScore(node=again, score=1.0)) == from_node(NodeWithScore(node=node, score=1.0))


def test_others_see_the_title_and_not_our_record():
    seen = to_node(PASSAGE, PAPER).get_content(MetadataMode.LLM)

    assert "Made-up study" in seen
    assert "vouch" not in seen


def test_a_reranker_sets_the_score():
    assert from_node(NodeWithScore(node=to_node(PASSAGE, PAPER), score=None)).fused == 0.0
    assert from_node(NodeWithScore(node=to_node(PASSAGE, PAPER), score=0.9)).fused == 0.9


@pytest.mark.parametrize(
    ("metadata", "title"),
    [
        ({"title": "A title"}, "A title"),
        ({"file_name": "paper.pdf"}, "paper.pdf"),
        ({"title": ""}, "one two three four five six seven eight nine ten"),
    ],
)
def test_a_foreign_node_becomes_a_passage_with_honest_unknowns(metadata, title):
    text = "one two three four five six seven eight nine ten eleven"

    found = from_node(NodeWithScore(node=TextNode(id_="n1", text=text, metadata=metadata), score=0.3))

    assert (found.document.id, found.document.title, found.document.year) == ("n1", title, None)
    assert (found.document.design, found.cosine, found.fused) == (Design.UNKNOWN, None, 0.3)
    assert (found.passage.text, found.passage.document_id) == (text, "n1")
