"""RIS records as EndNote, Zotero, Embase, Scopus, ProQuest, Web of Science and Ovid export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from corpus.dates import publication_date
from corpus.quarantine import BadRecord
from corpus.reference_record import PUBLICATION_TYPES, Reference, document, doi_in_address
from corpus.reference_text import distinct_words, language, listed, one_line, page_range, slashed_date
from corpus.tagged_lines import Grammar, TaggedRecord, records
from corpus.text_lines import head_text, lines
from rag.errors import UnreadableInput
from rag.types import Document, PublicationDate

# Ovid's own export has neither TY nor ER: its records open with the vendor's name.
GRAMMAR = Grammar(
    line=re.compile(r"([A-Z][A-Z0-9])(?:  | ?\t)-(?:\s(.*))?$"),
    opens=frozenset({"TY"}),
    opens_again=frozenset({"VN"}),
    closes=frozenset({"ER"}),
    joint="\n",
)
_OPENING = re.compile(r"(?:\s*(?:\d+\.|%?<\d+>)\s*\n)?\s*(?:TY(?:  | ?\t)-|VN  - Ovid)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|21\d\d")
_PMID_NOTE = re.compile(r"PMID:\s*(\d+)\s*")
_PMCID_NOTE = re.compile(r"PMCID:\s*(PMC\d+)\s*")
_NLM = re.compile(r"NLM|.*\b(?:pubmed|medline)\b.*", re.IGNORECASE)
_OPENS_OR_TELLS = ("TY", "VN", "TI", "T1", "AB", "N2")
_OVID_MARKS = re.compile(r"(?: ?\[(?:Review|\d+ refs?)\])+$")
_ADDRESSES = ("UR", "L2", "LK", "XL")


def looks_like(head: bytes) -> bool:
    """Whether a file opens with a RIS record."""
    return _OPENING.match(head_text(head)) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the records of `stream`, in order; a record that can't be used costs only itself.

    Each vendor has its own tag for title, abstract, journal and date; the first that is filled counts.

    Raises:
        UnreadableInput: there is no record in it.
    """
    found = False
    for record in records(lines(stream, source), GRAMMAR):
        if not record.has(*_OPENS_OR_TELLS):
            continue  # what some vendors write between two records
        found = True
        try:
            yield document(_reference(record), source)
        except ValueError as error:
            yield BadRecord(record.where, str(error))
    if not found:
        raise UnreadableInput(f"{source} has no RIS record in it; export it again")


def _reference(record: TaggedRecord) -> Reference:
    notes = [line for note in record.all("N1") for line in note.splitlines()]
    of_nlm = any(_NLM.fullmatch(name) for name in record.all("DP", "DB"))
    subjects = distinct_words(item for value in record.all("KW") for item in listed(value))
    return Reference(
        title=_OVID_MARKS.sub("", record.first("TI", "T1", "CT", "BT")),
        abstract="\n\n".join(record.all("AB") or record.all("N2")),
        pmid=_pmid(record, notes, of_nlm),
        doi=record.first("DO") or next(filter(None, map(doi_in_address, record.all(*_ADDRESSES))), ""),
        pmcid=next((known[1] for note in notes if (known := _PMCID_NOTE.fullmatch(note))), ""),
        authors=record.all("AU") or record.all("A1"),
        journal=record.first("JF", "T2", "JO", "JA", "J2"),
        volume=record.first("VL"),
        issue=record.first("IS"),
        pages=page_range(record.first("SP"), record.first("EP")),
        published=_published(record),
        publication_types=tuple(_types(record, notes)),
        mesh_terms=distinct_words(term.partition("/")[0].strip("* ") for term in subjects) if of_nlm else (),
        keywords=() if of_nlm else subjects,
        languages=tuple(language(name) for name in record.all("LA")),
        url=record.first("UR"),
    )


def _pmid(record: TaggedRecord, notes: list[str], of_nlm: bool) -> str:
    if of_nlm and record.first("AN").isdecimal():
        return record.first("AN")
    return next((known[1] for note in notes if (known := _PMID_NOTE.fullmatch(note))), "")


def _types(record: TaggedRecord, notes: list[str]) -> Iterator[str]:
    """Types that the record states, in notes only where a line is nothing else, as EndNote has them."""
    yield from record.all("PT")
    yield from (kind for kind in record.all("M3") if "[" not in kind and not kind.startswith("10."))
    yield from (line for line in notes if one_line(line).lower() in PUBLICATION_TYPES)
    if record.first("TY") in {"JOUR", "NEWS"}:
        yield record.first("TY")


def _published(record: TaggedRecord) -> PublicationDate | None:
    """The date that says most in the year of publication; a year that is none leaves it unknown."""
    year = slashed_date(record.first("PY", "Y1"))
    day = record.first("DA")
    whole = slashed_date(day)
    if year is None:
        return whole
    if whole is not None and whole.year == year.year and year.month is None:
        return whole
    if day and not _YEAR.search(day) and year.month is None:
        number = re.search(r"\d{1,2}", day)
        return publication_date(
            str(year.year), day if re.search(r"[A-Za-z]", day) else None, number[0] if number else None
        )
    return year
