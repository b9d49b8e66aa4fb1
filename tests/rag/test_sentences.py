"""Sentences that could stand in an answer by themselves."""

from __future__ import annotations

import pytest
from made_up import document, evidence

from rag.sentences import candidates

WHOLE = "Vitamin D did not prevent fractures in older people."


def texts(*passages, **more):
    return [
        c.text for c in candidates([evidence(text, document(n), **more) for n, text in enumerate(passages)])
    ]


def only(text, **more):
    (candidate,) = candidates([evidence(text, **more)])
    return candidate


def test_a_short_paragraph_is_kept_whole():
    both = f"{WHOLE} The risk ratio was 1.00 in all of them."

    assert texts(both) == [both]


def test_a_longer_paragraph_is_cut_at_sentence_ends():
    three = [f"Sentence {name} says that vitamin D helps nobody." for name in ("one", "two", "three")]

    assert texts(" ".join(three)) == three


def test_the_same_text_is_one_candidate_of_the_first_evidence():
    found = candidates([evidence(WHOLE, document(1)), evidence(WHOLE.upper(), document(2))])

    assert [c.evidence.document.id for c in found] == ["ref:made-up-1"]


@pytest.mark.parametrize(
    "text", ["Too few words.", "No end to this sentence that goes on", "and so it goes on for a while."]
)
def test_a_fragment_is_no_candidate(text):
    assert texts(text) == []


def test_a_sentence_that_leans_on_the_one_before_is_marked():
    assert only("It did not prevent fractures in people.").leans
    assert not only(WHOLE).leans


def test_a_sentence_of_a_longer_paragraph_comes_with_the_one_that_it_leans_on():
    first = "Vitamin D was given to older people for five years."
    leaning = "It did not prevent fractures in any of them."
    last = "Falls were as common as with placebo in all groups."

    assert texts(f"{first} {leaning} {last}") == [first, f"{first} {leaning}", last]


@pytest.mark.parametrize(
    "text",
    [
        "However, older people still had fractures.",
        "That is about two fifths more than without it.",
        "Those were mostly small and needed no treatment.",
        "Starting the drug at this age is discouraged.",
    ],
)
def test_a_sentence_that_means_nothing_without_the_one_before_is_no_candidate(text):
    assert texts(text) == []


def test_a_sentence_on_how_a_study_was_done_is_marked():
    assert only("More than 120 patients were enrolled in nine hospitals.").procedure
    assert only(WHOLE, section="Methods").procedure
    assert not only(WHOLE).procedure


@pytest.mark.parametrize("mark", ["• ", "3. ", "– "])
def test_the_mark_of_a_list_is_no_part_of_a_sentence(mark):
    assert texts(f"{mark}{WHOLE}") == [WHOLE]


@pytest.mark.parametrize(
    "text",
    [
        "We describe a series of interventions in one hospital.",
        "This article thoroughly traces the history of vitamin D.",
        "Receptors were lost Fig. 6 The effects of vitamin D on bone.",
    ],
)
def test_what_a_paper_is_about_and_a_caption_are_no_candidates(text):
    assert texts(text) == []


def test_how_patients_were_assigned_is_marked_as_procedure():
    assert only("Patients were randomly assigned to vitamin D or placebo.").procedure
