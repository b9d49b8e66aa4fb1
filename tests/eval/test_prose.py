"""Sentences and citations of answers in prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import TODAY

from eval.prose import answer_in_prose, ids_in
from rag.types import Role


def cited(text):
    answer = answer_in_prose("Does it help?", text, Role.CLINICIAN, TODAY)
    return [(claim.text, tuple(c.document_id for c in claim.citations)) for claim in answer.claims]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("See PMID: 123 and PMID 456.", ("pmid:123", "pmid:456")),
        ("(doi:10.1000/abc.1).", ("doi:10.1000/abc.1",)),
        ("https://doi.org/10.1000/a(b)c, and PMC12345", ("doi:10.1000/a(b)c", "pmcid:PMC12345")),
        ("https://pubmed.ncbi.nlm.nih.gov/789/", ("pmid:789",)),
        ("[ref:nice-2023]", ("ref:nice-2023",)),
        ("10.5 mg in 2010 of 10.1 patients", ()),
    ],
)
def test_ids_are_found_as_people_write_them(text, ids):
    assert ids_in(text) == ids


def test_marks_point_into_the_list_of_references():
    text = (
        "It helps [1]. It is safe. [2,3]\n\n- **It lasts** [1-3].\n\n## References\n"
        "1. A study. PMID 11\n2. Another. doi:10.1000/x\n[3] A third. PMID 33\n"
    )

    assert cited(text) == [
        ("It helps.", ("pmid:11",)),
        ("It is safe.", ("doi:10.1000/x", "pmid:33")),
        ("It lasts.", ("pmid:11", "doi:10.1000/x", "pmid:33")),
    ]


def test_a_list_without_a_heading_is_one_when_each_line_names_an_id():
    assert cited("It helps [1].\n\n[1] A study. PMID 11") == [("It helps.", ("pmid:11",))]


def test_numbered_advice_is_no_list_of_references():
    assert [text for text, _ in cited("1. Rest in bed.\n2. Drink water.")] == ["Rest in bed.", "Drink water."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I don't know.",
        "There is not enough evidence to answer this.",
        "The available evidence does not answer this question.",
    ],
)
def test_a_text_that_says_so_at_its_start_declines(text):
    assert answer_in_prose("Does it help?", text, Role.PATIENT, TODAY).abstention is not None


def test_a_text_with_a_finding_first_doesn_t_decline():
    text = "It helps. It is safe. There is not enough evidence to say for children."

    assert answer_in_prose("Does it help?", text, Role.PATIENT, TODAY).abstention is None


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    answer = answer_in_prose("Does it help?", text, Role.PATIENT, TODAY)

    assert bool(answer.claims) != bool(answer.abstention)
