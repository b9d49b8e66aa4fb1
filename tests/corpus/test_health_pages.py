"""Facts of the reader of health pages. Pages written here are made up."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus import health_pages
from rag.errors import UnreadableInput
from rag.types import Document

MADE_UP = """<?xml version="1.0" encoding="UTF-8"?>
<Document id="0000007" source="Made-up" url="https://made.up/gout">
<Focus>Gout</Focus>
<QAPairs>
<QAPair pid="1"><Question qid="7-1" qtype="causes">What causes Gout? ?</Question>
<Answer>Crystals of urate &lt;5 microns.

   - red meat
   - beer</Answer></QAPair>
<QAPair pid="2"><Question qid="7-2">How to prevent Gout ?</Question><Answer> </Answer></QAPair>
</QAPairs>
</Document>"""

WITH_AN_ENTITY = '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + MADE_UP[39:].replace(
    "red meat", "&x; meat"
)


def read(page: str) -> Document:
    (document,) = health_pages.read(io.BytesIO(page.encode()), "gout.xml")
    assert isinstance(document, Document)
    return document


def test_a_page_becomes_a_document_with_its_focus_source_and_address() -> None:
    document = read(MADE_UP)

    assert document.id == "ref:medquad/Made-up/0000007"
    assert (document.title, document.journal, document.url) == ("Gout", "Made-up", "https://made.up/gout")


def test_a_question_heads_its_answer_and_an_empty_answer_is_left_out() -> None:
    (section,) = read(MADE_UP).sections

    assert section.heading == "What causes Gout?"
    assert section.text == "Crystals of urate <5 microns.\n\nred meat\n\nbeer"


def test_only_pages_of_the_collection_look_like_it() -> None:
    assert health_pages.looks_like(MADE_UP.encode())
    assert not health_pages.looks_like(b"<PubmedArticleSet></PubmedArticleSet>")
    assert not health_pages.looks_like(b'<Document xmlns="urn:else"><Body/></Document>')


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (MADE_UP.replace('source="Made-up"', ""), "lacks an id, a source or a focus"),
        (MADE_UP.replace("</QAPairs>", ""), "not well-formed"),
        ('<Document id="1" source="A"><Focus>Gout</Focus><QAPairs/></Document>', "no answer"),
        (WITH_AN_ENTITY, "entity"),
    ],
)
def test_a_page_that_cannot_be_used_says_why(page: str, fault: str) -> None:
    with pytest.raises(UnreadableInput, match=fault):
        read(page)


NO_FOCUS = {
    "0000199": "how vaccines prevent disease",
    "0000423": "what is staphylococcus aureus?",
    "0000424": "what is vancomycin-resistant enterococci?",
}
"""Title of the pages without a focus: their first question that was written without one."""


def test_every_page_of_the_sample_is_read_with_all_its_words(shared: Path) -> None:
    """Each field and word is held against a plain parse by another library."""
    pages = sorted((shared / "data/liveqa_medquad/xml").glob("*/*.xml"))

    for page in pages:
        with page.open("rb") as stream:
            (document,) = health_pages.read(stream, str(page))
        root = ET.parse(page).getroot()
        answers = [pair.findtext("Answer") or "" for pair in root.iter("QAPair")]
        expected = [word for answer in answers for word in answer.split() if word not in {"-", "*"}]
        found = [word for section in document.sections for word in section.text.split()]
        assert [word for word in found if word not in {"-", "*"}] == expected
        assert document.title == " ".join((root.findtext("Focus") or NO_FOCUS[root.get("id")]).split())
        assert document.url == root.get("url")
        assert document.journal == root.get("source")
        assert document.id.endswith(f"/{root.get('id') or root.get('fid')}")
        assert len(document.sections) == sum(bool(answer.strip()) for answer in answers)
    assert len(pages) == 147
