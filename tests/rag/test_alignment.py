"""What may be left out of a sentence of a source, and what never. Every finding is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.alignment import _words, aligned, cut_inside_a_word
from rag.text import sentence_spans

SOURCE = (
    "In 105 older adults, the drug (20 mg daily) lowered deaths from 18.0% to 12.5% [3], and dizziness was rare. "
    "Deaths did not fall in women; they rose in men who also smoked. "
    "We found that the tumour shrank in most patients, whereas the placebo did nothing."
)
A, B, C = (SOURCE[start:end] for start, end in sentence_spans(SOURCE))


@pytest.mark.parametrize("sentence", [A, B, C])
def test_a_sentence_of_the_source_is_aligned_with_it_and_with_the_whole_passage(sentence):
    assert aligned(sentence, sentence, SOURCE)
    assert aligned(sentence, SOURCE, SOURCE)


@pytest.mark.parametrize(
    "left",
    [
        "In 105 older adults, the drug lowered deaths from 18.0% to 12.5%, and dizziness was rare.",
        "The drug (20 mg daily) lowered deaths from 18.0% to 12.5%, and dizziness was rare.",
        "In 105 older adults, the drug lowered deaths from 18.0% to 12.5%.",
        "The drug lowered deaths from 18.0% to 12.5%.",
        "Deaths did not fall in women; they rose in men who smoked.",
        "Tumor shrank in most patients, whereas placebo did nothing.",
        "The tumours shrank in most patients.",
    ],
)
def test_parentheses_clauses_of_circumstance_further_clauses_and_linking_words_may_go(left):
    assert aligned(left, SOURCE, SOURCE)


@pytest.mark.parametrize(
    "wrong",
    [
        "Deaths did fall in women; they rose in men who also smoked.",
        "They rose in women.",
        "Deaths rose in men who also smoked.",
        "Deaths did not fall in men who also smoked.",
        "The drug lowered deaths from 12.5% to 18.0%.",
        "The drug (20 g daily) lowered deaths from 18.0% to 12.5%.",
        "The drug lowered deaths from 18.0%.",
        "The drug lowered dizziness.",
        "The drug lowered deaths in women.",
        "Deaths fell from 18.0% to 12.5%.",
        "The tumour grew in most patients.",
        "The placebo did nothing.",
        "The tumour shrank.",
        "They rose in men.",
        "In older adults, the drug lowered deaths from 18.0% to 12.5%.",
        "",
        "...",
    ],
)
def test_nothing_is_turned_joined_moved_or_left_unlimited(wrong):
    assert not aligned(wrong, SOURCE, SOURCE)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("If it is given early, the drug lowers deaths in adults.", "The drug lowers deaths in adults."),
        ("Unlike the drug, the placebo lowered deaths in adults.", "The drug, the placebo lowered deaths in adults."),
        ("In mice, the drug lowered deaths within eight days.", "The drug lowered deaths within eight days."),
        ("The drug lowered deaths in adults, but only in the first week.", "The drug lowered deaths in adults."),
        ("The drug (not the placebo) was effective in adults.", "The placebo was effective in adults."),
        ("The drug was (not) effective in these adults.", "The drug was effective in these adults."),
        ("The drug may lower deaths in adults.", "The drug lowers deaths in adults."),
        ("It was once thought that, in adults, the drug lowered deaths.", "The drug lowered deaths."),
        ("These results suggest that the drug lowered deaths.", "The drug lowered deaths."),
        ("Rates were 5, 7 and 9% in men, women and children, respectively.", "Rates were 5, 7 and 9% in men."),
        ("Vitamin A lowered deaths in older adults.", "Vitamin lowered deaths in older adults."),
        ("The change was −0.5 points in older adults.", "The change was 0.5 points in older adults."),
        ("The effect was significant at p < 0.05 in adults.", "The effect was significant at p > 0.05 in adults."),
    ],
)  # fmt: skip
def test_what_denies_limits_doubts_or_turns_the_rest_never_goes(source, wrong):
    assert not aligned(wrong, source, source)
    assert aligned(source, source, source)


def test_only_what_is_quoted_vouches():
    cut = "lowered deaths from 18.0% to 12.5% [3], and dizziness was rare."

    assert not aligned("The drug (20 mg daily) lowered deaths from 18.0% to 12.5%.", cut, SOURCE)
    assert not aligned("Lowered deaths from 18.0% to 12.5%, and dizziness was rare.", cut, SOURCE)


@pytest.mark.parametrize(
    "quote", ["mg daily) lowered deaths", "0 mg daily) lowered", "8.0% to 12.5", "wered deaths from 18"]
)
def test_a_quote_that_is_cut_inside_a_word_or_number_is_known(quote):
    assert cut_inside_a_word(quote, SOURCE) is (quote != "mg daily) lowered deaths")


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_any_text_can_be_asked_about(sentence, source):
    assert aligned(sentence, source, source) in {True, False}
    assert not cut_inside_a_word(source, source)


@given(st.permutations(A.split()))
def test_words_that_change_places_are_not_aligned(order):
    shuffled = " ".join(order)

    assert aligned(shuffled, A, SOURCE) is (_words(shuffled) == _words(A))
