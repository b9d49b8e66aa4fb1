"""Cutting documents into passages: by section, at sentence ends, with ids that never change."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from rag.text import sentence_spans
from rag.types import Design, Document, Passage

TARGET = 900
"""Characters that a passage should have; about what a small embedding model reads."""
LONGEST = 1200
"""Characters that no passage exceeds."""
SHORT = 200
"""A passage below this takes one more unit even beyond the target."""
TITLE_SECTION = "Title"
"""Section of the one passage of a document that has a title and no text."""

_BLANK_LINE = re.compile(r"\n\s*\n")
_CLAUSE_END = re.compile(r"[,;:–—)](?=\s)")


def passages(document: Document) -> tuple[Passage, ...]:
    """Passages of `document` in reading order, each text once.

    A paragraph is cut only when it is longer than `LONGEST`. A document without text gives its
    title as one passage, a notice without text gives none. For every passage,
    `text_of(document)[passage.start:passage.end] == passage.text`.
    """
    whole = text_of(document)
    pages = _page_starts(document)
    cut: dict[str, Passage] = {}
    for heading, start, end in _section_spans(document, whole):
        for first, last in _packed(_units(whole, start, end)):
            passage = _passage(document, heading, whole[first:last], first)
            cut.setdefault(passage.id, replace(passage, page=_page(pages, first)) if pages else passage)
    return tuple(cut.values())


def text_of(document: Document) -> str:
    """The text that passage offsets count in: the sections joined by a blank line.

    Where there are none, the title, so that it can be found; nothing for a bare notice.
    """
    if document.sections:
        return "\n\n".join(section.text for section in document.sections)
    return "" if document.design is Design.NOTICE else document.title


def passage_hash(section: str, text: str) -> str:
    """What the id of a passage says of its words: 16 hex digits of a sha256."""
    return sha256(f"{section}\n{text}".encode(errors="surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch that is never cut: a paragraph, a sentence of a long one, or a piece of a long sentence."""

    start: int
    end: int
    sentences: int


def _section_spans(document: Document, whole: str) -> Iterator[tuple[str, int, int]]:
    if not document.sections:
        yield TITLE_SECTION, 0, len(whole)
    start = 0
    for section in document.sections:
        yield section.heading, start, start + len(section.text)
        start += len(section.text) + 2


def _page_starts(document: Document) -> list[tuple[int, int]]:
    """Offset in the document's text and number of each page, in order."""
    starts, before = [], 0
    for section in document.sections:
        starts += [(before + offset, page) for offset, page in section.page_starts]
        before += len(section.text) + 2
    return starts


def _page(starts: list[tuple[int, int]], offset: int) -> int | None:
    begun = bisect_right(starts, offset, key=lambda start: start[0])
    return starts[begun - 1][1] if begun else None


def _units(whole: str, start: int, end: int) -> list[_Unit]:
    units = []
    for first, last in _paragraphs(whole, start, end):
        sentences = _sentences(whole, first, last)
        if last - first <= LONGEST:
            units.append(_Unit(first, last, len(sentences)))
        else:
            units += [_Unit(*piece, 1) for sentence in sentences for piece in _pieces(whole, *sentence)]
    return units


def _paragraphs(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    ends = [match.span() for match in _BLANK_LINE.finditer(whole, start, end)]
    firsts = [start, *(last for _, last in ends)]
    lasts = [*(first for first, _ in ends), end]
    for first, last in zip(firsts, lasts, strict=True):
        yield from _trimmed(whole, first, last)


def _sentences(whole: str, start: int, end: int) -> list[tuple[int, int]]:
    # Only the starts are used, so that no character between two sentences can be lost.
    starts = [start + first for first, _ in sentence_spans(whole[start:end])][1:]
    borders = [start, *starts, end]
    return [span for first, last in pairwise(borders) for span in _trimmed(whole, first, last)]


def _pieces(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long at the last clause end, else word border, that fits."""
    while end - start > LONGEST:
        border = _border(whole, start)
        yield from _trimmed(whole, start, border)
        start = border
    yield from _trimmed(whole, start, end)


def _border(whole: str, start: int) -> int:
    reach = start + LONGEST
    clauses = [match.end() for match in _CLAUSE_END.finditer(whole, start + LONGEST // 2, reach)]
    if clauses:
        return clauses[-1]
    words = [match.start() for match in re.compile(r"\s").finditer(whole, start + 1, reach)]
    return words[-1] if words else reach


def _trimmed(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = whole[start:end]
    first = start + len(text) - len(text.lstrip())
    last = end - (len(text) - len(text.rstrip()))
    if first < last:
        yield first, last


def _packed(units: list[_Unit]) -> Iterator[tuple[int, int]]:
    groups: list[list[_Unit]] = []
    for unit in units:
        if groups and _fits(groups[-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    _join_orphan(groups)
    return ((group[0].start, group[-1].end) for group in groups)


def _fits(group: list[_Unit], unit: _Unit) -> bool:
    length = group[-1].end - group[0].start
    limit = LONGEST if length < SHORT else TARGET
    return unit.end - group[0].start <= limit


def _join_orphan(groups: list[list[_Unit]]) -> None:
    """Give a last group of one sentence to the group before it, or a unit of that one to it."""
    if len(groups) < 2 or sum(unit.sentences for unit in groups[-1]) > 1:
        return
    before, orphan = groups[-2:]
    if orphan[-1].end - before[0].start <= LONGEST:
        groups[-2:] = [before + orphan]
    elif len(before) > 1 and orphan[-1].end - before[-1].start <= LONGEST:
        groups[-2:] = [before[:-1], [before[-1], *orphan]]


def _passage(document: Document, section: str, text: str, start: int) -> Passage:
    identity = f"{document.id}#{passage_hash(section, text)}"
    return Passage(identity, document.id, section, text, start, start + len(text))
