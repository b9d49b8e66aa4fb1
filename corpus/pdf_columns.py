"""Reading order of a page: columns one after the other, what spans them in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.pdf_glyphs import Piece

_FEWEST_LINES = 6
"""Lines that each of two columns must have."""
_ALIGNED = 2.5  # points within which left edges are one edge
_FILLED = 0.45  # share of a column's width that most of its lines fill; cells of a table don't
CELLS_PARTED = "\t"
"""Stands between the cells of a row of a table; no text of a PDF holds it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, within its column."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    font: str
    column: tuple[float, float]
    """Left and right edge of the column that it stands in."""
    page: int


def lines(pieces: Sequence[Piece], page: int) -> list[Line]:
    """The lines of a page in reading order; cells of one table row become one line."""
    if not pieces:
        return []
    edges = _column_edges(pieces)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    columns = [(start, end) for start, end in pairwise([left, *edges, right])]
    found: list[Line] = []
    for column, band in _bands(pieces, columns):
        found += [_line(row, column or (left, right), page) for row in rows(band)]
    return found


def rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand on one line together, from top to bottom, each row from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if found and any(piece.beside(other) for other in found[-1]):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def _column_edges(pieces: Sequence[Piece]) -> list[float]:
    """Left edges of all columns but the first, by edges at which many full lines begin."""
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    edges = [edge for edge in _shared_edges(pieces) if left + 0.2 * (right - left) < edge]
    while edges:
        borders = [left, *edges, right]
        weak = [
            edge
            for before, edge, after in zip(borders, edges, borders[2:], strict=False)
            if not all(
                _is_column(pieces, start, end, _reach(pieces, edge, after))
                for start, end in ((before, edge), (edge, after))
            )
        ]
        if not weak:
            return edges
        edges.remove(min(weak, key=lambda edge: _begin_at(pieces, edge)))
    return []


def _shared_edges(pieces: Sequence[Piece]) -> list[float]:
    lefts = sorted(piece.left for piece in pieces)
    groups: list[list[float]] = []
    for left in lefts:
        if groups and left - groups[-1][0] <= _ALIGNED:
            groups[-1].append(left)
        else:
            groups.append([left])
    return [group[0] for group in groups if len(group) >= _FEWEST_LINES]


def _begin_at(pieces: Sequence[Piece], edge: float) -> int:
    return sum(abs(piece.left - edge) <= _ALIGNED for piece in pieces)


def _is_column(pieces: Sequence[Piece], start: float, end: float, reach: tuple[float, float]) -> bool:
    low, high = reach
    within = [
        piece
        for piece in pieces
        if piece.left >= start - _ALIGNED and piece.right <= end + _ALIGNED and low <= piece.middle <= high
    ]
    full = [piece for piece in within if piece.right - piece.left >= _FILLED * (end - start)]
    return len(full) >= _FEWEST_LINES and 2 * len(full) >= len(within)


def _reach(pieces: Sequence[Piece], edge: float, end: float) -> tuple[float, float]:
    """The lowest and the highest of the full lines that begin at `edge`: a table above them has no say."""
    middles = [
        piece.middle
        for piece in pieces
        if abs(piece.left - edge) <= _ALIGNED and piece.right - piece.left >= _FILLED * (end - edge)
    ]
    return min(middles, default=0.0), max(middles, default=0.0)


def _bands(
    pieces: Sequence[Piece], columns: Sequence[tuple[float, float]]
) -> Iterator[tuple[tuple[float, float] | None, list[Piece]]]:
    """Stretches of the page from top to bottom, each with its column; None where it spans them."""
    if len(columns) == 1:
        yield columns[0], list(pieces)
        return
    ordered = [(_spans(row, columns), row) for row in rows(pieces)]
    for spanning, group in groupby(ordered, key=lambda pair: pair[0]):
        band = [piece for _, row in group for piece in row]
        if spanning:
            yield None, band
        else:
            for start, end in columns:
                yield (
                    (start, end),
                    [piece for piece in band if start - _ALIGNED <= piece.left < end - _ALIGNED],
                )


def _spans(row: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a row lies across the columns: a piece crosses a border, or its cells begin where no column does."""
    if any(
        piece.left < end - _ALIGNED and piece.right > end + _ALIGNED
        for piece in row
        for _, end in columns[:-1]
    ):
        return True
    return len(row) > 2 * len(columns) and not all(_filled(row, *column) for column in columns)


def _filled(row: Sequence[Piece], start: float, end: float) -> bool:
    """Whether the words of a row fill a column, or are not in it."""
    within = [piece for piece in row if start - _ALIGNED <= piece.left < end - _ALIGNED]
    return not within or sum(piece.right - piece.left for piece in within) >= 0.6 * (end - start)


def _line(row: Sequence[Piece], column: tuple[float, float], page: int) -> Line:
    widest = max(row, key=lambda piece: len(piece.text))
    text, end = "", row[0].left
    for piece in row:
        gap = piece.left - end
        text += (CELLS_PARTED if gap > 2 * piece.size else " " if text else "") + piece.text
        end = piece.right
    return Line(text, row[0].left, row[-1].right, widest.bottom, widest.size, widest.font, column, page)
