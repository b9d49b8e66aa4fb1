"""A document as it stood on a day. Every document and notice is made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_kit import CountingEmbedder, index, paper, write

from corpus.retraction_watch import Notice, NoticeList
from indexes.candidates import CandidateSearch
from indexes.currency import import_notices
from indexes.library import Library
from rag.types import STANDING_SINCE, STANDING_UNKNOWN, Filters, Link, LinkKind, PublicationDate, Status

OLD = PublicationDate(2010, 3, 1)
BY, CONCERN, CORRECTED, REINSTATED, SUPERSEDED = (
    LinkKind.RETRACTED_BY,
    LinkKind.CONCERN_BY,
    LinkKind.CORRECTED_BY,
    LinkKind.REINSTATED_BY,
    LinkKind.SUPERSEDED_BY,
)


def found(library, day, name="ref:made-up-1"):
    """The document as a search as of `day` gives it."""
    search = CandidateSearch(library, CountingEmbedder())
    documents = [one.document for one in search.search(["steroids"], Filters(as_of=day)).found]
    return next((one for one in documents if one.id == name), None)


def listed(library, *notices):
    """Take in a made-up list of notices, each as kind and day."""
    rows = tuple(
        Notice(kind, ("ref:made-up-1",), f"doi:10.1/{kind.name}", day, "made up") for kind, day in notices
    )
    import_notices(library, "Made Up Watch", NoticeList(rows, 0, ""), date(2026, 11, 24))


def unsure(document):
    return any(note.text.startswith(STANDING_UNKNOWN) for note in document.notes)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2015, 5, 1), Status.CURRENT),
        (date(2016, 2, 1), Status.CONCERN),
        (date(2017, 6, 30), Status.RETRACTED),
        (date(2019, 1, 1), Status.CURRENT),
    ],
)
def test_a_listed_notice_counts_from_its_day(library, tmp_path, day, status):
    index(library, write(tmp_path / "a", paper(1, published=OLD)))
    listed(library, (BY, date(2017, 6, 30)), (REINSTATED, date(2018, 1, 1)))
    if status is Status.CONCERN:
        listed(library, (CONCERN, date(2016, 1, 1)), (BY, date(2017, 6, 30)))

    assert found(library, day).status is status
    assert not unsure(found(library, day))


def test_a_notice_that_is_a_document_counts_from_its_publication(library, tmp_path):
    notice = paper(2, published=PublicationDate(2014, 9), links=(Link(LinkKind.RETRACTS, "ref:made-up-1"),))
    index(library, write(tmp_path / "a", paper(1, published=OLD), notice))

    assert found(library, date(2014, 8, 31)).status is Status.CURRENT
    assert found(library, date(2014, 9, 30)).status is Status.RETRACTED


def test_on_a_day_on_which_a_notice_may_have_been_out_it_holds_and_that_is_said(library, tmp_path):
    notice = paper(
        2, published=PublicationDate(2014), links=(Link(LinkKind.RAISES_CONCERN, "ref:made-up-1"),)
    )
    index(library, write(tmp_path / "a", paper(1, published=OLD), notice))

    document = found(library, date(2014, 6, 1))

    assert (document.status, unsure(document)) == (Status.CONCERN, True)
    assert not unsure(found(library, date(2013, 12, 31)))


def test_the_day_of_what_a_record_says_without_one_is_taken_from_who_gives_it(library, tmp_path):
    marked = paper(1, published=OLD, links=(Link(BY, "doi:10.1/elsewhere"),))
    index(library, write(tmp_path / "a", marked))
    listed(library, (BY, date(2017, 6, 30)))

    document = found(library, date(2015, 1, 1))

    assert (document.status, document.links, unsure(document)) == (Status.CURRENT, (), False)


@pytest.mark.parametrize(
    "fields",
    [
        {"links": (Link(BY, "doi:10.1/elsewhere"),)},
        {"publication_types": ("Retracted Publication",)},
        {"title": "RETRACTED: Made-up study of steroids"},
        {"status": Status.RETRACTED},
    ],
)
def test_a_retraction_without_a_day_holds_and_that_is_said(library, tmp_path, fields):
    index(library, write(tmp_path / "a", paper(1, published=OLD, **fields)))

    document = found(library, date(2012, 1, 1))

    assert (document.status, unsure(document)) == (Status.RETRACTED, True)


def test_an_edition_is_superseded_from_the_day_of_the_next(library, tmp_path):
    after = paper(
        2, published=PublicationDate(2016, 4, 2), links=(Link(LinkKind.SUPERSEDES, "ref:made-up-1"),)
    )
    index(library, write(tmp_path / "a", paper(1, published=OLD), after))

    assert found(library, date(2016, 4, 1)).status is Status.CURRENT
    assert found(library, date(2016, 4, 2)).status is Status.SUPERSEDED
    assert found(library, date(2016, 4, 1), "ref:made-up-2") is None


def test_a_preprint_is_superseded_from_the_day_on_which_it_was_published(library, tmp_path):
    preprint = paper(1, published=OLD, links=(Link(LinkKind.PREPRINT_OF, "ref:made-up-2"),))
    index(library, write(tmp_path / "a", preprint, paper(2, published=PublicationDate(2011, 1, 1))))

    assert found(library, date(2010, 12, 31)).status is Status.CURRENT
    assert found(library, date(2011, 1, 1)).status is Status.SUPERSEDED


@pytest.mark.parametrize(
    ("kind", "said"),
    [(BY, "retracted (2017-06-30)"), (CONCERN, "put in doubt by an expression of concern (2017-06-30)")],
)
def test_that_it_was_retracted_or_doubted_since_is_said(library, tmp_path, kind, said):
    index(library, write(tmp_path / "a", paper(1, published=OLD)))
    listed(library, (kind, date(2017, 6, 30)))

    before, after = (found(library, date(2017, 6, day)) for day in (29, 30))

    assert [note.text for note in before.notes] == [f"{STANDING_SINCE} {said}"]
    assert after.notes == ()


def test_a_correction_since_is_not_said(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, published=OLD)))
    listed(library, (CORRECTED, date(2017, 6, 30)))

    assert found(library, date(2015, 1, 1)).notes == ()


def test_a_document_without_a_notice_is_as_it_is(library, tmp_path):
    index(library, write(tmp_path / "a", paper(1, published=OLD)))

    assert found(library, date(2015, 1, 1)) == found(library, date(2026, 11, 24))


_KINDS = st.sampled_from([BY, CONCERN, CORRECTED, REINSTATED, SUPERSEDED])
_DAYS = st.dates(date(2011, 1, 1), date(2020, 1, 1))


@settings(max_examples=12, deadline=None)
@given(
    own=st.lists(_KINDS, max_size=2),
    stated=st.sampled_from(Status),
    dated=st.lists(st.tuples(_KINDS, _DAYS), max_size=4),
)
def test_today_everything_stands_as_it_does_without_a_day(tmp_path_factory, own, stated, dated):
    folder = tmp_path_factory.mktemp("as-of")
    library = Library(folder / "library")
    links = tuple(Link(kind, f"doi:10.2/{n}") for n, kind in enumerate(own))
    index(library, write(folder / "a", paper(1, published=OLD, links=links, status=stated)))
    listed(library, *dated)

    assert found(library, date(2026, 11, 24)).status is library.document("ref:made-up-1").status
