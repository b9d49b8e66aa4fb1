"""What stands on pages beside their text: running headers and footers, page numbers, line numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.pdf_columns import rows
from corpus.pdf_glyphs import Piece

_ROWS = 3
"""Rows at the head and at the foot of a page that may be furniture."""
_REPEATED = 3
"""Pages on which a line must stand; in a document of fewer than six, two."""
_FEWEST_LINE_NUMBERS = 5
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:[A-Z]?\d{1,5}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,5})?\W*", re.IGNORECASE
)


def split_furniture(pages: Sequence[Sequence[Piece]]) -> tuple[list[list[Piece]], tuple[str, ...]]:
    """Pages without their furniture, and the texts of the running headers and footers, each once.

    Headers and footers are lines at the edges of pages that repeat, figures aside.
    """
    edges = [_at_the_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(piece) for piece in page})
    needed = _REPEATED if len(pages) >= 2 * _REPEATED else 2
    bodies, running = [], dict[str, None]()
    for page, edge in zip(pages, edges, strict=True):
        repeated = [piece for piece in edge if seen[_key(piece)] >= needed and _has_words(piece)]
        running |= dict.fromkeys(piece.text for piece in repeated)
        dropped = {id(piece) for piece in (*repeated, *_page_numbers(page), *_line_numbers(page))}
        bodies.append([piece for piece in page if id(piece) not in dropped])
    return bodies, tuple(running)


def _at_the_edges(page: Sequence[Piece]) -> list[Piece]:
    ordered = rows(page)
    if len(ordered) <= 2 * _ROWS:
        ordered = ordered[:1] + ordered[1:][-1:]
    return [piece for row in (*ordered[:_ROWS], *ordered[-_ROWS:]) for piece in row]


def _key(piece: Piece) -> str:
    return re.sub(r"\d+", "#", " ".join(piece.text.split())).casefold()


def _has_words(piece: Piece) -> bool:
    # A figure alone may be a cell of a table; page numbers are told apart by their place.
    return any(char.isalpha() for char in piece.text)


def _page_numbers(page: Sequence[Piece]) -> list[Piece]:
    ordered = rows(page)
    outer = (*ordered[:2], *ordered[2:][-2:])
    return [piece for row in outer if len(row) <= 3 for piece in row if _is_page_number(piece, page)]


def _is_page_number(piece: Piece, page: Sequence[Piece]) -> bool:
    others = [other for other in page if other is not piece and not piece.beside(other)]
    above = all(other.middle < piece.middle for other in others if not _PAGE_NUMBER.fullmatch(other.text))
    below = all(other.middle > piece.middle for other in others if not _PAGE_NUMBER.fullmatch(other.text))
    return bool(others) and (above or below) and _PAGE_NUMBER.fullmatch(piece.text) is not None


def _line_numbers(page: Sequence[Piece]) -> list[Piece]:
    """Numbers that stand alone, one below the other, left of all else."""
    numbers = [piece for piece in page if piece.text.isdecimal()]
    text = [piece.left for piece in page if not piece.text.isdecimal()]
    alone = [piece for piece in numbers if piece.right < min(text, default=0.0)]
    return alone if len(alone) >= _FEWEST_LINE_NUMBERS else []
