"""How well a passage fits a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, retrieved

from rag.relevance import ASKING_SHARE, SYNONYM_SHARE, TREATMENT_SHARE, TermWeights, relevance
from rag.text import terms

WEIGHTS = TermWeights.of(terms("vitamin fracture"), {"vitamin": 50, "fractur": 5}, 100)
TITLE = document(title="Made-up report")
WORDS = st.lists(st.sampled_from(["vitamin", "fracture", "bone", "elderly", "no"]), max_size=6).map(" ".join)


@given(WORDS, st.none() | st.floats(-1, 1))
def test_relevance_lies_between_0_and_1(text, cosine):
    assert 0 <= relevance(retrieved(text, cosine=cosine), WEIGHTS) <= 1


@given(WORDS, st.floats(-1, 1), st.floats(-1, 1))
def test_a_greater_cosine_never_lowers_relevance(text, one, other):
    low, high = sorted((one, other))

    assert relevance(retrieved(text, cosine=low), WEIGHTS) <= relevance(retrieved(text, cosine=high), WEIGHTS)


@given(WORDS, WORDS)
def test_more_words_never_lower_relevance(text, more):
    assert relevance(retrieved(text), WEIGHTS) <= relevance(retrieved(f"{text} {more}"), WEIGHTS)


@given(WORDS, st.floats(0, 1))
def test_the_fused_score_does_not_count(text, fused):
    item = retrieved(text)

    assert relevance(replace(item, fused=fused), WEIGHTS) == relevance(item, WEIGHTS)


def test_a_rare_term_counts_for_more_than_a_common_one():
    assert WEIGHTS.coverage("fracture") > WEIGHTS.coverage("vitamin")


def test_a_synonym_counts_for_a_little_less_than_the_term():
    steroid = TermWeights.of(terms("steroids"), {}, 10)

    assert steroid.coverage("steroids") == 1
    assert steroid.coverage("dexamethasone") == SYNONYM_SHARE


def test_without_terms_nothing_is_covered():
    assert TermWeights({}).coverage("anything at all") == 0


def test_words_in_the_passage_count_for_more_than_words_in_the_title():
    in_text = relevance(retrieved("vitamin fracture", TITLE), WEIGHTS)
    in_title = relevance(retrieved("some words", document(title="Vitamin fracture")), WEIGHTS)

    assert in_text > in_title > relevance(retrieved("some words", TITLE), WEIGHTS)


def test_without_a_cosine_the_words_alone_decide():
    titled = document(title="Vitamins and fractures")

    assert relevance(retrieved("vitamin fracture", titled, cosine=None), WEIGHTS) == pytest.approx(1)


def test_a_document_without_a_title_loses_nothing_by_it():
    untitled = retrieved("vitamin fracture", document(title=""), cosine=None)

    assert relevance(untitled, WEIGHTS) == pytest.approx(1)


def test_of_two_passages_of_the_same_words_the_one_under_the_title_that_was_asked_for_is_ahead():
    asked, other = document(1, title="Vitamin for fractures"), document(2, title="Vitamin for children")
    text = "the vitamin prevents a fracture"

    assert relevance(retrieved(text, asked), WEIGHTS) > relevance(retrieved(text, other), WEIGHTS)


def test_words_that_only_ask_count_for_little():
    asked = WEIGHTS.about({"fractur"})

    assert asked.weight["fractur"] == WEIGHTS.weight["fractur"]
    assert asked.weight["vitamin"] == pytest.approx(ASKING_SHARE * WEIGHTS.weight["vitamin"])


def test_the_treatment_that_is_asked_about_counts_for_more():
    asked = WEIGHTS.about({"vitamin", "fractur"}, [("vitamin",)])

    assert asked.weight["vitamin"] == pytest.approx(TREATMENT_SHARE * WEIGHTS.weight["vitamin"])
    assert asked.weight["fractur"] == WEIGHTS.weight["fractur"]


def test_of_two_passages_that_both_fit_very_well_the_nearer_one_stays_ahead():
    """Recommendations for two groups of patients differ in a few words only."""
    near, nearer = (relevance(retrieved("vitamin fracture", TITLE, cosine=c), WEIGHTS) for c in (0.80, 0.83))

    assert near + 0.001 < nearer <= 1
