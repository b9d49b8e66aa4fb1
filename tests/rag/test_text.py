"""Sentences and search terms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import sentence_spans, term_set, terms


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ended. Two began.", ["One ended.", "Two began."]),
        ("Mean 4.5 mg vs. 3.0 mg (Fig. 2) was seen.", ["Mean 4.5 mg vs. 3.0 mg (Fig. 2) was seen."]),
        ("E. coli grew. It died.", ["E. coli grew.", "It died."]),
        ("They took vitamin C. The rest did not.", ["They took vitamin C.", "The rest did not."]),
        ("Shown by Smith et al. in 2001.", ["Shown by Smith et al. in 2001."]),
        ("No full stop\n\nA new paragraph", ["No full stop", "A new paragraph"]),
        ('He said "stop." Then he left.', ['He said "stop."', "Then he left."]),
        ("Less than p < .05. (See below.)", ["Less than p < .05.", "(See below.)"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert sentences(text) == expected


@given(st.text())
def test_sentences_lose_nothing_but_white_space(text):
    spans = sentence_spans(text)

    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haematoma", "hematoma"),
        ("oedema", "edema"),
        ("tumours", "tumors"),
        ("randomised", "randomized"),
        ("anaesthesia", "anesthesia"),
        ("analysed", "analyzed"),
        ("foetal", "fetal"),
        ("oesophageal", "esophageal"),
        ("paediatric", "pediatric"),
        ("sulphonamides", "sulfonamides"),
        ("fibres", "fibers"),
        ("centre", "center"),
        ("manoeuvre", "maneuver"),
        ("ischaemia", "ischemia"),
        ("diarrhoea", "diarrhea"),
        ("catheterisation", "catheterization"),
    ],
)
def test_british_and_american_spellings_are_one_term(british, american):
    assert terms(british) == terms(american)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("child", "children"),
        ("woman", "women"),
        ("diagnosis", "diagnoses"),
        ("metastasis", "metastases"),
        ("stenosis", "stenoses"),
        ("analysis", "analyses"),
        ("thrombus", "thrombi"),
        ("vertebra", "vertebrae"),
        ("criterion", "criteria"),
        ("therapy", "therapies"),
        ("biopsy", "biopsies"),
        ("haematoma", "hematomas"),
        ("mouse", "mice"),
    ],
)
def test_one_and_many_are_one_term(one, many):
    assert terms(one) == terms(many)


@pytest.mark.parametrize(("one", "other"), [("sepsis", "septic"), ("basal", "basis"), ("metre", "metric")])
def test_different_words_stay_apart(one, other):
    assert terms(one) != terms(other)


def test_numbers_keep_their_decimals_and_lose_their_thousands_separators():
    assert terms("1.5 mg of 75,000") == ["1.5", "mg", "75000"]


def test_words_that_only_hold_a_sentence_together_are_no_terms():
    assert terms("What is the risk of it?") == ["risk"]


@given(st.text())
def test_terms_hold_no_white_space_and_no_syntax(text):
    assert all(term and not set(term) & set(' "()*:^~-+') for term in terms(text))


PIECES = st.sampled_from(
    "patients 1,000 1,00 2.5 0·7 . , .. ., e.g. e.g U.S. IL-6 p<0.05 _ ½ µg TNF-α ≥ – naïve Straße 中文 ² HbA1c don't the 5mg 1.5mg 1.000.000 \u0301 İ".split()
)


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES | st.sampled_from([" ", " ", "  "]), max_size=30).map("".join)
    )
)
def test_the_terms_of_a_text_are_the_same_by_the_quick_way(text):
    assert term_set(text) == frozenset(terms(text))
