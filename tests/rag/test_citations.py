"""References: numbers, Vancouver text, addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import document
from made_up_answers import COHORT, MOUSE, answer, claim

from rag.citations import name_and_year, reference_list, url_of, vancouver
from rag.types import KeyPoint, Link, LinkKind, PublicationDate, Status


def test_a_document_cited_twice_has_one_number():
    twice = answer(lead=(claim(), claim(MOUSE)), key_points=(KeyPoint("Again", (claim(),)),))

    references = reference_list(twice)

    assert [(r.number, r.document.id) for r in references] == [(1, COHORT.id), (2, MOUSE.id)]


def test_numbers_follow_the_order_of_first_citation():
    mouse_first = answer(lead=(claim(MOUSE),), key_points=(KeyPoint("Course", (claim(),)),))

    assert [r.document.id for r in reference_list(mouse_first)] == [MOUSE.id, COHORT.id]


def test_the_first_ranked_passage_of_a_document_says_why():
    assert reference_list(answer())[0].why.score == 0.7


def test_citing_outside_the_evidence_is_an_error():
    with pytest.raises(ValueError, match=COHORT.id):
        reference_list(answer(evidence=()))


def test_vancouver_has_authors_title_journal_date_issue_pages_and_ids():
    assert vancouver(COHORT) == (
        "Doe JA, Roe B. Made-up study 1. J Made Up Med. 2019 Mar 7;12(3):101-9. "
        "doi:10.5555/made.up.1; PMID: 11."
    )


def test_more_than_six_authors_end_in_et_al():
    many = document(authors=tuple(f"Name{i} A" for i in range(7)))

    assert vancouver(many).startswith("Name0 A, Name1 A, Name2 A, Name3 A, Name4 A, Name5 A, et al. ")


def test_six_authors_are_all_of_them():
    assert "et al" not in vancouver(document(authors=tuple(f"Name{i} A" for i in range(6))))


def test_an_incomplete_list_of_authors_ends_in_et_al():
    assert vancouver(document(authors=("Doe J",), authors_complete=False)).startswith("Doe J, et al. ")


def test_what_is_not_known_is_left_out():
    bare = document(title="Only a title", published=None)

    assert vancouver(bare) == "Only a title."


def test_a_question_as_title_gets_no_full_stop():
    assert vancouver(document(title="Does it help?", published=None)) == "Does it help?"


def test_a_reference_without_an_id_gives_its_address():
    assert "Available from: https://example.org/a." in vancouver(document(url="https://example.org/a"))


def test_a_reference_says_what_must_be_known_of_it():
    odd = document(
        digest=True,
        title_paraphrased=True,
        unverified_fields=("doi", "year"),
        status=Status.SUPERSEDED,
        links=(Link(LinkKind.SUPERSEDED_BY, "ref:made-up-9"),),
    )

    text = vancouver(odd)

    assert "Made-up study 1 [descriptive title]." in text
    assert text.endswith(
        "[Superseded by ref:made-up-9.] [Digest in our own words.] [Not verified: doi, year.]"
    )


def test_a_reference_is_one_line_without_control_characters():
    assert "\n" not in vancouver(document(title="Two\nlines \x1b[31mred"))
    assert "\x1b" not in vancouver(document(title="Two\nlines \x1b[31mred"))


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"url": "https://example.org/a"}, "https://example.org/a"),
        ({"aliases": ("pmid:11", "doi:10.5555/a(b)")}, "https://doi.org/10.5555/a(b)"),
        ({"aliases": ("pmid:11",)}, "https://pubmed.ncbi.nlm.nih.gov/11"),
        ({"aliases": ("pmcid:PMC7",)}, "https://pmc.ncbi.nlm.nih.gov/articles/PMC7"),
        ({"url": "javascript:alert(1)"}, None),
        ({"url": 'https://example.org/"onclick="x'}, None),
        ({"url": "https://example.org/\x1b[31m"}, None),
        ({"aliases": ('doi:10.5555/"><script>',)}, "https://doi.org/10.5555/%22%3E%3Cscript%3E"),
        ({}, None),
    ],
)
def test_the_address_of_a_document(fields, url):
    assert url_of(document(**fields)) == url


def test_a_short_name_has_the_first_author_and_the_year():
    assert name_and_year(COHORT) == "Doe JA et al, 2019"
    assert name_and_year(document(authors=("Doe J",))) == "Doe J, 2020"
    assert name_and_year(replace(document(), published=None)) == "“Made-up study 1”"


def test_a_date_says_no_more_than_is_known():
    assert "2019 Mar." in vancouver(document(published=PublicationDate(2019, 3)))
