"""Pieces of lines on a page of a PDF: what stands beside each other, where, how large and in which font."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from corpus.pdf_marks import LINE_HYPHEN, plain, raised_text

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MOST_GLYPHS = 200_000
"""Characters of one page; a full page of the smallest print has a tenth."""

_JOINS = 1.2  # times the size of the print: a wider gap on a line parts two pieces
_SPACE = 0.2  # times the size of the print: a wider gap is a space that was not written
_A_FEW = 0.15  # share of the characters of a piece
_FONT_NAME_BYTES = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """Words beside each other on one line; lengths in points, from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    font: str

    @property
    def size(self) -> float:
        """Height of the print."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """Height of its middle above the foot of the page."""
        return (self.top + self.bottom) / 2

    def beside(self, other: Piece) -> bool:
        """Whether both stand on one line."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap > 0.5 * min(self.size, other.size)


class _Glyph(NamedTuple):
    char: str
    left: float
    bottom: float
    right: float
    top: float


class _Word(NamedTuple):
    glyphs: list[_Glyph]
    font: str
    quarter_turns: int
    spaced: bool
    """Whether white space stands before it."""

    @property
    def bottom(self) -> float:
        return min(glyph.bottom for glyph in self.glyphs)

    @property
    def top(self) -> float:
        return max(glyph.top for glyph in self.glyphs)


def pieces(page: PdfTextPage) -> list[Piece]:
    """Pieces of a page in the order of its stream, turned upright; text that runs across the rest is left out."""
    words = list(_words(page))
    turns = Counter[int]()
    for word in words:
        turns[word.quarter_turns] += len(word.glyphs)
    if not turns:
        return []
    upright = turns.most_common(1)[0][0]
    kept = [_turned(word, upright) for word in words if word.quarter_turns == upright]
    return [_piece(group) for group in _grouped(kept) if group]


def _words(page: PdfTextPage) -> Iterator[_Word]:
    """Runs of characters without white space between them."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    held: list[_Glyph] = []
    first, spaced = 0, False
    for index in range(min(page.count_chars(), MOST_GLYPHS)):
        char = plain(raw.FPDFText_GetUnicode(page, index))
        if not char:
            continue
        if char.isspace():
            if held:
                yield _Word(held, *_style(page, first), spaced)
            held, spaced = [], True
            continue
        if not raw.FPDFText_GetLooseCharBox(page, index, box):
            continue
        glyph = _Glyph(char, box.left, box.bottom, box.right, box.top)
        if not held:
            first = index
        held.append(glyph)
        if char == LINE_HYPHEN:  # PDFium goes on with the next line without white space
            yield _Word(held, *_style(page, first), spaced)
            held, spaced = [], False
    if held:
        yield _Word(held, *_style(page, first), spaced)


def _style(page: PdfTextPage, index: int) -> tuple[str, int]:
    """Name of the font, marked where it is bold, and the direction in quarters of a turn."""
    import ctypes

    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(page, index, name, _FONT_NAME_BYTES, flags)
    bold = raw.FPDFText_GetFontWeight(page, index) >= 600
    font = name.value.decode("utf-8", "replace") + ("-Bold" if bold and b"old" not in name.value else "")
    angle = raw.FPDFText_GetCharAngle(page, index)
    return font, round(max(angle, 0.0) / (math.pi / 2)) % 4


def _turned(word: _Word, quarter_turns: int) -> _Word:
    if not quarter_turns:
        return word
    return word._replace(glyphs=[_turned_glyph(glyph, quarter_turns) for glyph in word.glyphs])


def _turned_glyph(glyph: _Glyph, quarter_turns: int) -> _Glyph:
    corners = [(glyph.left, glyph.bottom), (glyph.right, glyph.top)]
    for _ in range(quarter_turns):
        corners = [(y, -x) for x, y in corners]
    (x, y), (other_x, other_y) = corners
    return _Glyph(glyph.char, min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _grouped(words: list[_Word]) -> Iterator[list[_Word]]:
    group: list[_Word] = []
    for word in words:
        if group and _continues(group[-1], word):
            group.append(word)
        else:
            yield group
            group = [word]
    yield group


def _continues(before: _Word, word: _Word) -> bool:
    size = max(before.top - before.bottom, word.top - word.bottom)
    overlap = min(before.top, word.top) - max(before.bottom, word.bottom)
    gap = word.glyphs[0].left - before.glyphs[-1].right
    smaller = min(before.top - before.bottom, word.top - word.bottom)
    return overlap > 0.5 * smaller and -0.5 * size < gap < _JOINS * size


def _piece(words: list[_Word]) -> Piece:
    glyphs = [glyph for word in words for glyph in word.glyphs]
    size = _size(glyphs)
    full = [glyph for glyph in glyphs if glyph.top - glyph.bottom >= 0.9 * size]
    base = sorted(glyph.bottom for glyph in full)[len(full) // 2]
    fonts = Counter[str]()
    text, end = "", 0.0
    for word in words:
        levels = _levels(word.glyphs, base, size)
        gap = word.glyphs[0].left - end
        spaced = gap > (0 if word.spaced else _SPACE * size) and not levels[0][1]
        text = raised_text(f"{text} " if text and spaced else text, levels)
        end = word.glyphs[-1].right
        fonts[word.font] += len(word.glyphs)
    return Piece(
        text,
        min(glyph.left for glyph in glyphs),
        base,
        max(glyph.right for glyph in glyphs),
        base + size,
        fonts.most_common(1)[0][0],
    )


def _size(glyphs: list[_Glyph]) -> float:
    """The largest size that more than a few have, for raised marks may be more than the words."""
    sizes = Counter(round(glyph.top - glyph.bottom, 1) for glyph in glyphs)
    return max(
        size for size, count in sizes.items() if count >= _A_FEW * len(glyphs) or len(sizes) > 1 / _A_FEW
    )


def _levels(glyphs: list[_Glyph], base: float, size: float) -> list[tuple[str, bool]]:
    """Each character, and whether it stands above the line."""
    return [
        (glyph.char, glyph.top - glyph.bottom < 0.85 * size and glyph.bottom > base + 0.15 * size)
        for glyph in glyphs
    ]
