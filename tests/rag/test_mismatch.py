"""Where a passage is about something else than what is asked. Every document is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document, retrieved

from rag.mismatch import mismatches
from rag.question import understand
from rag.types import Design, Population, PublicationDate
from rag.weights import RankingWeights

WEIGHTS = RankingWeights()
STEROIDS = understand("Are corticosteroids useful in spinal haematoma?")
CHILDREN = understand("Does vitamin D prevent fractures in children?")


def said(question, text, **fields):
    return [one.words for one in mismatches(question, retrieved(text, document(**fields)), WEIGHTS)]


def test_a_passage_without_the_drug_that_is_asked_about_counts_for_less():
    assert said(STEROIDS, "Spinal haematoma was operated on.") == ["says nothing of corticosteroids"]
    assert said(STEROIDS, "Corticosteroids were tried in spinal haematoma.") == []


@pytest.mark.parametrize(
    "known",
    [
        {"title": "Corticosteroids for a haematoma"},
        {"mesh_terms": ("Adrenal Cortex Hormones", "Corticosteroids")},
        {"keywords": ("dexamethasone",)},
    ],
)
def test_title_and_subject_headings_say_what_was_tried_too(known):
    assert said(STEROIDS, "Spinal haematoma was operated on.", **known) == []


def test_a_member_of_the_class_is_the_class():
    assert said(STEROIDS, "Dexamethasone was tried.") == []


def test_of_two_drugs_either_is_enough():
    asked = understand("Is apixaban safer than warfarin?")

    assert said(asked, "Warfarin was given.") == []
    assert said(asked, "Aspirin was given.") == ["says nothing of apixaban or warfarin"]


def test_what_says_nothing_of_older_people_counts_for_less_where_they_are_asked_about():
    asked = understand("Does vitamin D prevent fractures in people aged 75?")

    assert said(asked, "Vitamin D was given.") == ["says nothing of older people"]
    assert said(asked, "Vitamin D was given.", population="Nursing home residents") == []


def test_a_question_without_a_drug_misses_none():
    assert said(understand("How common is spinal haematoma?"), "Something else.") == []


@pytest.mark.parametrize(
    ("question", "year", "words"),
    [
        ("What do trials since 2019 say on sepsis?", 2018, ["from 2018, asked for since 2019"]),
        ("What do trials since 2019 say on sepsis?", 2019, []),
        ("What was known of sepsis before 2010?", 2010, ["from 2010, asked for until 2009"]),
        ("What was known of sepsis before 2010?", 2009, []),
        ("What do trials of sepsis say?", 1980, []),
    ],
)
def test_what_lies_outside_the_time_that_is_asked_for_counts_for_less(question, year, words):
    assert said(understand(question), "Sepsis.", published=PublicationDate(year)) == words


def test_what_has_no_date_lies_outside_of_none():
    assert said(understand("What do trials since 2019 say on sepsis?"), "Sepsis.", published=None) == []


def test_other_people_are_named():
    adults = frozenset({Population.ADULT})

    assert said(CHILDREN, "Vitamin D was given.", populations=adults) == [
        "studied in adults, asked about children"
    ]


@given(st.text(max_size=80), st.sampled_from([STEROIDS, CHILDREN]))
def test_no_mismatch_adds_to_a_score_or_takes_all_of_it(text, question):
    assert all(0 < one.factor < 1 for one in mismatches(question, retrieved(text), WEIGHTS))


@pytest.mark.parametrize(
    ("question", "text", "missing"),
    [
        ("What do guidelines recommend for cramps?", "Cramps are common and rarely last.", True),
        ("What do guidelines recommend for cramps?", "The panel recommends rest for cramps.", False),
        ("How common are cramps?", "Cramps are common and rarely last.", False),
    ],
)
def test_a_guideline_asked_for_what_it_recommends_is_quoted_by_that(question, text, missing):
    words = said(understand(question), text, design=Design.GUIDELINE)

    assert ("a guideline's reasons, asked for what it recommends" in words) is missing


def test_what_is_no_guideline_needs_no_recommendation():
    assert said(understand("What do guidelines recommend for cramps?"), "Cramps are common.") == []
