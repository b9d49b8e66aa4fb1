"""Pages of a PDF that are pictures of pages, and the words that are recognised on them."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from corpus.ocr import EXTRA, Recognised, Recogniser
from corpus.pdf_glyphs import Piece
from rag.types import Note, NoteKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

ILLEGIBLE = "[illegible]"
"""Stands for a line that couldn't be told, so that no sentence closes over it."""
LONGEST = 50.0
"""Seconds, of the clock and of the processor, for the scans of one file: a little less than it may take in all."""
ADVICE = f"install what reads pictures of pages: pip install '{EXTRA}'"

_LETTERS = 40  # fewer on a picture are a stamp or a page number
_COVERS = 0.5  # share of the page
_MOST_PICTURES = 200  # of one page that are looked at
_LONGEST_SIDE = 1_750  # pixels: 150 to the inch of an A4 page
_CERTAIN = 0.8  # below it a line is taken for illegible
_WORD = re.compile(r"[^\W\d_]{3}")
_SAME_SIZE = 2.0  # times the height of the usual line: boxes differ by the letters that reach up and down


@dataclass(frozen=True, slots=True)
class Scans:
    """Pages that are pictures of pages, counted from 1."""

    read: tuple[int, ...] = ()
    without_words: tuple[int, ...] = ()
    """On which no word could be told."""
    left: tuple[int, ...] = ()
    """Not read for want of time."""
    unread: tuple[int, ...] = ()
    """Not read for want of the extra."""
    illegible: int = 0
    """Lines that couldn't be told."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader must know of them."""
        found = []
        if self.read:
            gaps = f"; {self.illegible} illegible lines are marked {ILLEGIBLE}" if self.illegible else ""
            found.append(Note(NoteKind.CAUTION, f"{_RECOGNISED.format(pages=pages_named(self.read))}{gaps}"))
        for numbers, why in (
            (self.without_words, "on which no words could be told"),
            (self.left, "and not read, for it would take too long"),
            (self.unread, f"and not read; {ADVICE}"),
        ):
            if numbers:
                kind = "pictures" if len(numbers) > 1 else "a picture"
                be = "are" if len(numbers) > 1 else "is"
                found.append(Note(NoteKind.SCOPE, f"{pages_named(numbers)} {be} {kind} {why}"))
        return tuple(found)


_RECOGNISED = "the words of {pages} were recognised on a scan and may be misread: compare numbers and doses with the original"


def is_scan(page: PdfPage, pieces: Sequence[Piece]) -> bool:
    """Whether a page is a picture with at most a stamp on it."""
    if sum(len(piece.text) for piece in pieces) >= _LETTERS:
        return False
    from pypdfium2 import PdfiumError, raw

    width, height = page.get_size()
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    with suppress(PdfiumError):  # what can't be measured is no scan
        for picture in islice(pictures, _MOST_PICTURES):
            left, bottom, right, top = picture.get_bounds()
            if (right - left) * (top - bottom) >= _COVERS * width * height:
                return True
    return False


def recognised(
    file: PdfDocument, scans: Sequence[int], recognise: Recogniser, pages: list[list[Piece]]
) -> Scans:
    """Put the words of scans in their places in `pages`, until the time for it is up.

    Args:
        file: that holds them.
        scans: numbers of the pages, counted from 1.
        recognise: reads a picture.
        pages: pieces of all pages, which are changed.
    """
    begun, slowest = _spent(), 0.0
    read, empty, gaps = list[int](), list[int](), 0
    for place, number in enumerate(scans):
        before = _since(begun)
        if place and before + slowest > LONGEST:
            return Scans(tuple(read), tuple(empty), left=tuple(scans[place:]), illegible=gaps)
        found = _recognised_page(file, number - 1, recognise)
        slowest = max(slowest, _since(begun) - before)
        if _tells_words(found):
            pages[number - 1] = found
            read.append(number)
            gaps += sum(piece.text == ILLEGIBLE for piece in found)
        else:
            empty.append(number)
    return Scans(tuple(read), tuple(empty), illegible=gaps)


def pages_named(numbers: Sequence[int]) -> str:
    """Numbers of pages in words: `page 3`, `pages 1–4 and 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    joined = " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
    return f"page{'s' * (len(numbers) > 1)} {joined}"


def _spent() -> tuple[float, float]:
    return time.monotonic(), time.process_time()


def _since(begun: tuple[float, float]) -> float:
    """Seconds of the clock or of the processor, whichever are more."""
    return max(now - then for now, then in zip(_spent(), begun, strict=True))


def _tells_words(found: Sequence[Piece]) -> bool:
    """Whether half of the lines at least are legible, and hold a word: a drawing gives odd signs."""
    legible = [piece.text for piece in found if piece.text != ILLEGIBLE]
    return 2 * len(legible) >= len(found) and any(_WORD.search(text) for text in legible)


def _recognised_page(file: PdfDocument, index: int, recognise: Recogniser) -> list[Piece]:
    from pypdfium2 import PdfiumError

    with suppress(PdfiumError, ValueError), closing(file[index]) as page:
        width, height = page.get_size()
        scale = _LONGEST_SIDE / max(width, height, 1.0)
        with closing(page.render(scale=scale)) as bitmap:
            return placed(recognise(bitmap.to_numpy()), scale, height)
    return []


def placed(lines: Sequence[Recognised], scale: float, height: float) -> list[Piece]:
    """Lines of a picture as pieces of a page `height` points high, made level, in the sizes of print.

    Args:
        lines: in pixels from the upper left corner.
        scale: pixels to the point.
        height: of the page in points.
    """
    if not lines:
        return []
    slope = median(_slope(line) for line in lines)
    boxes = [_box(line, slope, scale) for line in lines]
    usual = median(low - high for _, high, _, low in boxes)
    return [
        _piece(line, box, usual, height) for line, box in zip(lines, boxes, strict=True) if line.text.strip()
    ]


def _slope(line: Recognised) -> float:
    (left, upper), (right, other) = line.corners[:2]
    return math.atan2(other - upper, right - left)


def _box(line: Recognised, slope: float, scale: float) -> tuple[float, float, float, float]:
    """Left, upper, right and lower edge in points from the upper left corner, turned back by `slope`."""
    cosine, sine = math.cos(slope), math.sin(slope)
    level = [((x * cosine + y * sine) / scale, (y * cosine - x * sine) / scale) for x, y in line.corners]
    (upper_left, upper_right, lower_right, lower_left) = level
    return (
        (upper_left[0] + lower_left[0]) / 2,
        (upper_left[1] + upper_right[1]) / 2,
        (upper_right[0] + lower_right[0]) / 2,
        (lower_left[1] + lower_right[1]) / 2,
    )


def _piece(line: Recognised, box: tuple[float, float, float, float], usual: float, height: float) -> Piece:
    left, upper, right, lower = box
    size = max(lower - upper, 0.1)
    # One step for each size of print, for the heights of boxes of one print differ.
    steps = round(math.log(size / max(usual, 0.1)) / math.log(_SAME_SIZE)) if usual else 0
    size = usual * _SAME_SIZE**steps
    bottom = height - (upper + lower) / 2 - size / 2
    certain = line.confidence >= _CERTAIN
    text = " ".join(line.text.split()) if certain else ILLEGIBLE
    return Piece(text, left, bottom, right, bottom + size, "")
