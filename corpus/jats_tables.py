"""Tables of JATS as lines that can be read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.jats_text import text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_COLUMNS = 100
"""Columns that a cell may span, and rows; what says more is not believed."""
LONGEST_REPEATED = 200
"""Characters of a heading or a cell that is repeated on other lines."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    repeated: bool
    """Whether it stands here only because it spans columns from the left."""


_Row = dict[int, _Cell]


def rows(table: Element) -> Iterator[str]:
    """Each row of the body as `row's name; column's heading: cell; column's heading: cell`.

    Headings of several lines are joined, cells that span rows or columns count for each of them, and
    empty cells are left out.
    """
    heads, body = _parted(table)
    headings = _headings(_grid(heads))
    for row in _grid(body):
        if line := _line(row, headings):
            yield line
    if not body:
        yield from (line for row in _grid(heads) if (line := _line(row, {})))


def _parted(table: Element) -> tuple[list[Element], list[Element]]:
    heads = list(table.iterfind("thead/tr"))
    body = [*table.iterfind("tr"), *table.iterfind("tbody/tr"), *table.iterfind("tfoot/tr")]
    if not heads and len(body) > 1 and all(cell.tag == "th" for cell in body[0]):
        return body[:1], body[1:]
    if not body and len(heads) > 1:
        return heads[:1], heads[1:]
    return heads, body


def _grid(lines: Iterable[Element]) -> Iterator[_Row]:
    """Rows with every cell at the columns that it covers."""
    from_above: dict[int, tuple[int, _Cell]] = {}
    for line in lines:
        row = {column: cell for column, (_, cell) in from_above.items()}
        from_above = {column: (left - 1, cell) for column, (left, cell) in from_above.items() if left > 1}
        column = 0
        for element in line.iterchildren("td", "th"):
            while column in row:
                column += 1
            words = text(element, footnoted=True)
            for place in range(_span(element, "colspan")):
                cell = _Cell(words if place == 0 else _short(words), repeated=place > 0)
                row[column] = cell
                if (down := _span(element, "rowspan")) > 1 and words:
                    from_above[column] = (down - 1, _Cell(_short(words), cell.repeated))
                column += 1
        yield row


def _span(cell: Element, name: str) -> int:
    written = (cell.get(name) or "").strip()
    return min(int(written), MOST_COLUMNS) if written.isdecimal() and int(written) else 1


def _short(words: str) -> str:
    if len(words) <= LONGEST_REPEATED:
        return words
    return words[:LONGEST_REPEATED].rsplit(" ", 1)[0] + "…"


def _headings(heads: Iterable[_Row]) -> dict[int, str]:
    lines: dict[int, dict[str, None]] = {}
    for row in heads:
        for column, cell in row.items():
            if cell.text:
                lines.setdefault(column, {})[cell.text.rstrip(" ,;:")] = None
    return {column: _short(", ".join(words)) for column, words in lines.items()}


def _line(row: _Row, headings: dict[int, str]) -> str:
    said = [(column, cell.text) for column, cell in sorted(row.items()) if cell.text and not cell.repeated]
    # The first column names the row, and a cell that stands alone heads the rows below it.
    named = [
        words if column == 0 or len(said) == 1 else _headed(headings.get(column), words)
        for column, words in said
    ]
    return "; ".join(named)


def _headed(heading: str | None, words: str) -> str:
    return f"{heading.rstrip(':')}: {words}" if heading and heading != words else words
