"""Tables of records, a row each, in CSV or with semicolons or tabs, as screening tools and databases export them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import IO

from corpus.quarantine import BadRecord
from corpus.reference_record import Reference, document
from corpus.reference_text import distinct_words, language, one_line, page_range, slashed_date
from corpus.table_columns import columns
from corpus.text_lines import LONGEST_LINE, head_text, lines
from rag.errors import UnreadableInput
from rag.types import Document

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
# Embase has all of it in one column: `Journal (2014) 3:3 (152-160). Date of Publication: 2014`.
_SOURCE = re.compile(
    r"(?P<journal>[^()]+) \((?P<year>\d{4})\) (?P<volume>[^\s:()]+)(?::(?P<issue>\S+))? \((?P<pages>[^()]+)\)"
)
_AND = re.compile(r"\s+and\s+")
_SHORT_NAME = re.compile(r"[^,;]+ (?:[^\W\d_]\.?-?){1,4}", re.UNICODE)


def looks_like(head: bytes) -> bool:
    """Whether a file's first line names columns of records: a title or an abstract, and one more that is known."""
    return _header(head_text(head)) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the rows, in order; a row that can't be used costs only itself.

    Raises:
        UnreadableInput: its first line names no column that is known, or no row follows.
    """
    text = lines(stream, source)
    first = next((line for line in text if line.strip()), "")
    header = _header(first)
    if header is None:
        raise UnreadableInput(
            f"{source} has no columns for title or abstract in its first line; name them title and abstract"
        )
    delimiter, place_of = header
    csv.field_size_limit(LONGEST_LINE)
    number = 0
    for number, row in enumerate(_rows(text, delimiter), start=1):
        yield _converted(row, place_of, number, source)
    if not number:
        raise UnreadableInput(f"{source} has no row under its columns; export it again")


def _header(text: str) -> tuple[str, dict[str, int]] | None:
    """The delimiter under which most columns are known, and their places; None where too few are."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if len(first) > LONGEST_LINE:
        return None
    found = [
        (columns(next(csv.reader([first], delimiter=one), [])), one) for one in _DELIMITERS if one in first
    ]
    best = max(found, key=lambda known: len(known[0]), default=({}, ","))
    return (best[1], best[0]) if len(best[0]) > 1 else None


def _rows(text: Iterator[str], delimiter: str) -> Iterator[list[str] | csv.Error]:
    """Rows that hold anything; where the library gives one up, its reason."""
    reader = csv.reader((f"{line}\n" for line in text), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
            continue
        if any(value.strip() for value in row):
            yield row


def _converted(
    row: list[str] | csv.Error, place_of: dict[str, int], number: int, source: str
) -> Document | BadRecord:
    if isinstance(row, csv.Error):
        return BadRecord(f"row {number}", f"not well-formed: {row}; mend its quotation marks")
    try:
        return document(_reference(row, place_of), source)
    except ValueError as error:
        return BadRecord(f"row {number}", str(error))


def _reference(row: Sequence[str], place_of: dict[str, int]) -> Reference:
    def cell(field: str) -> str:
        place = place_of.get(field, len(row))
        return row[place].strip() if place < len(row) else ""

    source = _SOURCE.match(cell("source"))
    return Reference(
        title=cell("title"),
        abstract=cell("abstract"),
        pmid=cell("pmid").removesuffix(".0"),  # what a spreadsheet makes of a column with gaps
        doi=cell("doi"),
        pmcid=cell("pmcid"),
        authors=_names(cell("authors")),
        journal=source["journal"] if source else cell("journal"),
        volume=source["volume"] if source else cell("volume").removesuffix(".0"),
        issue=(source["issue"] or "") if source else cell("issue").removesuffix(".0"),
        pages=source["pages"]
        if source
        else cell("pages") or page_range(cell("start_page"), cell("end_page")),
        published=slashed_date(cell("date") or (source["year"] if source else ""))
        or slashed_date(cell("year").removesuffix(".0")),
        publication_types=_items(cell("types")),
        mesh_terms=distinct_words(term.partition("/")[0].strip("* ") for term in _items(cell("mesh"))),
        keywords=_items(cell("keywords")),
        languages=tuple(language(name) for name in _items(cell("language"))),
        registry=(cell("registry"),),
        url=cell("url"),
        licence=cell("licence"),
    )


def _items(text: str) -> tuple[str, ...]:
    """Items parted by semicolons, lines or bars, or written as a list of Python."""
    if text.startswith("[") and text.endswith("]"):
        return distinct_words(one_line(one or other) for one, other in _QUOTED.findall(text))
    return distinct_words(one_line(part) for part in re.split(r"[;\n|]", text))


def _names(text: str) -> tuple[str, ...]:
    """Names of authors; commas part them where each is a family name with initials."""
    names = tuple(part for item in _items(text) for part in (_AND.split(item) if "," in item else (item,)))
    if len(names) == 1 and not text.startswith("["):
        parts = [part.strip(" .") for part in names[0].split(",")]
        if len(parts) > 1 and all(_SHORT_NAME.fullmatch(part) for part in parts):
            return tuple(parts)
    return names
