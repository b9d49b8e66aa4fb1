"""What the columns of exported tables of records are called."""

from __future__ import annotations

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "primary title", "article title", "document title", "titles", "ti", "t1"),
    "abstract": ("abstract", "abstract note", "notes abstract", "abstract text", "summary", "ab", "n2"),
    "pmid": ("pmid", "pubmed id", "pubmed pmid", "medline pmid", "pm"),
    "doi": ("doi", "digital object identifier", "di"),
    "pmcid": ("pmcid", "pmc", "pmc id"),
    "authors": ("authors", "author", "author names", "author s", "first authors", "author full names", "au"),
    "journal": (
        "journal",
        "journal book",
        "source title",
        "publication title",
        "journal title",
        "secondary title",
        "alternate title3",
        "so",
    ),
    "source": ("source",),
    "date": ("date", "publication date", "published"),
    "year": ("year", "publication year", "py", "published year"),
    "volume": ("volume", "vl"),
    "issue": ("issue", "number", "issue number"),
    "pages": ("pages", "page range"),
    "start_page": ("start page", "page start", "sp", "bp"),
    "end_page": ("end page", "page end", "ep"),
    "types": (
        "publication type",
        "publication types",
        "document type",
        "type of reference",
        "item type",
        "dt",
    ),
    "mesh": ("mesh", "mesh terms", "mesh headings"),
    "keywords": ("keywords", "author keywords", "manual tags"),
    "language": ("language", "languages", "language of original document"),
    "registry": ("clinical trial numbers", "registry", "trial registration"),
    "url": ("url", "link"),
    "licence": ("licence", "license", "rights"),
}
"""For each field the names of its column in PubMed, Embase, Scopus, Zotero, Web of Science and ASReview, the likeliest first."""

NO_RECORDS = frozenset({"retractiondoi", "retractionnature", "file"})
"""Columns of tables that speak of documents without being their records: Retraction Watch's, and manifests."""


def columns(header: list[str]) -> dict[str, int]:
    """The place of each field in a header; a table that has neither title nor abstract has none."""
    names = [_plain(name) for name in header]
    if NO_RECORDS & set(names):
        return {}
    found = {
        field: names.index(known[0])
        for field, candidates in NAMES.items()
        if (known := [name for name in candidates if name in names])
    }
    return found if found.keys() & {"title", "abstract"} else {}


def _plain(name: str) -> str:
    """In lower case, words parted by one blank."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.lower())
    return " ".join(letters.split())
