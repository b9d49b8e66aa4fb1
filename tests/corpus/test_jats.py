"""JATS XML. All articles are made up."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from corpus import jats
from corpus.passages import passages, text_of
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import DatePrecision, Design, Document

HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving DTD v1.2//EN" '
    '"JATS-archivearticle1.dtd">\n'
)
NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def article(
    meta: str = "",
    rest: str = "<body><p>Words.</p></body>",
    pmid: str = "1",
    kind: str = "research-article",
    lang: str = "en",
) -> str:
    if "<article-title>" not in meta:
        meta = f"<title-group><article-title>A made-up title</article-title></title-group>{meta}"
    own = f'<article-id pub-id-type="pmid">{pmid}</article-id>' if pmid else ""
    return (
        f'<article article-type="{kind}" xml:lang="{lang}" {NAMESPACES}><front><journal-meta><journal-title-group>'
        f"<journal-title>A Journal</journal-title></journal-title-group></journal-meta><article-meta>{own}{meta}"
        f"</article-meta></front>{rest}</article>"
    )


def read_text(text: str) -> list[Document | BadRecord]:
    assert jats.looks_like(text.encode()[: 64 * 2**10])
    return list(jats.read(io.BytesIO(text.encode()), "made-up.xml"))


def only(*args: str, **kwargs: str) -> Document:
    (found,) = read_text(HEAD + article(*args, **kwargs))
    assert isinstance(found, Document)
    return found


def named(found: list[Document | BadRecord]) -> list[str]:
    return [one.id if isinstance(one, Document) else f"bad: {one.where}" for one in found]


def date(kind: str, year: str, month: str = "", day: str = "") -> str:
    parts = "".join(
        f"<{tag}>{part}</{tag}>" for tag, part in (("day", day), ("month", month), ("year", year)) if part
    )
    return f"<pub-date {kind}>{parts}</pub-date>"


def test_only_ids_of_the_article_itself_are_its_ids() -> None:
    other = '<pub-id pub-id-type="pmid">99</pub-id><article-id pub-id-type="doi">10.1234/other</article-id>'
    related = (
        '<related-article related-article-type="companion" ext-link-type="doi" xlink:href="10.1234/other"/>'
    )
    rest = (
        f"<body><p>Words.</p></body><back><ref-list><ref><mixed-citation>{other}</mixed-citation></ref></ref-list></back>"
        f"<sub-article><front-stub>{other}</front-stub><front><article-meta>{other}</article-meta></front></sub-article>"
    )
    own = '<article-id pub-id-type="pmc">7</article-id><article-id pub-id-type="doi">10.1000/Own</article-id>'

    found = only(own + related, rest)

    assert (found.id, found.aliases) == ("pmid:1", ("doi:10.1000/Own", "pmcid:PMC7"))


@pytest.mark.parametrize(
    ("ids", "first"),
    [
        (
            '<article-id pub-id-type="pmcid">PMC12.1</article-id><article-id pub-id-type="pmcaid">99</article-id>',
            "pmcid:PMC12",
        ),
        ('<article-id pub-id-type="doi">https://doi.org/10.1000/x</article-id>', "doi:10.1000/x"),
    ],
)
def test_ids_are_written_in_one_way(ids: str, first: str) -> None:
    found = only(ids, pmid="")

    assert (found.id, found.aliases) == (first, ())


def test_an_article_without_ids_is_known_by_its_content() -> None:
    assert only(pmid="").id == only(pmid="").id
    assert only(pmid="").id.startswith("sha256:")


@pytest.mark.parametrize(
    ("given", "known"),
    [
        (date('pub-type="ppub"', "2016", "3") + date('pub-type="epub"', "2015", "12", "30"), "2016-03"),
        (date('pub-type="collection"', "2015") + date('pub-type="epub"', "2015", "12", "30"), "2015-12-30"),
        (date('date-type="pub" publication-format="electronic"', "2020", "Feb", "31"), "2020-02"),
        (date('pub-type="pmc-release"', "2019", "1", "1") + date('pub-type="epub"', "2018"), "2018"),
        (
            '<pub-date iso-8601-date="2021-05-06" date-type="pub"><string-date>May</string-date></pub-date>',
            "2021-05-06",
        ),
        (date('pub-type="ppub"', "2012", "Spring"), "2012"),
    ],
)
def test_the_date_is_that_of_the_issue_unless_the_electronic_one_says_more(given: str, known: str) -> None:
    assert str(only(given).published) == known


def test_a_date_says_how_much_is_known() -> None:
    assert only("").published is None
    published = only(date('pub-type="ppub"', "2016", "3")).published
    assert published is not None
    assert published.precision is DatePrecision.MONTH


def test_authors_are_names_and_groups_in_order_without_editors_and_members() -> None:
    person = (
        "<contrib contrib-type='{}'><name><surname>{}</surname><given-names>{}</given-names></name></contrib>"
    )
    group = (
        "<contrib contrib-type='author'><collab>The Made-up Group<contrib-group>"
        f"{person.format('author', 'Member', 'Ann')}</contrib-group></collab></contrib>"
    )
    people = person.format("author", "Doe", "Jean-Paul Q.") + person.format("author", "Roe", "AB") + group

    found = only(f"<contrib-group>{people}{person.format('editor', 'Chief', 'Ed')}</contrib-group>")

    assert found.authors == ("Doe JPQ", "Roe AB", "The Made-up Group")


def test_what_a_reference_needs_is_read() -> None:
    found = only(
        "<volume>5</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>"
        "<kwd-group><kwd>pain</kwd></kwd-group><kwd-group kwd-group-type='MeSH'><kwd>Humans</kwd></kwd-group>"
    )

    assert (found.journal, found.volume, found.issue, found.pages) == ("A Journal", "5", "2", "10-19")
    assert (found.keywords, found.mesh_terms, found.languages) == (("pain",), ("Humans",), ("eng",))


@pytest.mark.parametrize(
    ("permissions", "licence"),
    [
        (
            '<license xlink:href="https://creativecommons.org/licenses/by-nc/4.0/"><license-p>Open.</license-p></license>',
            "CC BY-NC 4.0",
        ),
        (
            '<license><p>See <ext-link xlink:href="http://creativecommons.org/publicdomain/zero/1.0/">it</ext-link></p></license>',
            "CC0 1.0",
        ),
        ("<license><p>the Creative Commons Attribution Non-Commercial License</p></license>", "CC BY-NC"),
        ('<license license-type="CC BY"><p>Free.</p></license>', "CC BY"),
        ("<copyright-statement>© 2020 Nobody</copyright-statement>", "© 2020 Nobody"),
    ],
)
def test_a_licence_has_one_name(permissions: str, licence: str) -> None:
    assert only(f"<permissions>{permissions}</permissions>").licence == licence


def test_the_trials_number_is_the_one_of_the_abstract_else_where_registration_is_spoken_of() -> None:
    mine = "<p>The trial was registered as NCT00000479.</p>"
    others = "<p>An earlier trial (NCT00000480) failed.</p>"

    assert only(f"<abstract>{mine}</abstract>", f"<body>{others}</body>").registry == "NCT00000479"
    assert only("", f"<body>{mine}{'<p>Words.</p>' * 60}{others}</body>").registry == "NCT00000479"
    assert only("", f"<body>{others}</body>").registry is None
    titled = "<title-group><article-title>A trial [ISRCTN12345678]</article-title></title-group>"
    assert only(titled, f"<body>{others}</body>").registry == "ISRCTN12345678"


def test_the_design_is_judged_by_the_abstract_and_not_by_what_is_said_of_others() -> None:
    others = "<body><sec><title>Discussion</title><p>We did a systematic review; a case report agreed.</p></sec></body>"
    own = "<body><sec><title>Methods</title><sec><title>Study design</title><p>This was a randomised trial.</p></sec></sec></body>"
    abstract = "<abstract><p>We studied pain.</p></abstract>"

    assert only(abstract, others).design is Design.UNKNOWN
    found = only(abstract, own)
    assert (found.design, found.level_inferred) == (Design.RANDOMISED_TRIAL, True)


def test_passages_come_from_sections_and_their_offsets_hold() -> None:
    sections = "".join(
        f"<sec><title>Part {n}</title><p>{f'Sentence {n} says it. ' * 60}</p></sec>" for n in range(3)
    )
    found = only("<abstract><p>We studied pain.</p></abstract>", f"<body>{sections}</body>")

    cut = passages(found)

    assert {one.section for one in cut} == {"Abstract", "Part 0", "Part 1", "Part 2"}
    assert all(text_of(found)[one.start : one.end] == one.text for one in cut)


def test_a_set_is_read_an_article_at_a_time_and_a_bad_one_costs_only_itself() -> None:
    bad = "<article article-type='x'><front/></article>"

    found = read_text(f"<pmc-articleset>{article(pmid='1')}{bad}{article(pmid='3')}</pmc-articleset>")

    assert named(found) == ["pmid:1", "bad: article 2", "pmid:3"]


@pytest.mark.parametrize(
    "broken",
    [
        article(pmid="2").replace("</article-title>", ""),
        article(pmid="2").replace("Words", "A & B"),
        article(pmid="2").removesuffix("</article>"),
    ],
)
def test_articles_after_a_fault_of_the_xml_are_read(broken: str) -> None:
    found = read_text(f"<pmc-articleset>{article(pmid='1')}{broken}{article(pmid='3')}</pmc-articleset>")

    assert named(found) == ["pmid:1", "bad: article 2", "pmid:3"]


def test_namespaced_articles_are_read() -> None:
    plain = article().replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ')
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1j:", article()).replace(
        "<j:article ", '<j:article xmlns:j="urn:jats" '
    )

    for text in (plain, prefixed, f"<OAI-PMH xmlns='urn:oai'><record>{plain}</record></OAI-PMH>"):
        assert named(read_text(text)) == ["pmid:1"]


def test_an_entity_of_the_standard_is_its_character_and_no_other_is_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    standard = article("", "<body><p>5 &micro;g</p></body>")
    declared = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY micro "k">]>'

    (found,) = read_text(HEAD + standard)
    refused = [*read_text(declared + standard), *read_text(declared + standard.replace("micro", "x"))]

    assert isinstance(found, Document)
    assert found.sections[0].text == "5 µg"
    assert all(isinstance(one, BadRecord) and "entity" in one.reason.lower() for one in refused)


def test_an_entity_bomb_ends_at_once() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE article [<!ENTITY l0 "ha">{laughs}]>'

    (found,) = read_text(head + article("", "<body><p>&l9;</p></body>"))

    assert isinstance(found, BadRecord)


def test_elements_nested_without_end_cost_only_their_article() -> None:
    deep = "<body>" + "<sec>" * 240 + "<p>x</p>" + "</sec>" * 240 + "</body>"
    deepest = f"<body><p>{'<bold>' * 3000}x{'</bold>' * 3000}</p></body>"

    assert named(read_text(article("", deep))) == ["pmid:1"]
    try:
        found = read_text(article("", deepest))
    except UnreadableInput:
        return
    assert all(isinstance(one, BadRecord) for one in found)


@pytest.mark.parametrize(
    "head",
    [
        "<html><body><article>words</article></body></html>",
        '<article xmlns="http://docbook.org/ns/docbook" version="5.0"><title>JATS</title></article>',
        "<article><h1>A page</h1></article>",
        "<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>",
        "plain words",
        "",
    ],
)
def test_other_markup_is_not_taken_for_an_article(head: str) -> None:
    assert not jats.looks_like(head.encode())


def test_a_file_without_articles_is_an_error() -> None:
    with pytest.raises(UnreadableInput, match="no JATS article"):
        list(jats.read(io.BytesIO(b"<pmc-articleset/>"), "made-up.xml"))
