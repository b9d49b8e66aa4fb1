"""Scans: pages that are pictures of pages. All of them are made up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from made_up_pdf import At, column, pdf, scan

from corpus import pdf as reader
from corpus import pdf_scans
from corpus.isolation import IsolatedReader
from corpus.ocr import Picture, Recognised, Recogniser
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, NoteKind

BODY = [
    "The trial of dromedaril took place in nine hospitals",
    "of the north, where cramps are common in winter and",
    "rarely treated. Patients took 25 mg of it at night and",
    "told us a week later how they had slept, and whether",
    "they had to rise. None of them was told what they had",
    "been given, and none of us knew it before the end of",
    "the year in which the last of them had been asked.",
]
PAGE = [At(60, 740, "Dromedaril for cramps", 18), *column(60, 700, BODY)]
PICTURE: Picture = np.zeros((1, 1, 3), np.uint8)
WITHOUT_IT = "the extra `ocr` isn't installed: pip install 'vouch[ocr]'"


class Fake:
    """Reads the same lines on every picture: 100 pixels below each other, 30 high, on a picture 1,312 wide."""

    def __init__(self, *lines: str, confidence: float = 0.99, slope: float = 0.0) -> None:
        self.lines, self.confidence, self.slope, self.asked = lines, confidence, slope, 0

    def __call__(self, picture: Picture) -> Sequence[Recognised]:
        self.asked += 1
        return [self.line(place, text) for place, text in enumerate(self.lines)]

    def line(self, place: int, text: str) -> Recognised:
        left, top, right = 130.0, 300.0 + 40 * place, 900.0
        corners = [(left, top), (right, top), (right, top + 30), (left, top + 30)]
        uncertain = "smudge" in text
        return Recognised(
            text,
            tuple((x - y * self.slope, y + x * self.slope) for x, y in corners),
            0.3 if uncertain else self.confidence,
        )


def read(stream: io.BytesIO, recogniser: Recogniser | None) -> Document:
    document = next(iter(reader.read(stream, "scan.pdf", lambda: recogniser)))
    assert isinstance(document, Document)
    return document


def text(document: Document) -> str:
    return "\n\n".join(section.text for section in document.sections)


def test_the_words_of_a_scan_are_read_in_their_order_and_marked() -> None:
    document = read(scan(pdf([PAGE])), Fake(*BODY))

    assert "of the north, where cramps are common in winter and rarely treated." in text(document)
    assert [note.kind for note in document.notes] == [NoteKind.CAUTION]
    assert document.notes[0].text.startswith(
        "the words of page 1 were recognised on a scan and may be misread"
    )
    assert document.unverified_fields == ("title", "authors", "date", "text")


def test_a_line_that_cant_be_told_leaves_a_gap_that_is_seen() -> None:
    """Else a sentence would close over it and say what the page doesn't."""
    document = read(scan(pdf([PAGE])), Fake("Dromedaril for cramps", *BODY[:2], "not smudge", *BODY[3:]))

    assert "winter and [illegible] told us a week later" in text(document)
    assert "1 illegible lines are marked [illegible]" in document.notes[0].text


def test_an_id_on_a_scan_is_not_taken() -> None:
    """With one letter misread it would be that of another paper."""
    document = read(scan(pdf([PAGE])), Fake("https://doi.org/10.5555/made.up.1", "PMID: 1234", *BODY))

    assert document.id.startswith("sha256:")
    assert document.aliases == ()


def test_a_scan_that_lies_askew_is_made_level() -> None:
    """Else the lines of a column would begin at no common edge."""
    askew = pdf_scans.placed(Fake(*BODY, slope=0.03)(PICTURE), 2.0, 800)

    assert max(one.left for one in askew) - min(one.left for one in askew) < 0.1
    assert max(one.size for one in askew) - min(one.size for one in askew) < 0.1


def test_lines_of_one_print_have_one_size_and_a_heading_a_larger_one() -> None:
    """A box is as high as the letters of its line reach."""
    heights = (30.0, 34.0, 27.0, 31.0, 75.0)
    lines = [
        Recognised(
            "words",
            ((0, 100 * place), (90, 100 * place), (90, 100 * place + high), (0, 100 * place + high)),
            1.0,
        )
        for place, high in enumerate(heights)
    ]

    sizes = [one.size for one in pdf_scans.placed(lines, 1.0, 800)]

    assert sizes[:4] == [31.0] * 4
    assert sizes[4] > 1.5 * 31.0


def test_a_picture_under_a_layer_of_text_is_not_recognised_again() -> None:
    fake = Fake("Other words")

    document = read(layered(), fake)

    assert fake.asked == 0
    assert "Patients took 25 mg of it at night" in text(document)
    assert document.notes == ()


def test_letters_that_are_drawn_and_not_written_are_recognised() -> None:
    """A page without text and without a picture may be drawn in lines."""
    assert "Patients took 25 mg" in text(read(pdf([[]]), Fake(*BODY)))


def test_without_the_extra_a_scan_is_refused_with_its_name() -> None:
    with pytest.raises(UnreadableInput, match=r"no text on its 1 page: .*pip install 'vouch\[ocr\]'"):
        read(scan(pdf([PAGE])), None)


@pytest.mark.parametrize("lines", [(), ("■", "12"), ("smudge", "smudge", "A word")])
def test_a_scan_without_words_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableInput, match="no words could be recognised on it"):
        read(scan(pdf([PAGE])), Fake(*lines))


def layered() -> io.BytesIO:
    """A page that is a picture, with its words over it."""
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf([PAGE]))
    page, picture = file[0], pypdfium2.PdfImage.new(file)
    picture.set_bitmap(page.render(scale=1))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(picture)
    page.gen_content()
    page.close()
    made = io.BytesIO()
    file.save(made)
    file.close()
    made.seek(0)
    return made


def mixed() -> io.BytesIO:
    """A page of text and a page that is a picture."""
    import pypdfium2

    file = pypdfium2.PdfDocument(pdf([PAGE]))
    picture = pypdfium2.PdfDocument(scan(pdf([PAGE])))
    file.import_pages(picture)
    made = io.BytesIO()
    file.save(made)
    picture.close()
    file.close()
    made.seek(0)
    return made


def test_only_the_pages_that_are_pictures_are_recognised() -> None:
    fake = Fake("These words were on the second page.")

    document = read(mixed(), fake)

    assert fake.asked == 1
    assert "These words were on the second page." in text(document)
    assert "the words of page 2 were recognised" in document.notes[0].text
    assert document.unverified_fields == ("text",)


def test_a_picture_that_is_not_read_is_said() -> None:
    document = read(mixed(), None)

    assert [note.text for note in document.notes] == [
        "page 2 is a picture and not read; install what reads pictures of pages: pip install 'vouch[ocr]'"
    ]
    assert document.unverified_fields == ()


def test_a_document_without_pictures_asks_for_no_recogniser() -> None:
    def never() -> Recogniser | None:
        raise AssertionError

    assert next(iter(reader.read(pdf([PAGE]), "text.pdf", never)))


def test_pages_are_recognised_until_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans, "LONGEST", 0.0)

    document, left = reader.read(scan(pdf([PAGE, PAGE, PAGE])), "scan.pdf", lambda: Fake(*BODY))

    assert isinstance(document, Document)
    assert "the words of page 1 were" in document.notes[0].text
    assert document.notes[1].text == "pages 2–3 are pictures and not read, for it would take too long"
    assert left == BadRecord("pages 2–3", "recognising scans takes too long for one file; split it")


@pytest.mark.skipif(find_spec("rapidocr") is None, reason=WITHOUT_IT)
def test_the_extra_reads_a_scan_within_the_limits_of_a_reader(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(scan(pdf([PAGE])).getvalue())

    with IsolatedReader() as isolated:
        document = next(iter(isolated.read(file)))

    assert isinstance(document, Document)
    assert document.title == "Dromedaril for cramps"
    assert "Patients took 25 mg of it at night and told us a week later" in text(document)
    assert document.notes[0].kind is NoteKind.CAUTION
