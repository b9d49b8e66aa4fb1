"""The side of a topic that a sentence belongs to."""

from __future__ import annotations

import pytest

from rag.facets import FACETS, GENERAL, facet_of, facets_of


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("The clot disappeared within 8 days.", "Time course"),
        ("Macrophages clear it through lymph.", "Mechanism"),
        ("It was observed without surgery at first.", "Conservative care"),
        ("Laminectomy and decompression came within 12 hours.", "Surgery and its timing"),
        ("Methylprednisolone was given.", "Corticosteroids"),
        ("Warfarin was reversed with vitamin K.", "Anticoagulants and bleeding"),
        ("Ibuprofen eased pain.", "Pain relief"),
        ("It recurred.", "Recurrence"),
        ("Nothing of the kind.", GENERAL.heading),
    ],
)
def test_the_words_of_a_sentence_name_its_side(sentence, heading):
    assert facet_of("", sentence).heading == heading


def test_the_heading_of_its_section_counts_twice():
    assert facet_of("Prognosis", "Warfarin was given.").heading == "Prognosis"


def test_a_question_names_its_sides_in_the_order_of_the_table():
    named = [facet.heading for facet in facets_of("Do steroids speed up resorption?")]

    assert named == ["Time course", "Corticosteroids"]


def test_headings_are_unique():
    assert len({facet.heading for facet in FACETS}) == len(FACETS)
