"""MEDLINE records as PubMed exports them: NBIB files of one record or many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO

from corpus.dates import free_date
from corpus.ids import doi_id, pmid_id
from corpus.quarantine import BadRecord
from corpus.reference_record import Reference, document
from corpus.reference_text import distinct_words, one_line, slashed_date
from corpus.tagged_lines import Grammar, TaggedRecord, records
from corpus.text_lines import head_text, lines
from rag.errors import UnreadableInput
from rag.types import Document, Link, LinkKind, PublicationDate

GRAMMAR = Grammar(
    line=re.compile(r"([A-Z][A-Z0-9]{1,3}) *-(?: (.*))?$"),
    opens=frozenset({"PMID"}),
    opens_again=frozenset({"OWN"}),
)

# Tags of the MEDLINE display format of PubMed, each with what the same link means in `corpus.pubmed_record`.
LINKS: dict[str, tuple[LinkKind, ...]] = {
    "RIN": (LinkKind.RETRACTED_BY,),
    "ROF": (LinkKind.RETRACTS,),
    "PRIN": (LinkKind.CONCERN_BY,),
    "PROF": (LinkKind.RAISES_CONCERN,),
    "ECI": (LinkKind.CONCERN_BY,),
    "ECF": (LinkKind.RAISES_CONCERN,),
    "EIN": (LinkKind.CORRECTED_BY,),
    "EFR": (LinkKind.CORRECTS,),
    "RRI": (LinkKind.RETRACTED_BY, LinkKind.REPUBLISHED_AS),
    "RRF": (LinkKind.RETRACTS,),
    "CRI": (LinkKind.CORRECTED_BY, LinkKind.REPUBLISHED_AS),
    "CRF": (LinkKind.CORRECTS,),
    "RPI": (LinkKind.REPUBLISHED_AS,),
    "UIN": (LinkKind.SUPERSEDED_BY,),
    "UOF": (LinkKind.SUPERSEDES,),
    "CON": (LinkKind.COMMENT_ON,),
}
_OPENING = re.compile(r"\s*PMID ?- ?\d+\s*$|\s*OWN - \w+\s*$", re.MULTILINE)
_PMID = re.compile(r"PMID:\s*(\d+)")


def looks_like(head: bytes) -> bool:
    """Whether a file's first lines are those of a MEDLINE record."""
    return _OPENING.match(head_text(head)) is not None


def read(stream: IO[bytes], source: str) -> Iterator[Document | BadRecord]:
    """Documents of the records of `stream`, in order; a record that can't be used costs only itself.

    Other abstracts and translations are left out. The date is that of the issue; the electronic
    one where it falls in the same year and says more.

    Raises:
        UnreadableInput: there is no record in it.
    """
    found = False
    for record in records(lines(stream, source), GRAMMAR):
        found = True
        try:
            yield document(_reference(record), source)
        except ValueError as error:
            yield BadRecord(_where(record), str(error))
    if not found:
        raise UnreadableInput(f"{source} has no MEDLINE record in it; export it again")


def _where(record: TaggedRecord) -> str:
    pmid = record.first("PMID")
    return f"{record.where}, PMID {pmid}" if pmid else record.where


def _reference(record: TaggedRecord) -> Reference:
    written = record.first("PMID")
    if written and pmid_id(written) is None:
        raise ValueError(f"PMID {written!r} is no PubMed number")
    return Reference(
        title=_title(record),
        abstract=record.first("AB"),
        pmid=written,
        doi=_doi(record),
        pmcid=record.first("PMC"),
        authors=(*(record.all("AU") or record.all("FAU")), *(f"{{{group}}}" for group in record.all("CN"))),
        journal=record.first("TA", "JT", "PB"),
        volume=record.first("VI"),
        issue=record.first("IP"),
        pages=record.first("PG"),
        published=_published(record),
        revised=_revised(record),
        publication_types=record.all("PT"),
        mesh_terms=distinct_words(one_line(term).partition("/")[0].strip("* ") for term in record.all("MH")),
        keywords=distinct_words(one_line(term).strip("* ") for term in record.all("OT")),
        languages=record.all("LA"),
        registry=record.all("SI"),
        links=tuple(_links(record)),
    )


def _title(record: TaggedRecord) -> str:
    title = record.first("TI")
    if not title or title.startswith("[Not Available]"):
        return record.first("TT", "BTI") or title
    return title


def _doi(record: TaggedRecord) -> str:
    marked = (text for text in record.all("LID", "AID") if text.endswith("[doi]"))
    return next((text.removesuffix("[doi]").strip() for text in marked), "")


def _published(record: TaggedRecord) -> PublicationDate | None:
    words = record.first("DP")
    issue = _day_date(words) or free_date(words)
    electronic = _compact(record.first("DEP"))
    if issue is None or (electronic is not None and electronic.year == issue.year and issue.day is None):
        return electronic or issue
    return issue


def _day_date(words: str) -> PublicationDate | None:
    """`2002 Sep 7`, which `free_date` would take for its month alone."""
    whole = re.fullmatch(r"(\d{4}) ([A-Z][a-z]{2}) (\d{1,2})", words)
    return slashed_date(f"{whole[1]}/{whole[2]}/{whole[3]}") if whole else None


def _compact(digits: str) -> PublicationDate | None:
    return slashed_date(f"{digits[:4]}/{digits[4:6]}/{digits[6:8]}") if digits[:4].isdecimal() else None


def _revised(record: TaggedRecord) -> date | None:
    known = _compact(record.first("LR"))
    return known.earliest if known else None


def _links(record: TaggedRecord) -> Iterator[Link]:
    for tag, source in record.fields:
        for kind in LINKS.get(tag, ()):
            named = _PMID.search(source)
            target = pmid_id(named[1]) if named else doi_id(source)
            yield Link(kind, target or source)
