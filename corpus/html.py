"""Reading web pages: guidelines and articles as HTML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import IO

from corpus.appraisal import appraised
from corpus.formats import root_of
from corpus.html_blocks import Block, blocks
from corpus.html_record import described
from corpus.ids import content_id
from corpus.pdf_sections import BIBLIOGRAPHIES
from corpus.quarantine import BadRecord
from corpus.text_lines import head_text
from rag.errors import UnreadableInput
from rag.types import Document, Section

LARGEST = 32 * 2**20
"""Bytes of one page; the longest guideline that was tried on one page has 2 MB."""

_ROOTS = frozenset({"html", "head", "body", "main", "section", "div", "title", "meta", "h1", "p", "table"})
_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]*encoding=[\"']([\w.-]+)",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Browsers read these as Windows-1252, whatever they are called (WHATWG Encoding Standard).
_REALLY_WINDOWS = frozenset({"latin-1", "iso-8859-1", "iso8859-1", "ascii", "us-ascii", "windows-1252"})
_TEMPLATE = re.compile(r"\{%-?\s*(?:include|extends|block|for|if|set|assign|layout)\b|<\?php\b|<%[@=]")
_LONGEST_HEADING = 300
_DEEPEST = 3_000
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_LEFT_OPEN = frozenset(
    "p li td th tr dt dd option thead tbody tfoot colgroup br img meta link input hr col source wbr area base embed "
    "track param html head body".split()
)
"""Elements that pages may leave open, or that hold nothing."""


def looks_like(head: bytes) -> bool:
    """Whether `head` opens a web page, or a piece of one."""
    text = head_text(head)
    return text.startswith("<") and (
        _DOCTYPE.search(text[:1024]) is not None or (root_of(text) or "").casefold() in _ROOTS
    )


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """The document of a web page.

    Its headings nest into heading paths; bibliographies, navigation and notices are left out. The
    page is read as the bytes declare their encoding, else as UTF-8, else as Windows-1252. Nothing
    that it links to is fetched, and no script runs.

    Raises:
        UnreadableInput: it is too large, has no text, or is a template from which pages are made.
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UnreadableInput(f"{source} has more than {LARGEST:,} bytes, too many for one page; split it")
    markup = _decoded(content)
    if _TEMPLATE.search(markup):
        raise UnreadableInput(
            f"{source} is a template from which a site makes its pages; give the pages that it makes"
        )
    if _depth(markup) > _DEEPEST:
        # The parser takes four times as long for twice the depth.
        raise UnreadableInput(f"{source} nests its elements more than {_DEEPEST:,} deep; no page does")
    try:
        page = LexborHTMLParser(markup)
        bare = described(page, source)
        found = _sections(list(blocks(page)), bare.title)
    except SelectolaxError as error:
        raise UnreadableInput(f"{source} can't be read as HTML: {error}; save the page again") from error
    if not found:
        raise UnreadableInput(
            f"{source} has no text: scripts may write it; open it in a browser and save it from there"
        )
    yield appraised(_with_text(bare, found))


def _decoded(content: bytes) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    for name in ((declared[1] or declared[2]).decode() if declared else "utf-8", "utf-8"):
        known = "cp1252" if name.casefold() in _REALLY_WINDOWS else name
        try:
            return content.decode(known)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("cp1252", errors="replace")


def _depth(markup: str) -> int:
    """How deep elements lie in each other at most, by their tags."""
    depth = deepest = 0
    for tag in _TAG.finditer(markup):
        if tag[2].casefold() not in _LEFT_OPEN:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _sections(found: list[Block], title: str) -> tuple[Section, ...]:
    return tuple(
        Section(heading, "\n\n".join(words for _, words in group))
        for heading, group in groupby(_headed(found, title), key=lambda pair: pair[0])
    )


def _headed(found: list[Block], title: str) -> Iterator[tuple[str, str]]:
    """Each paragraph with the heading path that it stands under."""
    path: list[tuple[int, str]] = []
    for block in found:
        if block.level is None or len(block.text) > _LONGEST_HEADING:
            if not any(heading.strip(" :").casefold() in BIBLIOGRAPHIES for _, heading in path):
                yield " / ".join(heading for _, heading in path), block.text
            continue
        path = [step for step in path if step[0] < block.level]
        if block.text != title:
            path.append((block.level, block.text))


def _with_text(bare: Document, found: tuple[Section, ...]) -> Document:
    if bare.id:
        return replace(bare, sections=found)
    whole = "\n\n".join(section.text for section in found)
    return replace(bare, id=content_id(f"{bare.title}\n\n{whole}"), sections=found)
