"""PubMed XML of any size, as E-utilities and the baseline files give it, a record at a time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from corpus.formats import root_of
from corpus.pubmed_record import document
from corpus.quarantine import BadRecord
from corpus.stretches import HARDENED, stretches
from corpus.text_lines import head_text
from rag.errors import UnreadableInput
from rag.types import Document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ROOTS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", "PubmedArticle", "PubmedBookArticle"})
"""Names of the root elements of the files that are read here."""
LONGEST_RECORD = 16 * 2**20
"""Bytes of one record; the longest of the real ones that were tried has a fifth of 1 MiB."""

_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_STRETCHES = stretches("PubmedArticle|PubmedBookArticle", LONGEST_RECORD)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)[\"']")


def looks_like(head: bytes) -> bool:
    """Whether a file opens with a root element of PubMed."""
    return root_of(head_text(head)) in ROOTS


def read(stream: IO[bytes], source_path: str) -> Iterator[Document | BadRecord]:
    """Documents of the records of `stream`, in order, and a `BadRecord` for each that can't be used.

    A record that can't be used costs only itself. Where the file stops being well-formed XML, the
    records before the fault are kept, and those after it are found by their tags and read one by
    one. `DeleteCitation` lists are passed over: nothing is removed from a library by reading.

    Args:
        stream: can be set back to its start; read in blocks, never held whole.
        source_path: what `Document.source_path` says.

    Raises:
        UnreadableInput: not even one record could be found.
    """
    number = 0
    try:
        for element in _elements(stream):
            number += 1
            yield _converted(element, number, source_path)
    # Of lxml, of a record inside another, or of an encoding that nobody knows.
    except (SyntaxError, LookupError) as error:
        yield from _recovered(stream, number, source_path, str(error))
    else:
        if not number:
            raise UnreadableInput(
                f"{source_path} has no PubMed record in it; fetch it again with its records"
            )


def _elements(stream: IO[bytes]) -> Iterator[Element]:
    from lxml.etree import iterparse

    for _, element in iterparse(stream, tag=_RECORDS, **HARDENED):
        if next(element.iterancestors(*_RECORDS), None) is not None:
            # The closing tag of the outer one is missing: it must not swallow those that follow.
            raise SyntaxError("a record stands inside another")
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _converted(element: Element, number: int, source_path: str) -> Document | BadRecord:
    try:
        return document(element, source_path)
    except ValueError as error:
        return BadRecord(_where(element, number), str(error))


def _where(element: Element, number: int) -> str:
    pmid = element.find("MedlineCitation/PMID")
    named = f", PMID {pmid.text.strip()}" if pmid is not None and (pmid.text or "").strip() else ""
    return f"record {number}{named}"


def _recovered(stream: IO[bytes], done: int, source_path: str, fault: str) -> Iterator[Document | BadRecord]:
    """What can be read of a file that isn't well-formed, without the first `done` records."""
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    stream.seek(0)
    parser = XMLParser(encoding=_encoding(stream.read(200)), **HARDENED)
    stream.seek(0)
    number, bad = 0, 0
    for number, record in enumerate(_STRETCHES.of(stream), start=1):
        if number <= done:
            continue
        try:
            yield _converted(fromstring(record, parser), number, source_path)
        except XMLSyntaxError as error:
            bad += 1
            yield BadRecord(f"record {number}{_named(record)}", f"not well-formed XML: {error.msg}")
    if not number:
        raise UnreadableInput(f"{source_path} is not well-formed XML: {fault}; fetch it again")
    if not bad:
        yield BadRecord(
            f"after record {done}", f"the file is not well-formed XML: {fault}; its whole records were kept"
        )


def _encoding(start: bytes) -> str:
    """The encoding that the file says it has, where it is one that is known; else UTF-8."""
    declared = _ENCODING.match(start)
    try:
        return codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def _named(record: bytes) -> str:
    pmid = re.search(rb"<PMID[^>]*>\s*(\d+)", record)
    return f", PMID {pmid[1].decode()}" if pmid else ""
