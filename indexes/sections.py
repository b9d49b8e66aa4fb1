"""The sections of a document as the library holds them: what its passages say is not kept twice."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

from corpus.passages import text_of
from indexes.packing import packed, unpacked
from rag.errors import LibraryDamaged
from rag.types import Document, Passage, Section

Placed = tuple[int, str]
"""Where in the document's text a passage begins, and its text."""


def packed_sections(document: Document, passages: Iterable[Passage]) -> bytes:
    """Headings and lengths of the sections, and the text that is in none of the document's `passages`."""
    if not document.sections:
        return packed("[]")
    whole = text_of(document)
    gaps = [whole[start:end] for start, end, text in _walk(_placed(passages), len(whole)) if text is None]
    headings = [[section.heading, len(section.text)] for section in document.sections]
    kept = [headings, "".join(gaps), zlib.crc32(whole.encode())]
    return packed(json.dumps(kept, separators=(",", ":"), ensure_ascii=False))


def unpacked_sections(content: bytes, passages: Sequence[Placed]) -> tuple[Section, ...]:
    """The sections of a document whose passages are `passages`.

    Raises:
        LibraryDamaged: these aren't the passages that it had.
    """
    kept = json.loads(unpacked(content))
    if not kept:
        return ()
    headings, gaps, checksum = kept
    length = sum(size for _, size in headings) + 2 * (len(headings) - 1)
    parts, used = [], 0
    for start, end, text in _walk(sorted(passages), length):
        parts.append(gaps[used : used + end - start] if text is None else text)
        used += end - start if text is None else 0
    whole = "".join(parts)
    if zlib.crc32(whole.encode()) != checksum:
        raise LibraryDamaged(
            "the sections of a document don't fit its passages; restore the library from a backup"
        )
    return tuple(_sections(headings, whole))


def _placed(passages: Iterable[Passage]) -> list[Placed]:
    return sorted((passage.start, passage.text) for passage in passages)


def _walk(passages: Sequence[Placed], length: int) -> Iterator[tuple[int, int, str | None]]:
    """Stretches of a text in order: what a passage adds to those before it, and the gaps between them."""
    at = 0
    for start, text in passages:
        if start > at:
            yield at, start, None
            at = start
        end = start + len(text)
        if end > at:
            yield at, end, text[at - start :]
            at = end
    if at < length:
        yield at, length, None


def _sections(headings: Iterable[tuple[str, int]], whole: str) -> Iterator[Section]:
    at = 0
    for heading, size in headings:
        yield Section(heading, whole[at : at + size])
        at += size + 2
