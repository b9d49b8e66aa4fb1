"""Facts of the reader of web pages. Pages written here are made up."""

from __future__ import annotations

import io
import re
from datetime import date
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import html
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate

GUIDELINE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Cramps at night: management | Made-up Institute</title>
<meta name="citation_doi" content="10.5555/made.up.2"><meta name="citation_author" content="Doe, Jane Mary">
<meta name="citation_publication_date" content="2021/3/4"><meta property="og:site_name" content="Made-up Institute">
<meta property="article:modified_time" content="2022-01-02T10:00:00Z">
<link rel="canonical" href="https://made.up/cramps">
<script type="application/ld+json">{"@type": "MedicalWebPage", "headline": "Cramps", "datePublished": "2020-05-06"}</script>
</head><body>
<div class="cookie-banner"><p>We use cookies on this site.</p></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/a">Topics</a></li></ul></nav></header>
<main><h1>Cramps at night: management</h1>
<p>There were 3 x 10<sup>9</sup> cells in <b>all</b> of them<sup><a href="#r1">1</a></sup>; p &lt; 0.05.</p>
<h2>1.1 <button>Treatment</button></h2>
<p>Offer dromedaril to adults <img src="a.png" alt="Grade A recommendation"></p>
<h3>Doses</h3>
<table><tr><th>Age</th><th>Dose</th></tr><tr><td>Adults</td><td>5 mg</td></tr></table>
<ul><li>once a day</li><li>with water</li></ul>
<h2>References</h2><ol><li>Roe J. Other cramps. doi:10.5555/other.3</li></ol>
<h2>Update information</h2><p>Nothing has changed.</p></main>
<footer><p>All rights reserved.</p></footer><script>alert("boo")</script></body></html>"""


def read(page: str | bytes) -> Document:
    content = page.encode() if isinstance(page, str) else page
    (document,) = html.read(io.BytesIO(content), "made-up.html")
    assert isinstance(document, Document)
    return document


def text(document: Document) -> str:
    return "\n\n".join(section.text for section in document.sections)


def test_a_page_is_described_by_its_tags() -> None:
    document = read(GUIDELINE)

    assert document.id == "doi:10.5555/made.up.2"
    assert document.title == "Cramps at night: management"
    assert document.authors == ("Doe JM",)
    assert document.journal == "Made-up Institute"
    assert document.published == PublicationDate(2021, 3, 4)
    assert document.revised == date(2022, 1, 2)
    assert document.languages == ("eng",)
    assert document.url == "https://made.up/cramps"


def test_headings_grades_lists_and_tables_are_kept() -> None:
    sections = {section.heading: section.text for section in read(GUIDELINE).sections}

    assert sections["1.1 Treatment"] == "Offer dromedaril to adults Grade A recommendation"
    assert sections["1.1 Treatment / Doses"] == "Age: Adults; Dose: 5 mg\n\nonce a day\n\nwith water"


def test_a_raised_figure_stays_raised_and_a_mark_of_a_reference_goes() -> None:
    assert "There were 3 x 10⁹ cells in all of them; p < 0.05." in text(read(GUIDELINE))


@pytest.mark.parametrize("words", ["cookies", "Home", "rights reserved", "boo", "Roe J", "10.5555/other"])
def test_what_stands_around_the_text_is_left_out(words: str) -> None:
    assert words not in text(read(GUIDELINE))


def test_what_follows_the_bibliography_is_kept() -> None:
    assert "Nothing has changed." in text(read(GUIDELINE))


def test_a_page_without_an_id_has_the_id_of_its_content() -> None:
    page = "<html><body><h1>Cramps</h1><p>They pass.</p></body></html>"

    assert read(page).id == read(page + "\n").id
    assert read(page).id.startswith("sha256:")


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta charset="iso-8859-1"></head><body><p>naïve – “dose”</p></body></html>'.encode(
            "cp1252"
        ),
        "<html><body><p>naïve – “dose”</p></body></html>".encode("cp1252"),
        "<html><body><p>naïve – “dose”</p></body></html>".encode(),
        b"\xff\xfe" + "<html><body><p>naïve – “dose”</p></body></html>".encode("utf-16-le"),
    ],
)
def test_the_declared_encoding_holds(page: bytes) -> None:
    assert html.looks_like(page)
    assert text(read(page)) == "naïve – “dose”"


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<html><body><div id=app></div><script>draw()</script></body></html>", "has no text"),
        ("<div>{% include page.html title='Cramps' %}</div>", "is a template"),
        ("<html><body>" + "<div>" * 5000 + "words", "nests its elements"),
    ],
)
def test_a_page_that_cannot_be_used_says_why(page: str, fault: str) -> None:
    with pytest.raises(UnreadableInput, match=fault):
        read(page)


def test_only_web_pages_look_like_one() -> None:
    assert html.looks_like(GUIDELINE.encode())
    assert html.looks_like(b'<div xmlns="http://www.w3.org/1999/xhtml">x</div>')
    assert not html.looks_like(b'<?xml version="1.0"?><PubmedArticleSet/>')
    assert not html.looks_like(b"plain words about <html>")


WORDS = st.lists(
    st.text(st.characters(whitelist_categories=("Ll", "Lu", "Nd")), min_size=1, max_size=12),
    min_size=1,
    max_size=12,
)


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.sampled_from(["p", "li", "blockquote", "section", "div", "h3"]), WORDS),
        min_size=1,
        max_size=12,
    )
)
def test_no_word_of_a_paragraph_is_lost_and_no_tag_is_left(blocks: list[tuple[str, list[str]]]) -> None:
    body = "".join(
        f"<{tag}>{' <i>'.join(escape(word) for word in words)}{'</i>' * (len(words) - 1)}</{tag}>"
        for tag, words in blocks
    )

    document = read(
        f"<html><body><main><p>Opening words.</p>{body}<p>Closing words.</p></main></body></html>"
    )

    found = f"{text(document)} {' '.join(section.heading for section in document.sections)} {document.title}".split()
    assert all(word in found for tag, words in blocks if tag != "h3" for word in words)
    assert "<" not in text(document)


@settings(max_examples=50)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_a_reason(content: bytes) -> None:
    try:
        document = read(b"<html>" + content)
    except UnreadableInput:
        return
    assert not re.search(r"<(?:script|p|div)\b", text(document), re.IGNORECASE)


def test_the_templates_beside_the_guideline_are_told_apart_from_pages(shared: Path) -> None:
    for file in (shared / "data/guidelines_pdf").glob("*.xml"):
        assert html.looks_like(file.read_bytes())
        with file.open("rb") as stream, pytest.raises(UnreadableInput, match="is a template"):
            list(html.read(stream, file.name))
