"""Paragraphs in the terminal, wrapped with a hanging indent and without trailing blanks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from rag.citations import line_of

_WIDEST = 100  # columns; longer lines are hard to read


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A styled line of any length, with what stands before its first line and as blanks under it."""

    text: Text
    marker: str = ""

    def lines(self, width: int) -> Iterable[Text]:
        """Its lines, wrapped to `width` columns; an address longer than that stays whole."""
        blank, plain, end = " " * len(self.marker), self.text.plain, 0
        fits = max(10, width - len(self.marker))
        for line in wrap(plain, fits, break_long_words=False, break_on_hyphens=False) or [""]:
            start = plain.index(line, end)
            yield (
                Text(blank if end else self.marker) + self.text[start : start + len(line)] if line else Text()
            )
            end = start + len(line)


def styled(text: str, style: str = "", marker: str = "") -> Paragraph:
    """A paragraph of plain text; control characters in it can't reach the terminal."""
    return Paragraph(Text(line_of(text), style), marker)


def print_paragraphs(paragraphs: Iterable[Paragraph], console: Console) -> None:
    """Print paragraphs, wrapped to the console but never wider than is easy to read."""
    for paragraph in paragraphs:
        for line in paragraph.lines(min(console.width, _WIDEST)):
            console.print(line, soft_wrap=True)
