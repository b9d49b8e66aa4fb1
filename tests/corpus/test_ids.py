"""One spelling for every id."""

from __future__ import annotations

import pytest

from corpus.ids import distinct, document_id, doi_id, pmcid_id, pmid_id


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("pmid:0993", "pmid:993"),
        ("PMID: 993", "pmid:993"),
        ("DOI:10.1056/NEJMoa1", "doi:10.1056/NEJMoa1"),
        ("pmcid:pmc7255293", "pmcid:PMC7255293"),
        ("4983", "ref:4983"),
        ("MED-10", "ref:MED-10"),
        ("ref:rapm-2018", "ref:rapm-2018"),
        ("https://example.org/a", "ref:https://example.org/a"),
        ("doi:none", "doi:none"),
    ],
)
def test_an_id_has_one_spelling(text: str, known: str) -> None:
    assert document_id(text) == known


def test_a_doi_is_found_in_an_address_and_a_citation() -> None:
    assert doi_id("https://doi.org/10.1016/S0140-6736(20)31180-6") == "doi:10.1016/S0140-6736(20)31180-6"
    assert doi_id("N Engl J Med. 2020;382:2582. doi: 10.1056/NEJMc2021225.") == "doi:10.1056/NEJMc2021225"


@pytest.mark.parametrize("text", [None, "", "abc", "0", "-1", "12.5", "1234567890123"])
def test_what_is_no_pmid_is_none(text: str | None) -> None:
    assert pmid_id(text) is None


def test_the_version_of_a_pmcid_is_left_off() -> None:
    assert pmcid_id("PMC123.2") == "pmcid:PMC123"
    assert pmcid_id("123") is None


def test_two_spellings_of_a_doi_are_one_id() -> None:
    assert distinct(["doi:10.1/AbC", "pmid:1", "doi:10.1/abc"]) == ("doi:10.1/AbC", "pmid:1")
