"""Paragraphs of a PDF under their headings, without its bibliography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from corpus.pdf_paragraphs import Paragraph, body_size, folded
from rag.types import Section

PARTS = frozenset(
    "abstract|summary|executive summary|introduction|methods|materials and methods|patients and methods"
    "|subjects and methods|results|findings|discussion|conclusion|conclusions|recommendations|acknowledgements"
    "|acknowledgments|funding|references|bibliography|literature cited|reference list|references and notes"
    "|works cited|appendix|glossary".split("|")
)
"""Headings, folded, of the parts of a paper, above all others of their size."""
_KNOWN = PARTS | frozenset(
    "background|objective|objectives|aims|study design|statistical analysis|limitations|strengths and limitations"
    "|rationale|scope|author contributions|competing interests|conflicts of interest|conflict of interest"
    "|data availability|additional information|supplementary material|ethics statement|keywords".split("|")
)
_CONTENTS = frozenset({"contents", "table of contents"})
BIBLIOGRAPHIES = frozenset(
    {
        "references",
        "bibliography",
        "literature cited",
        "reference list",
        "references and notes",
        "works cited",
    }
)
"""Headings, folded, under which other documents are listed."""
_LEFT_OUT = BIBLIOGRAPHIES | _CONTENTS
_LONGEST_HEADING = 180
_MOST_LINES = 3
_LARGER = 1.08  # times the size of the text
_DEEPEST = 3
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-Z]")
_CAPTION = re.compile(r"^(?:fig(?:ure)?|table|box|exhibit|chart)\b\.?\s*[A-Z]?\d*", re.IGNORECASE)
_LEADERS = re.compile(r"\.{4,}\s*\d+$|(?:\. ){4,}\s*\d*$")
_REFERENCE = re.compile(r"^\[?\d{1,3}[\].]\s+\S")


def sections(paragraphs: Sequence[Paragraph], outline: Mapping[str, int], title: str) -> tuple[Section, ...]:
    """The text under each heading path, in order.

    A heading is told by the file's outline, a larger or bolder print, or by being one that papers
    have. Bibliographies, lines of a table of contents and repetitions of the title are left out.

    Args:
        paragraphs: of the whole document in reading order.
        outline: level of each title of the file's outline, 0 is the highest, by its `folded` form.
        title: of the document.
    """
    headed = _headed(paragraphs, outline, folded(title))
    return tuple(
        _section(heading, [paragraph for _, paragraph in group])
        for heading, group in groupby(headed, key=lambda pair: pair[0])
    )


def _headed(
    paragraphs: Sequence[Paragraph], outline: Mapping[str, int], title: str
) -> Iterator[tuple[str, Paragraph]]:
    body = body_size(line for paragraph in paragraphs for line in paragraph.lines)
    path: list[tuple[tuple[float, ...], str]] = []
    for paragraph in paragraphs:
        name = folded(paragraph.text)
        if (name == title and _is_distinct(paragraph, body)) or _LEADERS.search(paragraph.text) or not name:
            continue
        in_contents = bool(path) and folded(path[-1][1]) in _CONTENTS
        if _is_heading(paragraph, outline, body, in_contents):
            rank = _rank(paragraph, outline)
            while path and path[-1][0] >= rank:
                path.pop()
            path = [*path[: _DEEPEST - 1], (rank, paragraph.text.rstrip(" :"))]
        elif not any(folded(heading) in _LEFT_OUT for _, heading in path):
            yield " / ".join(heading for _, heading in path), paragraph


def _is_heading(paragraph: Paragraph, outline: Mapping[str, int], body: float, in_contents: bool) -> bool:
    text = paragraph.text
    if folded(text) in outline:
        return True
    distinct = _is_distinct(paragraph, body)
    if folded(text) in _KNOWN | _CONTENTS:
        return distinct or not in_contents
    if len(paragraph.lines) > _MOST_LINES or len(text) > _LONGEST_HEADING or _CAPTION.match(text):
        return False
    if text.endswith((".", ";", ",", "-")) or "; " in text or not re.search(r"[^\W\d_]{3}", text):
        return False
    if not (text[0].isupper() or _NUMBERED.match(text)) or (
        _REFERENCE.match(text) and not _NUMBERED.match(text)
    ):
        return False
    return distinct


def _is_distinct(paragraph: Paragraph, body: float) -> bool:
    return paragraph.size >= _LARGER * body or (paragraph.bold and paragraph.size >= 0.95 * body)


def _rank(paragraph: Paragraph, outline: Mapping[str, int]) -> tuple[float, ...]:
    """What orders headings from the highest to the lowest: outline, else size, then numbers, then capitals."""
    level = outline.get(folded(paragraph.text))
    if level is not None:
        return (0.0, float(level))
    numbered = _NUMBERED.match(paragraph.text)
    depth = numbered[1].count(".") if numbered else 0
    if folded(paragraph.text) in _LEFT_OUT:  # ends at any heading of its size: what follows is text again
        return (1.0, -round(paragraph.size), 9.0, 1.0)
    shouted = paragraph.text.isupper() or folded(paragraph.text) in PARTS
    return (1.0, -round(paragraph.size), float(depth), 0.0 if shouted else 1.0)


def _section(heading: str, paragraphs: Sequence[Paragraph]) -> Section:
    text, starts = "", list[tuple[int, int]]()
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        starts += [
            (len(text) + offset, page)
            for offset, page in paragraph.page_starts
            if not starts or page != starts[-1][1]
        ]
        text += paragraph.text
    return Section(heading, text, tuple(starts))
