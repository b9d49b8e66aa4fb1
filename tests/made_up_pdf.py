"""Made-up PDFs: words placed on pages by hand."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class At(NamedTuple):
    """Words at a place on a page, in points from its lower left corner."""

    left: float
    bottom: float
    text: str
    size: float = 10
    font: str = "Helvetica"


def pdf(pages: Sequence[Sequence[At]], width: float = 600, height: float = 800) -> io.BytesIO:
    """A PDF with these words on its pages."""
    file = pypdfium2.PdfDocument.new()
    for words in pages:
        page = file.new_page(width, height)
        for one in words:
            _write(file, page, one)
        page.gen_content()
        page.close()
    stream = io.BytesIO()
    file.save(stream)
    file.close()
    stream.seek(0)
    return stream


def scan(stream: io.BytesIO, dots_an_inch: int = 150) -> io.BytesIO:
    """The same pages as pictures, without a letter of text."""
    given, file = pypdfium2.PdfDocument(stream), pypdfium2.PdfDocument.new()
    for source in given:
        width, height = source.get_size()
        page = file.new_page(width, height)
        picture = pypdfium2.PdfImage.new(file)
        picture.set_bitmap(source.render(scale=dots_an_inch / 72))
        picture.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(picture)
        page.gen_content()
        page.close()
    made = io.BytesIO()
    file.save(made)
    file.close()
    given.close()
    made.seek(0)
    return made


def column(left: float, top: float, lines: Sequence[str], size: float = 10) -> list[At]:
    """Lines below each other, 12 points apart."""
    return [At(left, top - 12 * place, line, size) for place, line in enumerate(lines)]


def _write(file: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, one: At) -> None:
    drawn = raw.FPDFPageObj_NewTextObj(file, one.font.encode(), one.size)
    coded = (one.text + "\0").encode("utf-16-le")
    letters = ctypes.cast(ctypes.create_string_buffer(coded), ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFText_SetText(drawn, letters)
    raw.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, one.left, one.bottom)
    raw.FPDFPage_InsertObject(page, drawn)
