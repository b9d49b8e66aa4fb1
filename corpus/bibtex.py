"""BibTeX entries as reference managers and publishers export them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from corpus.dates import publication_date
from corpus.quarantine import BadRecord
from corpus.reference_record import Reference, document
from corpus.reference_text import language, listed, one_line, page_range, slashed_date
from corpus.text_lines import head_text, whole_text
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate

if TYPE_CHECKING:
    from collections.abc import Callable

    from bibtexparser.model import Entry

_ENTRY = re.compile(
    r"^[ \t]*@\s*(?!comment|string|preamble)[a-z]+\s*[{(]\s*[^\s,{}]*\s*,", re.IGNORECASE | re.MULTILINE
)
_OPENING = re.compile(r"\s*(?:%[^\n]*\n\s*)*@\s*[a-z]+\s*[{(]", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+")
_GROUP = re.compile(r"\{([^{}]+)\}")
_LATEX = re.compile(r"\\|\$|~|``|''")
_LETTERS = re.compile(r"[{}]")
_TYPES = {"article": "Journal Article"}


def looks_like(head: bytes) -> bool:
    """Whether a file opens with an entry, a string, a preamble or a comment of BibTeX and has an entry."""
    text = head_text(head)
    return _OPENING.match(text) is not None and _ENTRY.search(text) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the entries, in order; an entry that can't be used costs only itself.

    Strings are put in; LaTeX accents and symbols become letters; formulae stay as they are written.

    Raises:
        UnreadableInput: there is no entry in it.
    """
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Entry, ParsingFailedBlock

    # The library warns of each faulty entry on its own; ours is the report.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    unlatex, count = _unlatex(), 0
    for block in parse_string(whole_text(stream, source)).blocks:
        # A key or a field given twice is no fault that costs the entry.
        entry = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        if isinstance(entry, Entry):
            count += 1
            yield _converted(entry, unlatex, count, source)
        elif isinstance(block, ParsingFailedBlock):
            count += 1
            reason = getattr(block.error, "abort_reason", None) or str(block.error)
            yield BadRecord(_where(count, block.start_line), f"not well-formed BibTeX: {one_line(reason)}")
    if not count:
        raise UnreadableInput(f"{source} has no BibTeX entry in it; export it again")


def _where(number: int, line: int | None, key: str = "") -> str:
    return f"entry {number}, line {(line or 0) + 1}{f', {key}' if key else ''}"


def _unlatex() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text

    # Formulae stay as they are: a translation could change a number.
    translate = LatexNodes2Text(math_mode="verbatim", keep_braced_groups=False).latex_to_text

    def words(text: str) -> str:
        # The translation takes 6 ms an abstract, and most need none.
        found = translate(text.replace("%", "\\%").replace("\\\\%", "\\%")) if _LATEX.search(text) else text
        return one_line(_LETTERS.sub("", str(found)))

    return words


def _converted(entry: Entry, unlatex: Callable[[str], str], number: int, source: str) -> Document | BadRecord:
    try:
        values = {field.key.lower(): str(field.value) for field in reversed(entry.fields)}
        return document(_reference(entry.entry_type.lower(), values, unlatex), source)
    except ValueError as error:
        return BadRecord(_where(number, entry.start_line, entry.key), str(error))


def _reference(kind: str, values: dict[str, str], unlatex: Callable[[str], str]) -> Reference:
    def first(*names: str) -> str:
        return next((unlatex(values[name]) for name in names if values.get(name, "").strip()), "")

    pubmed = values.get("eprint", "") if values.get("eprinttype", "").lower() in {"pmid", "pubmed"} else ""
    return Reference(
        title=first("title"),
        abstract=first("abstract"),
        pmid=values.get("pmid", "") or pubmed,
        doi=values.get("doi", "").replace("\\_", "_"),
        pmcid=values.get("pmcid", "") or values.get("pmc", ""),
        authors=tuple(_authors(values.get("author", ""), unlatex)),
        journal=first("journal", "journaltitle", "booktitle", "publisher", "institution"),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=page_range(first("pages").replace("–", "-")),
        published=_published(first("date"), first("year"), first("month"), first("day")),
        publication_types=(first("type"), _TYPES.get(kind, "")),
        keywords=listed(first("keywords", "keyword").replace(",", ";")),
        languages=(language(name),) if (name := first("language", "langid")) else (),
        url=values.get("url", ""),
        licence=first("copyright", "license", "rights"),
    )


def _authors(text: str, unlatex: Callable[[str], str]) -> Iterator[str]:
    for name in _AND.split(one_line(text)):
        if _GROUP.fullmatch(name):
            yield f"{{{unlatex(name)}}}"  # a group, whatever commas it has
            continue
        words = unlatex(name)
        given, _, family = words.rpartition(" ")
        if words.lower() != "others":
            yield words if "," in words or not given else f"{family}, {given}"


def _published(date: str, year: str, month: str, day: str) -> PublicationDate | None:
    if date and (known := slashed_date(date)):
        return known
    try:
        return publication_date(year, month or None, day or None)
    except ValueError:
        return slashed_date(year)
