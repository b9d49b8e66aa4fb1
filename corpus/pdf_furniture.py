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
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?[A-Z]?(\d{1,5})(?:\s*(?:of|/|\|)\s*\d{1,5})?\W*", re.IGNORECASE)


def split_furniture(pages: Sequence[Sequence[Piece]]) -> tuple[list[list[Piece]], tuple[str, ...]]:
    """Pages without their furniture, and the texts of the running headers and footers, each once.

    Headers and footers are lines at the edges of pages that repeat, figures aside.
    """
    edges = [_at_the_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(piece) for piece in page})
    needed = _REPEATED if len(pages) >= 2 * _REPEATED else 2
    counted = _counted(edges) | _line_numbers(pages)
    bodies, running = [], dict[str, None]()
    for page, edge in zip(pages, edges, strict=True):
        repeated = [piece for piece in edge if seen[_key(piece)] >= needed and _has_words(piece)]
        running |= dict.fromkeys(piece.text for piece in repeated)
        dropped = {id(piece) for piece in repeated} | counted
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


def _counted(edges: Sequence[Sequence[Piece]]) -> set[int]:
    """Identities of the pieces at the edges of pages that count the pages."""
    steps = Counter[int]()
    numbers = [
        (number, piece, int(found[1]))
        for number, edge in enumerate(edges)
        for piece in edge
        if (found := _PAGE_NUMBER.fullmatch(piece.text))
    ]
    for number, _, printed in numbers:
        steps[printed - number] += 1
    needed = _REPEATED if len(edges) >= 2 * _REPEATED else 2
    return {id(piece) for number, piece, printed in numbers if steps[printed - number] >= needed}


def _line_numbers(pages: Sequence[Sequence[Piece]]) -> set[int]:
    """Identities of the numbers that stand left of all else, where most pages have a column of them."""
    alone = [_left_of_all(page) for page in pages]
    if 2 * sum(len(numbers) >= _FEWEST_LINE_NUMBERS for numbers in alone) <= len(pages):
        return set()
    return {id(piece) for numbers in alone for piece in numbers}


def _left_of_all(page: Sequence[Piece]) -> list[Piece]:
    edge = min((piece.left for piece in page if not piece.text.isdecimal()), default=0.0)
    return [piece for piece in page if piece.text.isdecimal() and piece.right < edge]
