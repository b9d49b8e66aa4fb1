"""Health pages as questions with answers, in the XML of the MedQuAD collection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from corpus.appraisal import appraised
from corpus.pubmed_text import attribute, first_text
from corpus.quarantine import BadRecord
from rag.errors import UnreadableInput
from rag.types import Document, Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LARGEST = 16 * 2**20
"""Bytes of one page; the longest of the real ones has 50 KB."""

_ROOTS = frozenset({"Document", "DiseaseFile"})
_LOOKS = re.compile(rb"<(?:Document|DiseaseFile)\s[^>]*\bsource=.{0,4000}?<(?:Focus|QAPairs)\b", re.DOTALL)
_HARDENED = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_DANGLING = re.compile(r"\s*\?[\s?]*$")
_BULLET = re.compile(r"^[-•*·]\s+")


def looks_like(head: bytes) -> bool:
    """Whether `head` opens a page of the collection."""
    return _LOOKS.search(head) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """The one document of a page: its focus is the title, each question heads the section of its answer.

    Where the focus is empty, the first question that was written without it is the title. The
    issuing body is the source as the page names it; a line of an answer is a paragraph. An answer
    that is empty is left out. The collection's number, which is unique only within a source, makes
    the id: `ref:medquad/CDC/0000001`.

    Raises:
        UnreadableInput: it isn't well-formed, is no such page, or has no answer.
    """
    root = _root(stream, source)
    number = attribute(root, "id") or attribute(root, "fid")
    issued_by = attribute(root, "source")
    title = _title(root) if root.tag in _ROOTS else None
    if not (number and issued_by and title):
        raise UnreadableInput(
            f"{source} is no health page: it lacks an id, a source or a focus; fetch it again"
        )
    try:
        sections = tuple(_sections(root))
    except ValueError as error:
        raise UnreadableInput(f"{source} can't be read: {error}") from error
    if not sections:
        raise UnreadableInput(f"{source} has questions but no answer; there is nothing to index in it")
    yield appraised(
        Document(
            f"ref:medquad/{issued_by}/{number}",
            title,
            sections,
            journal=issued_by,
            url=attribute(root, "url") or None,
            source_path=source,
        )
    )


def _root(stream: IO[bytes], source: str) -> Element:
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    page = stream.read(LARGEST + 1)
    if len(page) > LARGEST:
        raise UnreadableInput(f"{source} has more than {LARGEST:,} bytes, too many for one page; split it")
    try:
        return fromstring(page, XMLParser(**_HARDENED))
    except XMLSyntaxError as error:
        raise UnreadableInput(f"{source} is not well-formed XML: {error.msg}; fetch it again") from error


def _title(root: Element) -> str | None:
    questions = (first_text(pair, "Question") or "" for pair in root.iterfind("QAPairs/QAPair"))
    # The collection makes a question of a pattern and the focus, and leaves a space before its mark.
    return first_text(root, "Focus") or next(
        (one for one in questions if one and not one.endswith(" ?")), None
    )


def _sections(root: Element) -> Iterator[Section]:
    for pair in root.iterfind("QAPairs/QAPair"):
        question = _DANGLING.sub("?", first_text(pair, "Question") or "")
        answer = "\n\n".join(line for part in pair.iterfind("Answer") for line in _lines(part))
        if answer:
            yield Section(question, answer)


def _lines(answer: Element) -> Iterator[str]:
    # A page breaks a line only where its paragraph or list item ends, and an entity could stand for any dose.
    if any((node.text or "").startswith("&") for node in answer.iter() if not isinstance(node.tag, str)):
        raise ValueError("it uses an entity, which is not expanded; write the character itself")
    for line in "".join(str(words) for words in answer.itertext("*")).splitlines():
        if words := _BULLET.sub("", " ".join(line.split())):
            yield words
