"""PubMed through E-utilities: search for PMIDs, fetch the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from corpus.entrez_transport import Transport
from rag.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_OF_A_SEARCH = 9_999
"""PubMed gives no more records of one search than this ("The E-utilities In-Depth", ESearch)."""
RECORDS_A_PAGE = 200

_HARDENED = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_PMIDS = ("MedlineCitation/PMID", "BookDocument/PMID")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    count: int
    """Records that match; there may be more than `pmids`."""
    pmids: tuple[str, ...]
    web_env: str
    """Where the server keeps the search, with `query_key`; empty where it doesn't."""
    query_key: str
    warnings: tuple[str, ...]
    """What the server didn't understand of the query."""


@dataclass(frozen=True, slots=True)
class Page:
    """Records as PubMed gives them."""

    xml: bytes
    pmids: frozenset[str]


def search(transport: Transport, query: str, first: date | None, last: date, most: int) -> Found:
    """PMIDs of the records that match a query and came into PubMed between two days, at most `most`.

    Raises:
        InputError: the server refuses the query.
        SourceUnavailable: it doesn't answer.
    """
    fields = {"db": "pubmed", "term": query, "usehistory": "y", "retmax": str(min(most, MOST_OF_A_SEARCH))}
    if first is not None:
        days = {"mindate": f"{first:%Y/%m/%d}", "maxdate": f"{last:%Y/%m/%d}"}
        fields |= {"datetype": "edat", **days}
    root = _parsed(transport.ask("esearch", fields, _wrong_with_search))
    warnings = [words for path in _WARNINGS for one in root.iterfind(path) if (words := one.text or "")]
    return Found(
        int(root.findtext("Count") or 0),
        tuple(dict.fromkeys((one.text or "").strip() for one in root.iterfind("IdList/Id"))),
        (root.findtext("WebEnv") or "").strip(),
        (root.findtext("QueryKey") or "").strip(),
        tuple(warnings),
    )


def fetch_kept(transport: Transport, found: Found, start: int, count: int) -> Page | None:
    """Records of a search that the server keeps, from the place `start`; None where it keeps it no more."""
    if not found.web_env or not found.query_key:
        return None
    place = {"WebEnv": found.web_env, "query_key": found.query_key}
    fields = {"db": "pubmed", "retmode": "xml", **place, "retstart": str(start), "retmax": str(count)}
    try:
        reply = transport.ask("efetch", fields, _wrong_with_kept)
    except InputError:
        return None
    root = _parsed(reply)
    return None if root.tag == "eFetchResult" else Page(reply, _pmids(root))


def fetch(transport: Transport, pmids: Sequence[str]) -> Page:
    """Records by PMID; those that PubMed doesn't have are left out.

    Raises:
        SourceUnavailable: it doesn't answer.
    """
    fields = {"db": "pubmed", "retmode": "xml", "id": ",".join(pmids)}
    reply = transport.ask("efetch", fields, _wrong_with_records)
    return Page(reply, _pmids(_parsed(reply)))


def records(page: Page) -> list[tuple[str, date | None, bytes]]:
    """Each record of a page: its PMID, the day of its last revision, and the record itself."""
    from lxml.etree import tostring

    return [
        (pmid, _revised(record), tostring(record, encoding="utf-8", with_tail=False))
        for record in _parsed(page.xml).iterfind("*")
        if record.tag in _RECORDS and (pmid := next(iter(_pmids_of(record)), None))
    ]


def joined(found: Sequence[bytes]) -> bytes:
    """Records put together as one file."""
    head = b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n'
    return head + b"\n".join(found) + b"\n</PubmedArticleSet>\n"


_WARNINGS = (
    "ErrorList/PhraseNotFound",
    "ErrorList/FieldNotFound",
    "WarningList/PhraseIgnored",
    "WarningList/QuotedPhraseNotFound",
)


def _wrong_with_search(reply: bytes) -> str | None:
    return _wrong(reply, "eSearchResult") or (
        None if (_parsed(reply).findtext("Count") or "").isdigit() else "the reply has no count"
    )


def _wrong_with_kept(reply: bytes) -> str | None:
    """As for records, but an error is an answer: the search isn't kept any more."""
    fault = _malformed(reply)
    if fault is not None or _parsed(reply).tag == "eFetchResult":
        return fault
    return _wrong_with_records(reply)


def _wrong_with_records(reply: bytes) -> str | None:
    return _wrong(reply, "PubmedArticleSet")


def _wrong(reply: bytes, root: str) -> str | None:
    if (fault := _malformed(reply)) is not None:
        return fault
    found = _parsed(reply)
    error = next((one.text for one in found.iter("ERROR") if (one.text or "").strip()), None)
    if error is not None:
        return f"it says {' '.join(error.split())[:200]!r}"
    return None if found.tag == root else f"the reply is {found.tag!r} and not {root!r}"


def _malformed(reply: bytes) -> str | None:
    from lxml.etree import XMLSyntaxError

    try:
        _parsed(reply)
    except (XMLSyntaxError, ValueError):
        return "the reply is cut short or no XML"
    return None


def _parsed(reply: bytes) -> Element:
    from lxml.etree import XMLParser, fromstring

    return fromstring(reply, XMLParser(**_HARDENED))


def _pmids(root: Element) -> frozenset[str]:
    return frozenset(pmid for record in root.iterfind("*") for pmid in _pmids_of(record))


def _pmids_of(record: Element) -> list[str]:
    found = (one.text for path in _PMIDS for one in record.iterfind(path))
    return [text.strip() for text in found if text and text.strip()]


def _revised(record: Element) -> date | None:
    path = "MedlineCitation/DateRevised"
    year, month, day = (record.findtext(f"{path}/{part}") or "" for part in ("Year", "Month", "Day"))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
