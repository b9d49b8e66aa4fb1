"""Word files (DOCX): headings, paragraphs, lists and tables, without what is no text."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, TYPE_CHECKING

from corpus.appraisal import appraised
from corpus.archive_limits import FAULTS, LIMITS
from corpus.archive_members import first_name
from corpus.ids import content_id
from corpus.quarantine import BadRecord
from corpus.reference_text import listed, one_line
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate, Section

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LARGEST = 256 * 2**20
"""Bytes of a file's parts, unpacked."""
MOST_PARTS = 10_000

_FIRST_PART = re.compile(rb"\[Content_Types\]\.xml$|(?:_rels|docProps|word|customXml)/")
_HEADING = re.compile(r"Heading (\d)")
# The date in the template of the library most such files are made with; it is nobody's date.
_TEMPLATE_DATE = (2013, 12, 23)
_JUNK_TITLE = re.compile(
    r"(?:Microsoft Word - .*|Word Document|Document\d*|Untitled|.*\.docx?)", re.IGNORECASE
)


def looks_like(head: bytes) -> bool:
    """Whether a file is a package of Word, by the names of its first parts."""
    is_package = head.startswith(b"PK\x03\x04") and _FIRST_PART.match(first_name(head)) is not None
    return is_package and b"word/" in head


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """The one document of a Word file.

    Its title is the paragraph styled as such, else the one in its properties, else its first
    heading or line; its date is that of its making, for want of another. Text that was deleted
    under tracked changes, pictures, headers and footers are left out.

    Raises:
        UnreadableInput: it is damaged, no Word file, too large when unpacked, or has no text.
    """
    word = _opened(stream, source)
    written = _Written()
    for part in word.iter_inner_content():
        _add(part, written)
    title = _title(word, written)
    sections = tuple(written.sections(title))
    if not sections and written.parts[0][1]:
        sections = (Section("", title),)  # one paragraph is all that there is
    if not sections:
        raise UnreadableInput(f"{source} has no text in it; if it is a scan, give it as PDF")
    words = "\n\n".join([title, *(section.text for section in sections)])
    properties = word.core_properties
    yield appraised(
        Document(
            id=content_id(words),
            title=title or "[No title]",
            sections=sections,
            authors=tuple(name for name in listed(properties.author or "") if name != "python-docx"),
            published=_made(properties.created or properties.modified),
            keywords=listed((properties.keywords or "").replace(",", ";")),
            source_path=source,
        )
    )


@dataclass(slots=True)
class _Written:
    """What was read so far: paragraphs under their heading paths."""

    path: list[str] = field(default_factory=list)
    parts: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])
    title: str = ""
    first_heading: str = ""

    def head(self, level: int, words: str) -> None:
        self.first_heading = self.first_heading or words
        self.path = [*self.path[: level - 1], words]
        self.parts.append((" / ".join(self.path), []))

    def add(self, words: str) -> None:
        self.parts[-1][1].append(words)

    def sections(self, title: str) -> Iterator[Section]:
        """Sections with text, the title left out of their paths and of the text before them."""
        for heading, paragraphs in self.parts:
            kept = [words for words in paragraphs if not (heading == "" and words == title)]
            if kept:
                below = heading.removeprefix(title).removeprefix(" / ") if title else heading
                yield Section(below, "\n\n".join(kept))


def _opened(stream: IO[bytes], source: str) -> Word:
    from docx import api
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(stream) as package:
            _refuse_bomb(package, source)
        stream.seek(0)
        return api.Document(stream)
    except (*FAULTS, zlib.error, OpcError, LxmlError, KeyError) as error:
        raise UnreadableInput(f"{source} is no whole Word file: {error}; save it again as .docx") from error


def _refuse_bomb(package: zipfile.ZipFile, source: str) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or size > LARGEST:
        raise UnreadableInput(f"{source} has {len(parts):,} parts of {size:,} bytes unpacked; split it")
    if size > LIMITS.ratio_from and size > LIMITS.ratio * max(packed, 1):
        raise UnreadableInput(f"{source} unpacks to more than {LIMITS.ratio} times its size, as no text does")


def _add(part: Paragraph | Table, written: _Written) -> None:
    from docx.table import Table

    if isinstance(part, Table):
        if rows := "\n".join(_rows(part)):
            written.add(rows)
        return
    words = one_line(part.text)
    if not words:
        return
    style = (part.style.name if part.style else "") or ""
    heading = _HEADING.fullmatch(style)
    if style == "Title" and not written.title:
        written.title = words
    elif heading:
        written.head(int(heading[1]), words)
    else:
        written.add(words)


def _rows(table: Table) -> Iterator[str]:
    """Rows as text, cells parted by bars; a cell that spans columns once."""
    for row in table.rows:
        cells, last = [], None
        for cell in row.cells:
            if cell._tc is not last:  # noqa: SLF001  # the library repeats a wide cell, and tells it by this alone
                cells.append(one_line(cell.text))
            last = cell._tc  # noqa: SLF001
        if any(cells):
            yield " | ".join(cells)


def _title(word: Word, written: _Written) -> str:
    given = one_line(word.core_properties.title or "")
    before = written.parts[0][1]
    if written.title:
        return written.title
    if given and not _JUNK_TITLE.fullmatch(given):
        return given
    return written.first_heading if written.first_heading and not before else next(iter(before), "")


def _made(moment: datetime | None) -> PublicationDate | None:
    if moment is None or (moment.year, moment.month, moment.day) == _TEMPLATE_DATE:
        return None
    return PublicationDate(moment.year, moment.month, moment.day)
