"""Reading PDFs that hold text: guidelines, papers, reports."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from corpus.appraisal import appraised
from corpus.ids import content_id
from corpus.ocr import Installed, Recogniser, installed
from corpus.pdf_columns import lines
from corpus.pdf_furniture import split_furniture
from corpus.pdf_glyphs import Piece, pieces
from corpus.pdf_metadata import Described, described
from corpus.pdf_paragraphs import Paragraph, folded, non_empty, paragraphs
from corpus.pdf_record import PdfRecord, record
from corpus.pdf_scans import ADVICE, ILLEGIBLE, Scans, is_scan, pages_named, recognised
from corpus.pdf_sections import sections
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, Section

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 3_000
"""Pages of one file; the longest guidelines have a third of that."""
MOST_PIECES = 2_000_000
"""Lines, or parts of them, of one file: about what `MOST_PAGES` full pages have."""
LARGEST = 512 * 2**20
"""Bytes of one file; it is held in memory while it is read."""

_BLOCK = 2**20
_LETTERS_OF_A_PAGE = 40  # fewer on average are a stamp or a page number on a picture
_FRONT = 4_000  # characters that tell how a study was done, where there is no abstract
_HEADER_WITHIN = 1024  # bytes before which the header stands, as readers of PDF allow
_DEEPEST_OUTLINE = 6


@dataclass(frozen=True, slots=True)
class _Opened:
    """What a file holds, before it is understood."""

    pages: list[list[Piece]]
    outline: dict[str, int]
    fields: dict[str, str]
    described: Described
    unread: tuple[int, ...]
    """Numbers of the pages that are damaged."""
    scans: Scans


def looks_like(head: bytes) -> bool:
    """Whether `head` opens a PDF."""
    return b"%PDF" in head[:_HEADER_WITHIN]


def read(stream: IO[bytes], source: str, recogniser: Installed = installed) -> Iterator[Document | BadRecord]:
    """The document of a PDF, and a `BadRecord` for each page that can't be read.

    Columns are read one after the other; running headers and footers, page and line numbers and
    the bibliography are left out; hyphens at the ends of lines are mended. Each section says
    where its pages begin, counted from 1 as a viewer counts them. Words on scans are recognised
    where the extra for it is installed; a remark of the document then says so.

    Raises:
        UnreadableInput: it is damaged, needs a password, is too large, or has no text.
    """
    opened = _opened(stream, source, recogniser)
    bodies, running = split_furniture(opened.pages)
    found = [line for number, body in enumerate(bodies, start=1) for line in lines(body, number)]
    text = list(non_empty(paragraphs(found, frozenset(opened.outline))))
    yield _document(text, running, opened, source)
    for number in opened.unread:
        yield BadRecord(f"page {number}", "it is damaged; the other pages were read")
    if left := opened.scans.left:
        yield BadRecord(pages_named(left), "recognising scans takes too long for one file; split it")


def _opened(stream: IO[bytes], source: str, recogniser: Installed) -> _Opened:
    import pypdfium2

    content = _content(stream, source)
    # PDFium reads where the bytes lie; `bytes(content)` would be a second copy.
    shared = (ctypes.c_char * len(content)).from_buffer(content)
    try:
        file = pypdfium2.PdfDocument(shared)
    except pypdfium2.PdfiumError as error:
        raise UnreadableInput(_fault(source, str(error))) from error
    with closing(file):
        return _held(file, source, described(content), recogniser)


def _content(stream: IO[bytes], source: str) -> bytearray:
    """All of a stream, asked for in blocks: what is asked for at once is set aside at once."""
    content = bytearray()
    while block := stream.read(_BLOCK):
        if len(content) + len(block) > LARGEST:
            raise UnreadableInput(f"{source} has more than {LARGEST:,} bytes, too many for one PDF; split it")
        content += block
    return content


def _fault(source: str, error: str) -> str:
    if "password" in error.lower():
        return f"{source} is locked with a password; save it without one"
    return f"{source} is a damaged PDF: {error}; fetch it again"


def _held(file: PdfDocument, source: str, described: Described, recogniser: Installed) -> _Opened:
    count = len(file)
    if count > MOST_PAGES:
        raise UnreadableInput(
            f"{source} says that it has {count:,} pages, more than {MOST_PAGES:,}; split it"
        )
    pages: list[list[Piece]] = []
    unread: list[int] = []
    pictures: list[int] = []
    for number in range(count):
        pages.append(_page(file, number, unread, pictures))
        if sum(map(len, pages)) > MOST_PIECES:
            raise UnreadableInput(f"{source} has more than {MOST_PIECES:,} lines; split it")
    if len(unread) == count:
        raise UnreadableInput(
            f"{source} is a damaged PDF: none of its {count} pages can be read; fetch it again"
        )
    whole = not _has_text(pages, count - len(unread))
    if whole:
        pictures = [number for number in range(1, count + 1) if number not in unread]
    scans = _read_scans(file, pictures, recogniser(), pages) if pictures else Scans()
    if whole and not scans.read:
        raise _without_text(source, count, scans)
    return _Opened(pages, _outline(file), file.get_metadata_dict(), described, tuple(unread), scans)


def _has_text(pages: list[list[Piece]], readable: int) -> bool:
    letters = sum(len(piece.text) for page in pages for piece in page)
    return letters >= min(_LETTERS_OF_A_PAGE * readable, 10)


def _read_scans(
    file: PdfDocument, pictures: list[int], recognise: Recogniser | None, pages: list[list[Piece]]
) -> Scans:
    return recognised(file, pictures, recognise, pages) if recognise else Scans(unread=tuple(pictures))


def _without_text(source: str, count: int, scans: Scans) -> UnreadableInput:
    what = f"{source} has no text on its {count} page{'s' * (count != 1)}: it is a scan or a picture"
    if scans.without_words:
        return UnreadableInput(f"{what}, and no words could be recognised on it; scan it anew, in 300 dpi")
    return UnreadableInput(
        f"{what}; {ADVICE} and index it with --retry-quarantined, or give it a layer of text with: ocrmypdf IN.pdf OUT.pdf"
    )


def _page(file: PdfDocument, index: int, unread: list[int], pictures: list[int]) -> list[Piece]:
    import pypdfium2

    try:
        with closing(file[index]) as page, closing(page.get_textpage()) as text:
            found = pieces(text)
            if is_scan(page, found):
                pictures.append(index + 1)
            return found
    except (pypdfium2.PdfiumError, ValueError):
        unread.append(index + 1)
        return []


def _outline(file: PdfDocument) -> dict[str, int]:
    """Level of each title of the outline, 0 is the highest, by its folded form."""
    levels: dict[str, int] = {}
    for entry in file.get_toc(max_depth=_DEEPEST_OUTLINE):
        if name := folded(entry.get_title() or ""):
            levels.setdefault(name, entry.level)
    return levels


def _document(text: list[Paragraph], running: tuple[str, ...], opened: _Opened, source: str) -> Document:
    legible = 1 not in opened.scans.read
    known = record(text, running, opened.fields, opened.described, certain=legible)
    found = sections(text, opened.outline, known.title)
    whole = "\n\n".join(section.text for section in found)
    ids = known.ids or (content_id(f"{known.title}\n\n{whole}"),)
    bare = Document(
        ids[0],
        " ".join(known.title.replace(ILLEGIBLE, "").split()) or "[No title]",
        _front(found),
        aliases=ids[1:],
        authors=known.authors,
        publication_types=known.publication_types,
        notes=opened.scans.notes,
        unverified_fields=_unverified(known, opened.scans),
        journal=known.journal,
        published=known.published,
        source_path=source,
    )
    return replace(appraised(bare), sections=found)


def _unverified(known: PdfRecord, scans: Scans) -> tuple[str, ...]:
    """What was read from print alone, or on a scan."""
    if 1 in scans.read:
        return ("title", "authors", "date", "text")
    names = ("authors",) if known.authors and not known.authors_stated else ()
    return (*names, "text") if scans.read else names


def _front(found: tuple[Section, ...]) -> tuple[Section, ...]:
    """What tells how a study was done: the abstract, else the first of the text.

    The whole text also speaks of other people's studies.
    """
    abstracts = [
        one for one in found if one.heading.rpartition(" / ")[2].casefold() in {"abstract", "summary"}
    ]
    kept, length = [], 0
    for section in abstracts or found:
        kept.append(replace(section, text=section.text[: _FRONT - length], page_starts=()))
        length += len(section.text)
        if length >= _FRONT:
            break
    return tuple(kept)
