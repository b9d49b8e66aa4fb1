"""Which records are of one document. Every record in here is made up."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.recognition import Record, grouped, is_preprint, title_key
from indexes.recognition_union import united, weighed
from rag.types import Design, Document, PublicationDate, Section

TITLE = "A made-up randomised comparison of dromedaril with placebo for night cramps"


def record(name="sha256:1", *aliases, path="", **fields):
    known = {
        "title": TITLE,
        "authors": ("Doe JA", "Roe B"),
        "journal": "Journal of Made Up Medicine",
        "published": PublicationDate(2021),
        "sections": (Section("Abstract", "Cramps were halved."),),
    }
    return Record(path or name, Document(id=name, aliases=aliases, **(known | fields)))


def parts(*records):
    return sorted(sorted(one.document.id for one in group.records) for group in grouped(records))


def documents(records):
    groups = [replace(one, records=weighed(one.records)) for one in grouped(records)]
    return sorted((united(one) for one in groups), key=lambda one: one.id)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("pmid:1"), record("pmid:1", title="Another title")),
        (record("doi:10.1000/AbC"), record("pmid:1", "doi:10.1000/aBc", title="Another title")),
        (record("pmid:1"), record("doi:10.1000/x")),
        (record("pmid:1"), record("sha256:2", title=TITLE.upper() + ".")),
        (record("pmid:1"), record("sha256:2", journal="J Made Up Med")),
        (record("pmid:1"), record("sha256:2", journal=None)),
        (record("pmid:1"), record("sha256:2", authors=("Doe J", "Roe BC"))),
        (record("pmid:1"), record("sha256:2", title="RETRACTED: " + TITLE)),
        (record("pmid:1", volume="3"), record("sha256:2")),
    ],
)
def test_these_are_one_document(one, other):
    assert len(grouped([one, other])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record("pmid:1"), record("pmid:2")),
        (record("doi:10.1000/x"), record("doi:10.1000/y")),
        (record("pmid:1", "doi:10.1000/x"), record("sha256:2", "doi:10.1000/y")),
        (record("pmid:1"), record("sha256:2", published=PublicationDate(2022))),
        (record("pmid:1"), record("sha256:2", published=None)),
        (record("pmid:1"), record("sha256:2", authors=())),
        (record("pmid:1"), record("sha256:2", authors=("Smith J",))),
        (record("pmid:1"), record("sha256:2", journal="Annals of Nothing")),
        (record("pmid:1", volume="3"), record("sha256:2", volume="4")),
        (record("pmid:1", pages="11-19"), record("sha256:2", pages="211-9")),
        (record("pmid:1", registry="NCT00000001"), record("sha256:2", registry="NCT00000002")),
        (record("pmid:1", title=TITLE + ": part I"), record("sha256:2", title=TITLE + ": part II")),
        (record("pmid:1", title="Editorial"), record("sha256:2", title="Editorial")),
        (record("pmid:1", title="Reply to " + TITLE), record("sha256:2", title="Reply to " + TITLE)),
        (
            record("pmid:1", title="2021 annual report of the made-up poison centres of the north"),
            record("sha256:2", title="2021 annual report of the made-up poison centres of the north"),
        ),
        (record("pmid:1"), record("sha256:2", design=Design.NOTICE)),
        (record("pmid:1"), record("sha256:2", title_paraphrased=True)),
        (record("pmid:1"), record("doi:10.1101/2021.01.02.21249999", journal="medRxiv")),
    ],
)
def test_these_are_two_documents(one, other):
    assert len(grouped([one, other])) == 2


def test_a_third_record_that_names_both_ids_makes_them_one():
    first, second = record("pmid:1", title="One"), record("doi:10.1000/x", title="Two")

    assert parts(first, second) == [["doi:10.1000/x"], ["pmid:1"]]
    assert len(grouped([first, second, record("pmcid:PMC1", "pmid:1", "doi:10.1000/x", title="3")])) == 1


def test_a_record_that_would_fit_two_papers_as_well_belongs_to_none():
    two = (record("pmid:1"), record("pmid:2"))

    assert parts(*two, record("sha256:3")) == [["pmid:1"], ["pmid:2"], ["sha256:3"]]


def test_a_notice_that_carries_the_doi_of_its_paper_is_not_the_paper():
    paper = record("pmid:5", "doi:10.1000/x")
    notice = record("pmid:2", "doi:10.1000/x", title="Retraction: a paper", design=Design.NOTICE)

    for order in permutations([paper, notice, record("doi:10.1000/x", title="From elsewhere")]):
        first, second = sorted(documents(order), key=lambda one: one.id)
        assert (first.id, first.aliases) == ("pmid:2", ())
        assert (second.id, second.aliases) == ("pmid:5", ("doi:10.1000/x",))


def test_the_full_text_and_the_description_of_the_index_make_one_document():
    text = (Section("Results", "Cramps were halved by dromedaril. " * 300),)
    full = record("pmcid:PMC1", "pmid:1", sections=text, licence="CC BY", volume="7")
    indexed = record("pmid:1", publication_types=("Randomized Controlled Trial",), mesh_terms=("Cramp",))

    (document,) = documents([indexed, full])

    assert (document.id, document.aliases) == ("pmid:1", ("pmcid:PMC1",))
    assert (document.sections, document.licence, document.volume) == (text, "CC BY", "7")
    assert (document.mesh_terms, document.publication_types) == (("Cramp",), ("Randomized Controlled Trial",))


def test_the_ids_that_an_older_revision_gave_are_kept():
    from datetime import date

    old = record("pmid:1", "doi:10.1000/x", revised=date(2024, 1, 1), title="Old")
    new = record("pmid:1", revised=date(2024, 1, 2), title="New")

    (document,) = documents([new, old])

    assert (document.title, document.aliases) == ("New", ("doi:10.1000/x",))


@pytest.mark.parametrize(
    "document",
    [
        record("doi:10.1101/2020.03.04.20031112", journal=None).document,
        record("doi:10.1101/123456", journal=None).document,
        record(journal="medRxiv : the preprint server for health sciences").document,
        record(publication_types=("Preprint",)).document,
    ],
)
def test_these_are_preprints(document):
    assert is_preprint(document)


def test_a_journal_of_the_same_publisher_is_no_preprint_server():
    assert not is_preprint(record("doi:10.1101/gr.123456.108", journal=None).document)
    assert not is_preprint(record("doi:10.1101/123456", journal="Genome Res").document)


_ids = st.sampled_from(["pmid:1", "pmid:2", "doi:10.1/a", "doi:10.1/B", "pmcid:PMC1", "sha256:1", "sha256:2"])
_records = st.builds(
    lambda ids, year, journal, title, text: record(
        ids[0],
        *dict.fromkeys(ids[1:]),
        published=PublicationDate(year) if year else None,
        journal=journal,
        title=title,
        sections=(Section("Abstract", text),) if text else (),
    ),
    st.lists(_ids, min_size=1, max_size=2, unique=True),
    st.sampled_from([None, 2020, 2021]),
    st.sampled_from([None, "Made Up J", "Other J"]),
    st.sampled_from([TITLE, TITLE + " again", "Editorial"]),
    st.sampled_from(["", "One.", "Two words."]),
)


@given(st.lists(_records, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records, random):
    shuffled = list(records)
    random.shuffle(shuffled)

    assert documents(shuffled) == documents(records)


@given(st.lists(_records, max_size=5))
def test_records_of_one_document_are_tied_by_ids_or_by_their_title(records):
    for group in grouped(records):
        tied, rest = [group.records[0]], list(group.records[1:])
        while near := [one for one in rest if any(_tied(one, other) for other in tied)]:
            tied += near
            rest = [one for one in rest if all(one is not other for other in near)]
        assert not rest


def _tied(one, other):
    names = [{name.casefold() for name in (r.document.id, *r.document.aliases)} for r in (one, other)]
    keys = {title_key(r.document) for r in (one, other)}
    same_year = one.document.year == other.document.year is not None
    return bool(names[0] & names[1]) or (len(keys) == 1 and None not in keys and same_year)
