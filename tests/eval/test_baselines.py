"""BM25 over whole documents, by hand; all documents are made up."""

import math

import pytest
from made_up import document

from eval.baselines import K1, B, WholeDocumentBM25, by_best_passage

CRAMPS = document(1, "Dromedaril halved cramps.", title="Cramps")
HICCUPS = document(2, "Hiccups stayed.", title="Hiccups")


def test_a_score_is_that_of_the_formula():
    """Terms: 'cramp' twice of 4 in one of two documents; lengths 4 and 3."""
    search = WholeDocumentBM25([CRAMPS, HICCUPS])

    score = search.scores("cramps")["ref:made-up-1"]

    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    length = 1 - B + B * 4 / 3.5
    assert score == pytest.approx(rarity * 2 * (K1 + 1) / (2 + K1 * length))


def test_a_document_without_a_term_of_the_question_is_not_ranked():
    assert WholeDocumentBM25([CRAMPS, HICCUPS])("Do hiccups go?") == ("ref:made-up-2",)


def test_documents_of_the_same_score_come_by_id():
    twins = [document(3, "Cramps."), document(2, "Cramps.")]

    assert WholeDocumentBM25(twins)("cramps") == ("ref:made-up-2", "ref:made-up-3")


def test_no_more_documents_come_than_are_asked_for():
    assert len(WholeDocumentBM25([document(n, "Cramps.") for n in range(9)])("cramps", top_k=4)) == 4


def test_a_question_without_terms_finds_nothing():
    assert WholeDocumentBM25([CRAMPS])("is it?") == ()


def test_a_document_stands_where_its_best_passage_stands():
    assert by_best_passage(["b", "a", "b", "c", "a"]) == ("b", "a", "c")
