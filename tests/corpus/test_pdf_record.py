"""What the first page and the metadata of a PDF tell of its document. All papers here are made up."""

from __future__ import annotations

import io

import pytest
from made_up_pdf import At, column, pdf

from corpus import pdf as reader
from corpus.pdf_people import written
from rag.types import Design, Document, PublicationDate, Status

BODY = [
    "The trial of dromedaril took place in nine hospitals",
    "of the north, where cramps are common in winter and",
    "rarely treated. Patients took the tablets at night and",
    "told us a week later how they had slept, and whether",
    "they had to rise. None of them was told what they had",
    "been given, and none of us knew it before the end of",
    "the year in which the last of them had been asked.",
]
OWN = "https://doi.org/10.5555/made.up.1"


def read(*front: str, below: tuple[str, ...] = (), xmp: str = "") -> Document:
    """The document of a page with lines above its title, lines below it, and metadata."""
    page = [At(60, 780 - 14 * place, line, 9) for place, line in enumerate(front)]
    page += [At(60, 700, "Dromedaril for cramps", 18)]
    page += [At(60, 660 - 24 * place, line) for place, line in enumerate(below)]
    page += column(60, 500, BODY)
    whole = pdf([page]).getvalue()
    if xmp:
        packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{xmp}</x:xmpmeta>'.encode()
        whole += b"\n" + packet + b"\n" + whole[whole.rindex(b"startxref") :]
    document = next(iter(reader.read(io.BytesIO(whole), "made-up.pdf")))
    assert isinstance(document, Document)
    assert document.title == "Dromedaril for cramps"
    return document


def xmp(doi: str = "10.5555/made.up.1") -> str:
    return f"""
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
    <rdf:Description rdf:about="" prism:publicationName="Journal of Made-up Medicine">
    <dc:creator><rdf:Seq><rdf:li>Ada Mu</rdf:li><rdf:li>Ben van der Nu</rdf:li></rdf:Seq></dc:creator>
    <prism:doi>{doi}</prism:doi><prism:coverDate>2021-03-07</prism:coverDate>
    </rdf:Description></rdf:RDF>"""


@pytest.mark.parametrize(
    "line",
    [
        OWN,
        f"J Made Up Med. 2021;3:1-9. {OWN}",
        f"Cite this article as: Mu A, Nu B. Dromedaril for cramps. J Made Up Med 2021. {OWN}",
    ],
)
def test_the_papers_own_doi_is_taken(line: str) -> None:
    assert read(line).id == "doi:10.5555/made.up.1"


@pytest.mark.parametrize(
    "line",
    [
        "This article corrects: https://doi.org/10.5555/other.1",
        "Comment on: doi:10.5555/other.1",
        "See the editorial by Xi, https://doi.org/10.5555/other.1",
        "The data are deposited at https://doi.org/10.5281/zenodo.1",
        "Adapted from Xi et al., https://doi.org/10.5555/other.1",
        "1. Xi O. Cramps at night. J Made Up 2001;1:1. doi:10.5555/other.1",
    ],
)
def test_the_doi_of_another_work_is_not_taken_and_does_not_hide_the_own_one(line: str) -> None:
    assert read(line).id.startswith("sha256:")
    assert read(OWN, below=(line,)).id == "doi:10.5555/made.up.1"


def test_a_doi_that_the_end_of_a_line_may_have_cut_is_not_taken() -> None:
    """The half of a DOI is the DOI of something else."""
    page = [At(60, 700, "Dromedaril for cramps", 18), *column(60, 500, BODY)]
    page += column(
        60, 660, ["How to cite this paper about cramps: https://doi.org/10.5555/j.made.", "2021.05.012"]
    )

    document = next(iter(reader.read(pdf([page]), "made-up.pdf")))

    assert isinstance(document, Document)
    assert document.id.startswith("sha256:")


def test_a_doi_on_the_second_page_is_not_taken() -> None:
    second = [At(60, 700, OWN), *column(60, 600, [line.upper() + " SO" for line in reversed(BODY)])]

    document = next(iter(reader.read(pdf([column(60, 600, BODY), second]), "made-up.pdf")))

    assert isinstance(document, Document)
    assert document.id.startswith("sha256:")


def test_the_metadata_names_doi_authors_journal_and_date() -> None:
    document = read(xmp=xmp())

    assert document.id == "doi:10.5555/made.up.1"
    assert document.authors == ("Mu A", "van der Nu B")
    assert document.unverified_fields == ()
    assert document.journal == "Journal of Made-up Medicine"
    assert document.published == PublicationDate(2021, 3, 7)


def test_of_two_dois_of_the_metadata_the_one_on_the_first_page_is_taken() -> None:
    document = read(OWN, xmp=xmp() + xmp("10.5555/other.1"))

    assert document.id == "doi:10.5555/made.up.1"
    assert document.authors == ()


def test_metadata_that_the_first_page_contradicts_is_not_believed() -> None:
    """A file made from another one may still hold its metadata."""
    document = read(OWN, xmp=xmp("10.5555/other.1"))

    assert document.id.startswith("sha256:")
    assert document.authors == ()


def test_metadata_that_is_no_xml_is_passed_over() -> None:
    assert read(xmp="<a>10.5555/made.up.1<b>").id.startswith("sha256:")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Ada B. Mu, MD, Ole van der Nu, PhD, and Xi García-Pi",), ("Mu AB", "van der Nu O", "García-Pi X")),
        (("Prepared by", "Ada Mu, MD", "Ole Nu, PharmD, DrPH"), ("Mu A", "Nu O")),
        (("Ada Mu",), ()),
        (("Department of Cramps, University of the North",), ()),
        (("Acute Stroke, Chronic Pain",), ()),
        (("Ada Mu, professor of cramps, Ole Nu, nurse",), ()),
    ],
)
def test_names_below_the_title_are_authors_and_marked_as_read_from_print(
    lines: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    document = read(below=lines)

    assert document.authors == authors
    assert document.unverified_fields == (("authors",) if authors else ())


@pytest.mark.parametrize(
    ("name", "as_written"),
    [
        ("Ada B. Mu", "Mu AB"),
        ("Mu, Ada", "Mu A"),
        ("MUMU Ada", "Mumu A"),
        ("Ada Mu Jr.", "Mu A Jr."),
        ("Mu A", "Mu A"),
    ],
)
def test_a_name_is_written_family_first(name: str, as_written: str) -> None:
    assert written(name) == as_written


@pytest.mark.parametrize(
    ("label", "types", "design"),
    [
        ("REVIEW ARTICLE  Open Access", ("Review",), Design.NARRATIVE_REVIEW),
        ("Clinical Practice Guideline", ("Practice Guideline",), Design.GUIDELINE),
        ("Erratum", ("Published Erratum",), Design.NOTICE),
        ("A review of the review articles", (), Design.UNKNOWN),
    ],
)
def test_the_label_above_the_title_tells_the_type(label: str, types: tuple[str, ...], design: Design) -> None:
    document = read(label)

    assert document.publication_types == types
    assert document.design is design


def test_a_paper_that_is_stamped_retracted_is_retracted() -> None:
    assert read("RETRACTED ARTICLE").status is Status.RETRACTED


def test_correspondence_below_the_title_is_an_address_and_no_letter() -> None:
    assert read(below=("Correspondence",)).publication_types == ()


def test_a_date_within_the_text_is_not_that_of_the_paper() -> None:
    page = [
        At(60, 700, "Dromedaril for cramps", 18),
        *column(60, 500, [*BODY, "Published 3 June 2010. It was", *BODY]),
    ]

    document = next(iter(reader.read(pdf([page]), "made-up.pdf")))

    assert isinstance(document, Document)
    assert document.published is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 28 August 2024", PublicationDate(2024, 8, 28)),
        ("© 2011-2013 The Authors", PublicationDate(2013)),
        ("We looked at trials that were published 2010 and later.", None),
        ("Received 3 May 2018; accepted 4 June 2019", None),
    ],
)
def test_a_date_of_publication_is_said_to_be_one(line: str, date: PublicationDate | None) -> None:
    assert read(line).published == date
