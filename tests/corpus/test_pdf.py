"""Facts of the reader of PDFs. Documents written here are made up."""

from __future__ import annotations

import io
import time
import tracemalloc
from pathlib import Path

import pytest
from made_up_pdf import At, column, pdf

from corpus import pdf as reader
from corpus.passages import passages
from rag.errors import UnreadableInput
from rag.types import Design, Document, PublicationDate

LEFT = [
    "The trial of dromedaril took place in nine hospitals",
    "of the north, where cramps are common in winter and",
    "rarely treated. Patients took the beta-",
    "blocker at night, and the medi-",
    "cation was well tolerated by all of them during the",
    "whole of the first year. Some of the patients had to",
    "walk a long way to the hospital, and the doctors who",
    "saw them wrote down what they heard. This went on in",
]
RIGHT = [
    "the second year with fewer patients than in the first",
    "because many had moved away. A beta-blocker was given",
    "to all who stayed, and the medication was free. Those",
    "who left were asked by letter, and most of them wrote",
    "back within a month. The letters were read by two of",
    "us, who didn't know what the writers had been given.",
    "Where we disagreed, a third of us decided. This was",
    "needed in four cases only, all of them in the spring.",
]


def read(stream: io.BytesIO) -> Document:
    document = next(iter(reader.read(stream, "made-up.pdf")))
    assert isinstance(document, Document)
    return document


def text(document: Document) -> str:
    return "\n\n".join(section.text for section in document.sections)


def paper(**places: list[At]) -> io.BytesIO:
    first = [
        At(60, 740, "Dromedaril for cramps: a randomised trial", 18),
        At(60, 715, "https://doi.org/10.5555/made.up.1"),
        At(60, 690, "Methods", 12, "Helvetica-Bold"),
        *column(60, 670, LEFT),
        *column(320, 670, RIGHT),
    ]
    return pdf([first + places.get("more", []), *([places["second"]] if "second" in places else [])])


def test_columns_are_read_one_after_the_other() -> None:
    document = read(paper())

    assert "This went on in the second year with fewer patients" in text(document)


def test_a_hyphen_at_a_line_end_is_mended_and_one_of_the_word_is_kept() -> None:
    document = read(paper())

    assert "the medication was well tolerated" in text(document)
    assert "took the beta-blocker at night" in text(document)


def test_title_doi_and_heading_are_found() -> None:
    document = read(paper())

    assert document.title == "Dromedaril for cramps: a randomised trial"
    assert document.id == "doi:10.5555/made.up.1"
    assert document.design is Design.RANDOMISED_TRIAL
    assert "Methods" in [section.heading for section in document.sections]


def test_a_doi_of_the_bibliography_is_not_the_documents_own() -> None:
    page = [
        At(60, 740, "A letter about cramps", 18),
        *column(60, 700, RIGHT),
        At(60, 560, "References", 12, "Helvetica-Bold"),
        *column(60, 540, ["1. Doe J. Cramps at night. J Made Up 2001;1:1. doi:10.5555/other.1"]),
    ]

    document = read(pdf([page]))

    assert document.id.startswith("sha256:")
    assert "Doe J" not in text(document)


def test_two_dois_on_the_first_page_leave_it_without_one() -> None:
    page = [
        *column(60, 740, ["doi:10.5555/made.up.1 and doi:10.5555/made.up.2"]),
        *column(60, 700, RIGHT),
    ]

    assert read(pdf([page])).id.startswith("sha256:")


def furnished(number: int) -> list[At]:
    return [
        At(60, 780, f"Journal of Made-up Medicine 7 (2019) {number}"),
        *column(60, 700, [f"{line} {'abcdefgh'[number]}" for line in RIGHT]),
        At(300, 20, str(number + 40)),
    ]


def test_running_headers_and_page_numbers_are_dropped() -> None:
    document = read(pdf([furnished(number) for number in range(7)]))

    assert "Journal of Made-up Medicine" not in text(document)
    assert not any(str(number) in text(document) for number in range(40, 47))


def test_a_passage_knows_its_page() -> None:
    document = read(pdf([furnished(number) for number in range(7)]))

    cut = passages(document)

    assert cut[0].page == 1
    assert cut[-1].page == 6  # it begins on the last page but one
    assert [passage.page for passage in cut] == sorted(passage.page or 0 for passage in cut)


def test_figures_in_a_table_at_the_head_of_pages_are_kept() -> None:
    """A figure alone that repeats is no page number unless it counts the pages."""
    pages = [[At(60, 760, "120"), At(260, 760, "80"), *column(60, 700, RIGHT)] for _ in range(6)]

    assert text(read(pdf(pages))).count("120; 80") == 6


def test_a_raised_figure_stays_raised_after_a_figure_and_points_to_a_reference_after_a_word() -> None:
    page = [
        *column(60, 700, RIGHT),
        At(60, 500, "There were 3 x 10"),
        At(138, 504, "9", 6),
        At(145, 500, "cells in all of the patients"),
        At(266, 504, "12", 6),
    ]

    document = read(pdf([page]))

    assert "3 x 10⁹ cells in all of the patients" in text(document)
    assert "patients12" not in text(document)


def test_the_date_is_that_of_publication_and_not_of_receipt() -> None:
    page = [
        At(60, 740, "Dromedaril for cramps", 18),
        At(60, 715, "Received: 1 May 2018. Published online: 3 June 2019"),
        *column(60, 690, RIGHT),
    ]

    assert read(pdf([page])).published == PublicationDate(2019, 6, 3)


def test_a_file_without_text_is_said_to_be_a_scan() -> None:
    with pytest.raises(UnreadableInput, match="no text on its 2 pages: it is a scan"):
        list(reader.read(pdf([[], []]), "scan.pdf"))


def test_a_file_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)

    with pytest.raises(UnreadableInput, match="says that it has 3 pages"):
        list(reader.read(pdf([[], [], []]), "long.pdf"))


class Endless(io.RawIOBase):
    """Gives zeros for ever, after the start of a PDF."""

    def __init__(self) -> None:
        self.given = self.most_asked = 0

    def read(self, size: int = -1) -> bytes:
        self.most_asked = max(self.most_asked, size)
        self.given += size
        return b"%PDF-1.7" + bytes(size - 8)


def test_a_file_is_refused_as_soon_as_it_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST", 5 * 2**20)
    endless = Endless()

    with pytest.raises(UnreadableInput, match="has more than 5,242,880 bytes, too many for one PDF"):
        list(reader.read(endless, "endless.pdf"))

    assert endless.most_asked <= 2**20
    assert endless.given <= 6 * 2**20


def test_a_file_is_held_once() -> None:
    whole = paper().getvalue()
    large = io.BytesIO(whole + b"\n%" + bytes(32 * 2**20) + b"\n" + whole[whole.rindex(b"startxref") :])
    tracemalloc.start()

    document = read(large)

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert document.title == "Dromedaril for cramps: a randomised trial"
    assert most < 1.3 * len(large.getvalue())


def test_what_is_no_pdf_is_unreadable() -> None:
    with pytest.raises(UnreadableInput, match="is a damaged PDF"):
        list(reader.read(io.BytesIO(b"%PDF-1.7\nnothing"), "broken.pdf"))


def test_a_pdf_is_told_by_its_first_bytes() -> None:
    assert reader.looks_like(pdf([[]]).read(100))
    assert reader.looks_like(b"\n\n%PDF-1.4")
    assert not reader.looks_like(b"<html>%PD")


def test_each_hostile_file_gives_a_document_or_a_reason_in_time(shared: Path) -> None:
    files = sorted((shared / "data/sec_malformed").glob("pdf_*/*.pdf"))

    reasons = {}
    for file in files:
        started = time.monotonic()
        try:
            with file.open("rb") as stream:
                assert any(isinstance(found, Document) for found in reader.read(stream, file.name))
        except UnreadableInput as error:
            reasons[file.name] = str(error)
        assert time.monotonic() - started < 10
    assert len(files) == 34
    assert sum("locked with a password" in reason for reason in reasons.values()) == 3


def test_the_guideline_is_read_with_its_headings_and_recommendations(shared: Path) -> None:
    with (shared / "data/guidelines_pdf/cdc_opioid_guideline_2022_draft.pdf").open("rb") as stream:
        document = read(io.BytesIO(stream.read()))

    headings = {section.heading.rpartition(" / ")[2] for section in document.sections}
    assert document.design is Design.GUIDELINE
    assert document.year == 2022
    assert {"Opioid selection and dosage", "Pregnant people", "Peer review"} <= headings
    assert text(document).count("recommendation category:") >= 12


def test_the_paper_of_two_columns_is_read_with_its_own_doi(shared: Path) -> None:
    with (shared / "data/guidelines_pdf/stt_2024_glp1r_review_ccby.pdf").open("rb") as stream:
        document = read(io.BytesIO(stream.read()))

    assert document.id == "doi:10.1038/s41392-024-01931-z"
    assert document.journal == "Signal Transduction and Targeted Therapy"
    assert document.year == 2024
    assert not any("References" in section.heading for section in document.sections)
