"""One spelling for every id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("https://doi.org/10.1056/NEJMoa1", "doi:10.1056/NEJMoa1"),
        ("http://dx.doi.org/10.1000%2Fx?from=feed#top", "doi:10.1000/x"),
        ("10.1056/NEJMoa1", "doi:10.1056/NEJMoa1"),
        ("doi: 10.1056/NEJMoa1.", "doi:10.1056/NEJMoa1"),
        ("https://pubmed.ncbi.nlm.nih.gov/00993/", "pmid:993"),
        ("PMC0007255293", "pmcid:PMC7255293"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7255293/", "pmcid:PMC7255293"),
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


@pytest.mark.parametrize(
    "text",
    ["(10.1000/x)", "10.1000/x,", "<10.1000/x>", "“10.1000/x”", "[doi:10.1000/x].", "see 10.1000/x); then"],
)
def test_what_surrounds_a_doi_is_no_part_of_it(text: str) -> None:
    assert doi_id(text) == "doi:10.1000/x"


@pytest.mark.parametrize(
    "doi", ["10.1016/S0140-6736(20)31180-6", "10.1002/(SICI)1097-0258<1::AID>3.0.CO;2-V"]
)
def test_brackets_of_a_doi_are_kept(doi: str) -> None:
    assert doi_id(f"({doi}).") == f"doi:{doi}"


@given(st.from_regex(r"10\.[0-9]{4,5}/[A-Za-z0-9._()-]{1,20}", fullmatch=True))
def test_a_cleaned_id_is_clean_whatever_stands_before_it(doi: str) -> None:
    known = doi_id(doi)

    assert known is None or document_id(known) == known
    assert doi_id(f"https://doi.org/{doi}") == doi_id(f"DOI: {doi}") == known
