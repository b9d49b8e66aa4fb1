"""What filters leave of a library, and that a filtered search is an exhaustive one over it. All made up."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_kit import CountingEmbedder, index, paper, write

from indexes import vector_files, vectors
from indexes.build import remove_documents
from indexes.candidates import CandidateSearch, SearchMode
from indexes.library import Library
from indexes.restriction import usable
from rag.errors import InputError
from rag.types import Attribute, Design, EvidenceLevel, Filters, Population, PublicationDate

WORDS = "steroids cramps surgery outcome".split()
DESIGNS = [Design.COHORT, Design.GUIDELINE, Design.RANDOMISED_TRIAL, Design.UNKNOWN]
LEVELS = [None, EvidenceLevel.ONE, EvidenceLevel.TWO, EvidenceLevel.FOUR]
TYPES = [(), ("Review",), ("Review", "Meta-Analysis"), ("Case Reports",)]
LANGUAGES = [(), ("eng",), ("en",), ("ger", "eng"), ("French",)]
JOURNALS = [None, "Made-up Lancet", "The Made-Up Lancet", "Cramps & Spasms", "Cramps and Spasms."]
POPULATIONS = [frozenset(), {Population.ADULT}, {Population.ADULT, Population.CHILD}, {Population.ANIMAL}]
DATES = [
    None,
    PublicationDate(2010),
    PublicationDate(2015, 2),
    PublicationDate(2015, 2, 28),
    PublicationDate(2015, 12),
    PublicationDate(2020, 6, 1),
]


def _paper(n):
    return paper(
        n,
        " ".join(f"{WORDS[i % 4].capitalize()} were tried {n * i}." for i in range(1, 2 + n % 4)),
        published=DATES[n % 6],
        design=DESIGNS[n % 4],
        level=LEVELS[n // 2 % 4],
        publication_types=TYPES[n // 3 % 4],
        languages=LANGUAGES[n % 5],
        journal=JOURNALS[n // 4 % 5],
        populations=frozenset(POPULATIONS[n // 5 % 4]),
        aliases=(f"doi:10.1/Case{n}",),
    )


PAPERS = [_paper(n) for n in range(1, 121)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("restricted")
    library = Library(folder / "library")
    index(library, write(folder / "a", *PAPERS))
    return library


SCORES = {SearchMode.DENSE: lambda one: one.cosine, SearchMode.LEXICAL: lambda one: one.lexical}


def _some(values):
    return st.frozensets(st.sampled_from(values), max_size=2)


FILTERS = st.builds(
    Filters,
    year_from=st.sampled_from([None, None, 2010, 2015, 2016]),
    year_to=st.sampled_from([None, None, 2014, 2015, 2020]),
    as_of=st.sampled_from(
        [
            None,
            None,
            date(2010, 6, 30),
            date(2010, 12, 31),
            date(2015, 2, 27),
            date(2015, 2, 28),
            date(2015, 12, 30),
        ]
    ),
    designs=_some(DESIGNS),
    levels=_some(LEVELS[1:]),
    types=_some(["review", "Meta-Analysis", "No Such Type"]),
    languages=_some(["English", "de", "fre"]),
    journals=_some(["made-up lancet", "CRAMPS AND SPASMS"]),
    populations=_some(list(Population)),
    documents=st.one_of(
        st.just(frozenset()),
        st.frozensets(st.integers(1, 121).map(lambda n: f"DOI:10.1/cAse{n}"), min_size=1, max_size=60),
    ),
)


@settings(max_examples=100, deadline=None)
@given(filters=FILTERS, depth=st.integers(1, 12))
def test_a_filtered_search_is_an_exhaustive_search_over_the_documents_that_pass(filled, filters, depth):
    every = CandidateSearch(filled, CountingEmbedder(), depth=10_000)
    shallow = CandidateSearch(filled, CountingEmbedder(), depth=depth)

    for mode, score in SCORES.items():
        inside = [one for one in every.search(["steroids"], mode=mode).found if filters.admit(one.document)]
        found = shallow.search(["steroids"], filters, mode).found

        assert all(filters.admit(one.document) for one in found)
        # By score and not by id, as passages may be as good as each other.
        assert _sorted(found, score) == pytest.approx(_sorted(inside, score)[:depth], abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(filters=FILTERS, depth=st.integers(1, 12))
def test_both_searches_together_give_as_many_as_there_are(filled, filters, depth):
    inside = sum(len(filled.passages_of(one.id)) for one in PAPERS if filters.admit(one))

    found = CandidateSearch(filled, CountingEmbedder(), depth=depth).search(["steroids"], filters).found

    assert all(filters.admit(one.document) for one in found)
    assert len(found) >= min(depth, inside)


@settings(max_examples=120, deadline=None)
@given(filters=FILTERS)
def test_what_is_left_is_counted(filled, filters):
    left = CandidateSearch(filled, CountingEmbedder()).restriction(filters)

    if filters == Filters():
        assert left is None
    else:
        inside = [one for one in PAPERS if filters.admit(one)]
        assert left.documents == len(inside)
        assert left.passages == sum(len(filled.passages_of(one.id)) for one in inside)
        assert bool(left.alone) is not bool(inside)


@pytest.mark.parametrize(
    "day",
    [
        date(2010, 12, 30),
        date(2010, 12, 31),
        date(2015, 2, 27),
        date(2015, 2, 28),
        date(2015, 12, 30),
        date(2015, 12, 31),
        date(2020, 5, 31),
        date(2020, 6, 1),
    ],
)
def test_a_document_is_seen_from_the_last_day_that_its_date_can_mean(filled, day):
    inside = sum(one.published is not None and one.published.latest <= day for one in PAPERS)

    assert CandidateSearch(filled, CountingEmbedder()).restriction(Filters(as_of=day)).documents == inside


def test_in_a_large_library_few_that_pass_are_all_found(library, tmp_path, monkeypatch):
    """Where vectors lie in lists, of which a question else searches some."""
    for module in (vectors, vector_files):
        monkeypatch.setattr(module, "LISTS_FROM", 30)
    index(library, write(tmp_path / "a", *PAPERS))
    every = CandidateSearch(library, CountingEmbedder(), depth=10_000)
    filters = Filters(documents=frozenset(f"ref:made-up-{number}" for number in (3, 50, 77, 119)))

    found = CandidateSearch(library, CountingEmbedder(), depth=10).search(["steroids"], filters)

    assert every.search(["steroids"], filters).found == found.found
    assert {one.document.id for one in found.found} == filters.documents


def test_of_how_many_documents_something_is_not_known_is_counted(filled):
    search = CandidateSearch(filled, CountingEmbedder())
    filters = Filters(
        designs=frozenset({Design.COHORT}),
        levels=frozenset({EvidenceLevel.ONE}),
        types=frozenset({"Review"}),
        languages=frozenset({"eng"}),
        journals=frozenset({"Made-up Lancet"}),
        populations=frozenset({Population.CHILD}),
        as_of=date(2015, 2, 27),
    )

    told = dict(search.restriction(filters).unknown)

    assert told == {
        "date": sum(one.published is None for one in PAPERS),
        "exact date": sum(one.published == PublicationDate(2015, 2) for one in PAPERS),
        "design": sum(one.design is Design.UNKNOWN for one in PAPERS),
        "level": sum(one.level is None for one in PAPERS),
        "type": sum(not one.publication_types for one in PAPERS),
        "language": sum(not one.languages for one in PAPERS),
        "journal": sum(one.journal is None for one in PAPERS),
        "population": sum(not one.populations for one in PAPERS),
    }


def test_filters_that_leave_nothing_say_what_each_would_leave_alone(filled):
    filters = Filters(year_from=2016, year_to=2018, levels=frozenset({EvidenceLevel.ONE}))

    left = CandidateSearch(filled, CountingEmbedder()).restriction(filters)

    assert (left.documents, left.passages) == (0, 0)
    assert dict(left.alone) == {
        "year": 0,
        "level": sum(one.level is EvidenceLevel.ONE for one in PAPERS),
    }


def test_a_revision_and_a_removal_reach_the_filters(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, languages=("eng",)), paper(2, languages=("eng",))))
    index(library, write(tmp_path / "a", paper(1, languages=("ger",)), paper(2, languages=("eng",))))
    assert _ids(library, Filters(languages=frozenset({"eng"}))) == {"ref:made-up-2"}
    assert _ids(library, Filters(languages=frozenset({"ger"}))) == {"ref:made-up-1"}

    remove_documents(library, ["ref:made-up-2"])

    with pytest.raises(InputError, match="language 'eng'"):
        usable(library, Filters(languages=frozenset({"eng"})))


def test_a_library_of_before_is_filtered_too_and_gets_the_table_when_it_is_written(library, tmp_path):
    index(library, write(tmp_path / "a", *PAPERS[:30]))
    filters = Filters(languages=frozenset({"eng"}), levels=frozenset({EvidenceLevel.ONE}))
    inside = {one.id for one in PAPERS[:30] if filters.admit(one)}
    _without_table(library)
    assert _ids(Library(library.folder), filters) == inside

    index(library, write(tmp_path / "b", PAPERS[40]))

    inside |= {PAPERS[40].id} if filters.admit(PAPERS[40]) else set()
    assert _ids(Library(library.folder), filters) == inside


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (Filters(languages=frozenset({"Klingon"})), "language 'Klingon'; there are 'eng'"),
        (Filters(types=frozenset({"Reviews"})), "type 'Reviews'; there are 'Review'"),
        (Filters(journals=frozenset({"Made-up Lancets"})), "journal 'Made-up Lancets'; there are '.*Lancet'"),
        (Filters(documents=frozenset({"pmid:404"})), "no document 'pmid:404'"),
    ],
)
def test_a_value_of_no_document_is_refused_with_those_that_there_are(filled, filters, message):
    with pytest.raises(InputError, match=message):
        usable(filled, filters)


def test_a_value_of_a_library_in_which_it_is_never_known_is_refused(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1)))

    with pytest.raises(InputError, match="of none of them it is known"):
        usable(library, Filters(journals=frozenset({"Lancet"})))


@pytest.mark.parametrize(
    "name", ["doi:10.1234/CASE3", "https://doi.org/10.1234/case3", "ref:made-up-3", "10.1234/case3"]
)
def test_a_document_is_found_by_any_of_its_ids(library, tmp_path, name):
    index(library, write(tmp_path / "a", paper(3, aliases=("doi:10.1234/Case3", "doi:10.1/x"))))

    found = usable(library, Filters(documents=frozenset({name})))

    assert found.documents == {"ref:made-up-3"}


def test_a_pmid_needs_no_prefix(library, tmp_path):
    index(library, write(tmp_path / "a", paper(3, aliases=("pmid:30635115",))))

    assert usable(library, Filters(documents=frozenset({"30635115"}))).documents == {"ref:made-up-3"}


def test_every_attribute_of_a_document_is_in_the_table(filled):
    with filled.reading() as now:
        rows = now.connection.execute("SELECT DISTINCT attribute FROM attributes").fetchall()

    assert {row[0] for row in rows} == {attribute.value for attribute in Attribute}


def _ids(library, filters):
    found = CandidateSearch(library, CountingEmbedder()).search(["steroids"], filters).found
    return {one.document.id for one in found}


def _sorted(found, score):
    return sorted((score(one) for one in found if score(one) is not None), reverse=True)


def _without_table(library):
    with sqlite3.connect(library.folder / "library.db") as connection:
        connection.execute("DROP TRIGGER attributes_changed")
        connection.execute("DROP TABLE attributes")
