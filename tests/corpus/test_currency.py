"""Whether a document still stands. All records here are made up."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.currency import OWN_RECORD, Said, said_by_itself, standing, status_of
from rag.types import Document, Link, LinkKind, Status


def paper(*kinds: LinkKind, title: str = "A made-up paper", types: tuple[str, ...] = ()) -> Document:
    links = tuple(Link(kind, "pmid:2") for kind in kinds)
    return Document(
        id="pmid:1", title=title, sections=(), aliases=("doi:10.1/one",), publication_types=types, links=links
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (LinkKind.RETRACTED_BY, Status.RETRACTED),
        (LinkKind.CONCERN_BY, Status.CONCERN),
        (LinkKind.SUPERSEDED_BY, Status.SUPERSEDED),
        (LinkKind.CORRECTED_BY, Status.CORRECTED),
        (LinkKind.REPUBLISHED_AS, Status.CURRENT),
        (LinkKind.COMMENT_ON, Status.CURRENT),
        (LinkKind.PREPRINT_OF, Status.CURRENT),
        (LinkKind.RETRACTS, Status.CURRENT),
        (LinkKind.RAISES_CONCERN, Status.CURRENT),
        (LinkKind.CORRECTS, Status.CURRENT),
        (LinkKind.SUPERSEDES, Status.CURRENT),
    ],
)
def test_its_own_links_tell_its_status(kind: LinkKind, status: Status) -> None:
    assert status_of(paper(kind), ()) is status


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (LinkKind.RETRACTS, Status.RETRACTED),
        (LinkKind.RAISES_CONCERN, Status.CONCERN),
        (LinkKind.SUPERSEDES, Status.SUPERSEDED),
        (LinkKind.CORRECTS, Status.CORRECTED),
        (LinkKind.COMMENT_ON, Status.CURRENT),
        (LinkKind.RETRACTED_BY, Status.CURRENT),
        (LinkKind.SUPERSEDED_BY, Status.CURRENT),
    ],
)
def test_links_of_others_tell_its_status(kind: LinkKind, status: Status) -> None:
    assert status_of(paper(), [Link(kind, "pmid:1")]) is status


def test_a_link_to_an_alias_counts() -> None:
    assert status_of(paper(), [Link(LinkKind.RETRACTS, "doi:10.1/one")]) is Status.RETRACTED


@pytest.mark.parametrize("target", ["pmid:3", "Lancet 2020;1:1", "A made-up paper"])
def test_links_to_others_do_not_matter(target: str) -> None:
    assert status_of(paper(), [Link(LinkKind.RETRACTS, target)]) is Status.CURRENT


def test_the_gravest_status_wins() -> None:
    kinds = [LinkKind.CORRECTED_BY, LinkKind.SUPERSEDED_BY, LinkKind.CONCERN_BY, LinkKind.RETRACTED_BY]

    statuses = [status_of(paper(*kinds[:count]), ()) for count in (4, 3, 2, 1)]

    assert statuses == [Status.RETRACTED, Status.CONCERN, Status.SUPERSEDED, Status.CORRECTED]


def test_a_reinstatement_undoes_a_retraction_and_nothing_else() -> None:
    again = paper(LinkKind.RETRACTED_BY, LinkKind.REINSTATED_BY, types=("Retracted Publication",))
    corrected = paper(LinkKind.RETRACTED_BY, LinkKind.CORRECTED_BY)

    assert status_of(again, [Link(LinkKind.RETRACTS, "pmid:1")]) is Status.CURRENT
    assert status_of(corrected, [Link(LinkKind.REINSTATES, "pmid:1")]) is Status.CORRECTED


@pytest.mark.parametrize(
    "title", ["RETRACTED: a made-up paper", "Retracted article: a paper", "WITHDRAWN: a review"]
)
def test_a_title_that_says_so_is_believed(title: str) -> None:
    assert status_of(paper(title=title), ()) is Status.RETRACTED


@pytest.mark.parametrize(
    "title", ["Retracted tongues in infants", "Withdrawn patients of trials", "Not retracted: x"]
)
def test_a_title_on_another_retraction_is_not_marked(title: str) -> None:
    assert status_of(paper(title=title), ()) is Status.CURRENT


def test_a_notice_of_retraction_is_not_retracted_by_its_title() -> None:
    notice = paper(
        LinkKind.RETRACTS, title="Retracted: a made-up paper", types=("Retraction of Publication",)
    )

    assert status_of(notice, ()) is Status.CURRENT


def test_the_type_of_the_record_is_enough() -> None:
    assert status_of(paper(types=("Journal Article", "Retracted Publication")), ()) is Status.RETRACTED


def said(kind: LinkKind, year: int | None = None) -> Said:
    return Said(kind, "pmid:9", "a made-up list", date(year, 1, 1) if year else None)


@pytest.mark.parametrize(
    ("retracted", "reinstated", "status"),
    [
        (2019, 2020, Status.CURRENT),
        (2020, 2020, Status.CURRENT),
        (2021, 2020, Status.RETRACTED),
        (None, 2020, Status.CURRENT),
        (2021, None, Status.CURRENT),
    ],
)
def test_a_retraction_after_the_reinstatement_holds(retracted, reinstated, status) -> None:
    both = [said(LinkKind.RETRACTED_BY, retracted), said(LinkKind.REINSTATED_BY, reinstated)]

    assert standing(paper(), both) is standing(paper(), both[::-1]) is status


def test_a_concern_outlasts_a_reinstatement() -> None:
    kinds = (LinkKind.RETRACTED_BY, LinkKind.CONCERN_BY, LinkKind.REINSTATED_BY)

    assert standing(paper(), [said(kind) for kind in kinds]) is Status.CONCERN


def test_what_its_own_record_says_is_told_apart() -> None:
    by_link = list(said_by_itself(paper(LinkKind.CORRECTED_BY, LinkKind.COMMENT_ON)))
    by_type = list(said_by_itself(paper(types=("Retracted Publication",))))

    assert [(one.kind, one.notice, one.source) for one in by_link] == [
        (LinkKind.CORRECTED_BY, "pmid:2", OWN_RECORD)
    ]
    assert [(one.kind, one.notice) for one in by_type] == [(LinkKind.RETRACTED_BY, "")]
