"""What filters admit. Every document is made up."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import document

from rag.filters import Attribute, Filters, Restriction, filters_in_words, unknown_in_words, value_key
from rag.types import Design, EvidenceLevel, Population, PublicationDate

KNOWN = document(
    1,
    published=PublicationDate(2019, 3),
    design=Design.RANDOMISED_TRIAL,
    level=EvidenceLevel.TWO,
    publication_types=("Randomized Controlled Trial", "Multicenter Study"),
    languages=("eng",),
    journal="The Made-up Journal of Cramps & Spasms",
    aliases=("doi:10.1/AbC", "pmid:7"),
    populations=frozenset({Population.CHILD, Population.ADULT}),
)
UNKNOWN = document(2, published=None, design=Design.UNKNOWN)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(year_from=2019, year_to=2019),
        Filters(as_of=date(2019, 3, 31)),
        Filters(designs=frozenset({Design.RANDOMISED_TRIAL, Design.GUIDELINE})),
        Filters(levels=frozenset({EvidenceLevel.TWO})),
        Filters(types=frozenset({"multicenter STUDY"})),
        Filters(languages=frozenset({"en"})),
        Filters(languages=frozenset({"English", "fr"})),
        Filters(journals=frozenset({"made-up journal of cramps and spasms"})),
        Filters(documents=frozenset({"DOI:10.1/aBc"})),
        Filters(populations=frozenset({Population.CHILD})),
    ],
)
def test_a_document_passes_what_is_true_of_it(filters):
    assert filters.admit(KNOWN)
    assert list(filters.reasons_against(KNOWN)) == []


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(year_from=2020), "published 2019-03"),
        (Filters(year_to=2018), "published 2019-03"),
        (Filters(as_of=date(2019, 3, 30)), "published 2019-03, maybe after 2019-03-30"),
        (Filters(designs=frozenset({Design.COHORT})), "design randomised trial"),
        (Filters(levels=frozenset({EvidenceLevel.ONE})), "level 2"),
        (Filters(types=frozenset({"Review"})), "type Randomized Controlled Trial, Multicenter Study"),
        (Filters(languages=frozenset({"ger"})), "language eng"),
        (Filters(journals=frozenset({"Journal of Cramps"})), f"journal {KNOWN.journal}"),
        (Filters(documents=frozenset({"pmid:8"})), "not among the documents asked for"),
        (Filters(populations=frozenset({Population.PREGNANCY})), "population adult, child"),
    ],
)
def test_what_keeps_a_document_out_is_said(filters, reason):
    assert not filters.admit(KNOWN)
    assert list(filters.reasons_against(KNOWN)) == [reason]


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (Filters(year_to=2030), "date unknown"),
        (Filters(as_of=date(2030, 1, 1)), "date unknown"),
        (Filters(designs=frozenset(Design) - {Design.UNKNOWN}), "design unknown design"),
        (Filters(levels=frozenset(EvidenceLevel)), "level unknown"),
        (Filters(types=frozenset({"Review"})), "type unknown"),
        (Filters(languages=frozenset({"eng"})), "language unknown"),
        (Filters(journals=frozenset({"Lancet"})), "journal unknown"),
        (Filters(populations=frozenset(Population)), "population unknown"),
    ],
)
def test_what_is_not_known_of_a_document_does_not_pass(filters, reason):
    assert list(filters.reasons_against(UNKNOWN)) == [reason]


@pytest.mark.parametrize("name", ["en", "eng", "EN-gb", "en_US", " English "])
def test_a_language_is_one_however_it_is_named(name):
    assert value_key(Attribute.LANGUAGE, name) == "eng"


def test_a_language_that_nobody_knows_stands_as_it_is():
    assert value_key(Attribute.LANGUAGE, "Tlh") == "tlh"


def test_restrictions_are_put_in_words():
    filters = Filters(year_from=2015, levels=frozenset({EvidenceLevel.TWO, EvidenceLevel.ONE}))

    assert filters_in_words(filters) == ("published in 2015 or later", "of the level 1 or 2")
    assert filters_in_words(Filters()) == ()


def test_what_is_not_known_is_counted_in_words():
    left = Restriction(1, 2, unknown=(("language", 3), ("date", 1)))

    assert unknown_in_words(left) == "the language of 3 documents, the date of 1 document"
