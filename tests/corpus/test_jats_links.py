"""What a JATS article is, and what it says of others. All articles are made up."""

from __future__ import annotations

import pytest
from lxml import etree

from corpus.currency import status_of
from corpus.jats_links import links, publication_types
from corpus.jats_record import document
from rag.types import Design, Link, LinkKind, Status

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def article(kind: str, meta: str = "", body: str = "") -> etree._Element:
    return etree.fromstring(
        f'<article {XLINK} article-type="{kind}"><front><article-meta><article-id pub-id-type="pmid">1</article-id>'
        f"<title-group><article-title>A made-up title</article-title></title-group>{meta}</article-meta></front>"
        f"<body><p>Words.{body}</p></body><sub-article><front-stub>{related('retracted-article', '10.1234/sub')}"
        "</front-stub></sub-article></article>"
    )


def related(kind: str, target: str = "10.1234/other", address: str = "doi", more: str = "") -> str:
    return f'<related-article related-article-type="{kind}" ext-link-type="{address}" xlink:href="{target}" {more}/>'


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("retraction", "retracted-article", LinkKind.RETRACTS),
        ("retraction", "companion", LinkKind.RETRACTS),
        ("partial-retraction", "partial-retraction", LinkKind.RAISES_CONCERN),
        ("expression-of-concern", "object-of-concern", LinkKind.RAISES_CONCERN),
        ("correction", "corrected-article", LinkKind.CORRECTS),
        ("correction", "erratum", LinkKind.CORRECTS),
        ("addendum", "addended-article", LinkKind.CORRECTS),
        ("article-commentary", "commentary-article", LinkKind.COMMENT_ON),
        ("research-article", "retraction-forward", LinkKind.RETRACTED_BY),
        ("research-article", "expression-of-concern", LinkKind.CONCERN_BY),
        ("research-article", "correction-forward", LinkKind.CORRECTED_BY),
        ("research-article", "updated-article", LinkKind.SUPERSEDES),
        ("other", "reinstated-article", LinkKind.REINSTATES),
    ],
)
def test_related_articles_are_links_in_the_right_direction(kind: str, name: str, said: LinkKind) -> None:
    assert links(article(kind, related(name))) == (Link(said, "doi:10.1234/other"),)


@pytest.mark.parametrize(
    "name", ["companion", "commentary", "article-reference", "peer-reviewed-article", ""]
)
def test_what_says_nothing_of_standing_is_no_link(name: str) -> None:
    assert links(article("research-article", related(name))) == ()


@pytest.mark.parametrize(
    ("given", "target"),
    [
        (related("corrected-article", "12345", "pubmed"), "pmid:12345"),
        (related("corrected-article", "123", "pmc"), "pmcid:PMC123"),
        (related("corrected-article", "info:doi/10.1234/x", "uri"), "doi:10.1234/x"),
        (related("corrected-article", "", "pmc", 'journal-id="J Test" vol="5" page="9"'), "J Test 5:9"),
        (
            "<related-article related-article-type='corrected-article'>A paper of 1999</related-article>",
            "A paper of 1999",
        ),
    ],
)
def test_the_target_is_an_id_else_its_citation(given: str, target: str) -> None:
    assert links(article("correction", given)) == (Link(LinkKind.CORRECTS, target),)


def test_a_notice_may_name_its_target_in_its_text() -> None:
    assert links(article("correction", "", related("corrected-article"))) == (
        Link(LinkKind.CORRECTS, "doi:10.1234/other"),
    )
    assert links(article("research-article", "", related("corrected-article"))) == ()


def test_a_retraction_notice_is_not_retracted_and_its_target_is() -> None:
    notice = document(article("retraction", related("retracted-article", "2", "pubmed")), "x")
    paper = document(article("research-article"), "x")

    assert (notice.design, notice.status, notice.level) == (Design.NOTICE, Status.CURRENT, None)
    assert status_of(paper, ()) is Status.CURRENT
    assert status_of(paper, (Link(LinkKind.RETRACTS, "pmid:1"),)) is Status.RETRACTED


def test_an_article_that_names_its_retraction_is_retracted() -> None:
    assert (
        document(article("research-article", related("retraction-forward")), "x").status is Status.RETRACTED
    )


@pytest.mark.parametrize(
    ("kind", "heading", "types"),
    [
        ("research-article", "Study Protocol", ("Journal Article", "Clinical Trial Protocol")),
        ("review-article", "Systematic review", ("Journal Article", "Review", "Systematic Review")),
        ("retraction", "Retraction", ("Retraction of Publication",)),
        ("other", "Whatever", ()),
    ],
)
def test_types_come_from_the_article_and_the_heading_it_is_printed_under(
    kind: str, heading: str, types: tuple[str, ...]
) -> None:
    group = '<article-categories><subj-group subj-group-type="{}"><subject>{}</subject></subj-group></article-categories>'

    assert publication_types(article(kind, group.format("heading", heading))) == types
    assert "Guideline" not in publication_types(article(kind, group.format("Discipline-v3", "Guidelines")))
