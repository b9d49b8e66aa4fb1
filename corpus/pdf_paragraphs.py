"""Lines of a PDF as paragraphs: what belongs together, and words that a line end cut in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pdf_columns import CELLS_PARTED, Line
from corpus.pdf_marks import LINE_HYPHEN

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|[.,-]B(?:I|\b)|[.]B$", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[•●▪■◦‣∙✓➢]|o\s)")
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]\s|\(?[a-z]\)\s)")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_OPEN = re.compile(r"\b(?:a|an|the|in|of|and|or|to|for|with|by|on|at|from|that)$", re.IGNORECASE)
_CUT = re.compile(r"([^\W\d_][\w’-]*)(?:-|\u00ad)$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First halves that a hyphen ties to what they stand before.
_TIED = frozenset(
    "alpha beta gamma delta self well non long short high low half first second third double single dose "
    "evidence risk age sex placebo case time cross follow all one two three four five ten post pre".split()
)
_GAP = 1.35  # times the usual distance of lines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, as one text."""

    text: str
    page_starts: tuple[tuple[int, int], ...]
    """Offset in `text` at which each of its pages begins, and the number of the page."""
    lines: tuple[Line, ...]

    @property
    def size(self) -> float:
        """Height of its print in points."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all of it is printed bold."""
        return all(is_bold(line) for line in self.lines)


def paragraphs(lines: Sequence[Line], headings: frozenset[str]) -> list[Paragraph]:
    """The paragraphs of all pages in reading order.

    Args:
        lines: of all pages, without furniture.
        headings: titles from the outline of the file, each `folded`; such a line stands alone, unless
            the next one goes on with it.
    """
    known = _vocabulary(lines)
    leading = _leading(lines)
    headings -= set(_half_sentences(lines))
    groups: list[list[Line]] = []
    for before, line in pairwise([None, *lines]):
        if before is None or line is None or _begins(groups[-1], line, leading, headings):
            groups.append([line])  # type: ignore[list-item]  # only the first is None
        else:
            groups[-1].append(line)
    return [_paragraph(group, known) for group in _mended(groups, headings)]


def folded(text: str) -> str:
    """A heading without case, the number before it and the marks around it, to compare it by."""
    return " ".join(re.sub(r"^[\d.]+\s+", "", text.strip()).split()).strip(" .:•").casefold()


def is_bold(line: Line) -> bool:
    """Whether a line is printed bold, by the name of its font."""
    return _BOLD.search(line.font) is not None


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is printed."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _vocabulary(lines: Sequence[Line]) -> Counter[str]:
    """How often each whole word stands in the text; the two halves of a cut one are none."""
    known = Counter[str]()
    cut = False
    for line in lines:
        words = _WORD.findall(line.text)
        ends_cut = _CUT.search(line.text) is not None
        known.update(word.casefold() for word in words[int(cut) : len(words) - int(ends_cut)])
        cut = ends_cut
    return known


def _half_sentences(lines: Sequence[Line]) -> Iterator[str]:
    """Lines, alone and with the one before, that the next line goes on with: they head nothing."""
    before = ""
    for line, after in pairwise(lines):
        if after.text[:1].islower() or _OPEN.search(line.text):
            yield folded(line.text)
            yield folded(f"{before} {line.text}")
        before = line.text


def _leading(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of two lines for each size of print."""
    steps: dict[float, Counter[float]] = {}
    for before, line in pairwise(lines):
        step = before.bottom - line.bottom
        if before.column == line.column and before.page == line.page and 0 < step < 4 * line.size:
            steps.setdefault(round(line.size), Counter())[round(step)] += 1
    return {size: counted.most_common(1)[0][0] for size, counted in steps.items()}


def _begins(group: Sequence[Line], line: Line, leading: dict[float, float], headings: frozenset[str]) -> bool:
    """Whether `line` opens a new paragraph after the lines of `group`."""
    before = group[-1]
    if CELLS_PARTED in line.text + before.text:
        return True
    if abs(line.size - before.size) > 0.08 * before.size:
        return True
    if is_bold(line) != is_bold(before) and (_ends(before) or not _runs_on(before, line)):
        return True
    if folded(line.text) in headings or folded(" ".join(one.text for one in group)) in headings:
        return True
    if line.page != before.page or line.column != before.column or line.bottom > before.bottom:
        return _ends(before) or not _runs_on(before, line)
    if before.bottom - line.bottom > _GAP * leading.get(round(line.size), line.size * 1.2) + 1:
        return True
    if _BULLET.match(line.text) or (_NUMBER.match(line.text) and (_ends(before) or not _is_full(before))):
        return True
    return _indented(group, line) or _ended_early(group, line)


def _ends(line: Line) -> bool:
    return _ENDED.search(line.text) is not None


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a sentence goes on from the foot of one column to the head of the next."""
    if before.text.endswith(("-", LINE_HYPHEN, ",")):
        return True
    return line.text[:1].islower() or (
        _is_full(before) and not _BULLET.match(line.text) and not line.text.isupper()
    )


def _indented(group: Sequence[Line], line: Line) -> bool:
    step = line.left - group[-1].left
    if abs(step) < 0.7 * line.size or not _ends(group[-1]):
        return False
    return step > 0 or len(group) > 1  # the second line of a paragraph lies left of an indented first one


def _ended_early(group: Sequence[Line], line: Line) -> bool:
    """Whether the first word of `line` would have had room on the line before."""
    before = group[-1]
    first = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * (len(first) + 1) / max(len(line.text), 1)
    if before.right + 1.3 * width > before.column[1]:
        return False
    return _ends(before) or (len(group) == 1 and line.text[:1].isupper())


def _mended(groups: Sequence[list[Line]], headings: frozenset[str]) -> list[list[Line]]:
    """Paragraphs that a caption or table parted, put together again before it."""
    body = body_size(line for group in groups for line in group)
    mended: list[list[Line]] = []
    unfinished: list[Line] | None = None
    for group in groups:
        plain = _is_plain(group[0], body)
        if plain and unfinished and _goes_on(unfinished[-1], group[0], headings):
            unfinished += group
        else:
            mended.append(list(group))
        if plain and len(group) > 1:
            last = mended[-1] if unfinished is None or unfinished[-1] is not group[-1] else unfinished
            unfinished = None if _ends(last[-1]) else last
    return mended


def _is_plain(line: Line, body: float) -> bool:
    return abs(line.size - body) < 0.05 * body and not is_bold(line) and CELLS_PARTED not in line.text


def _goes_on(before: Line, line: Line, headings: frozenset[str]) -> bool:
    """Whether `line` takes up the sentence of `before` behind a caption or table."""
    if line.page > before.page + 1 or folded(line.text) in headings or _BULLET.match(line.text):
        return False
    if line.page == before.page and line.column == before.column and line.bottom < before.bottom:
        return False
    return line.text[:1].islower() or (_is_full(before) and line.left - line.column[0] < 0.5 * line.size)


def _is_full(line: Line) -> bool:
    return line.column[1] - line.right < 2 * line.size


def _paragraph(group: Sequence[Line], known: Counter[str]) -> Paragraph:
    text, starts = "", list[tuple[int, int]]()
    for line in group:
        words = " ".join(line.text.replace(CELLS_PARTED, "; ").split())
        text, words = _joined(text, words, known)
        if not starts or line.page != starts[-1][1]:
            starts.append((len(text), line.page))
        text += words
    return Paragraph(text.replace(LINE_HYPHEN, "-"), tuple(starts), tuple(group))


def _joined(text: str, words: str, known: Counter[str]) -> tuple[str, str]:
    """What stands before and after the end of a line, with the space or hyphen that belongs between."""
    cut = _CUT.search(text)
    if cut is None or not words[:1].isalnum():
        return (f"{text} " if text and not text.endswith(("-", LINE_HYPHEN, "/")) else text), words
    first, rest = cut[1], (_WORD.match(words) or [""])[0]
    keeps = not rest or _keeps_hyphen(first, rest, known)
    return text[:-1] + ("-" if keeps else ""), words


def _keeps_hyphen(first: str, rest: str, known: Counter[str]) -> bool:
    """Whether two halves of a word are tied by a hyphen, by what the rest of the document writes."""
    whole, tied = (first + rest).casefold(), f"{first}-{rest}".casefold()
    if known[whole] != known[tied]:
        return known[tied] > known[whole]
    if not rest[0].islower() or (not first.islower() and first.isupper()):
        return True
    if "-" in first or first.casefold() in _TIED:
        return True
    return len(first) > 2 and len(rest) > 3 and known[first.casefold()] > 0 and known[rest.casefold()] > 0


def non_empty(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs with at least one letter or figure."""
    return (paragraph for paragraph in found if any(char.isalnum() for char in paragraph.text))
