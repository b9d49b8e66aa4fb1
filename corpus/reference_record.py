"""A bibliographic record, whatever its format, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from corpus.appraisal import appraised
from corpus.design_tables import TYPE_ROWS
from corpus.ids import content_id, distinct, doi_id, pmcid_id, pmid_id
from corpus.reference_text import abstract_sections, author, distinct_words, one_line, plain, registry_of
from rag.types import Document, Link, PublicationDate

PUBLICATION_TYPES = frozenset(name for row in TYPE_ROWS for name in row.types) | {
    "journal article",
    "retracted publication",
    "preprint",
}
"""Publication types of MEDLINE that say something here, in lower case."""

# What other databases and reference managers call the same; None where it says nothing of the kind.
_SAME_TYPE: dict[str, str | None] = {
    "article": "Journal Article",
    "article-journal": "Journal Article",
    "article in press": "Journal Article",
    "jour": "Journal Article",
    "journalarticle": "Journal Article",
    "conference paper": None,
    "inproceedings": None,
    "gen": None,
    "misc": None,
    "erratum": "Published Erratum",
    "correction": "Published Erratum",
    "retracted": "Retracted Publication",
    "retracted article": "Retracted Publication",
    "retraction": "Retraction of Publication",
    "short survey": "Review",
    "review article": "Review",
    "article-newspaper": "News",
    "news": "News",
    "news item": "News",
    "letter to the editor": "Letter",
    "case report": "Case Reports",
    "randomised controlled trial": "Randomized Controlled Trial",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a record says, each in the words of its source; empty where it says nothing."""

    title: str = ""
    abstract: str = ""
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    published: PublicationDate | None = None
    revised: date | None = None
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    registry: tuple[str, ...] = ()
    """Texts in which the number of its trial may stand."""
    links: tuple[Link, ...] = ()
    url: str = ""
    licence: str = ""


def document(reference: Reference, source: str) -> Document:
    """The document of a record, judged.

    Its id is its PMID, DOI or PMCID, else the sha256 of title and abstract; of title, authors and
    date where it has no abstract, for many a reply is called `Reply`. An id that is none, as exports have `n/a` in the field of the DOI, is left out.

    Raises:
        ValueError: it has neither title nor abstract.
    """
    title, sections = one_line(plain(reference.title)), abstract_sections(plain(reference.abstract))
    if not title and not sections:
        raise ValueError("it has neither title nor abstract")
    words = [section.text for section in sections] or [*reference.authors, str(reference.published)]
    ids = tuple(_ids(reference)) or (content_id("\n\n".join([title, *words])),)
    return appraised(
        Document(
            id=ids[0],
            title=title or "[No title]",
            sections=sections,
            aliases=ids[1:],
            authors=distinct_words(author(name) for name in reference.authors),
            journal=one_line(plain(reference.journal)) or None,
            volume=one_line(reference.volume) or None,
            issue=one_line(reference.issue) or None,
            pages=one_line(reference.pages) or None,
            published=reference.published,
            revised=reference.revised,
            publication_types=publication_types(reference.publication_types),
            mesh_terms=reference.mesh_terms,
            keywords=reference.keywords,
            languages=reference.languages,
            registry=registry_of(reference.registry, sections),
            links=reference.links,
            url=reference.url.strip() or None,
            licence=reference.licence.strip() or None,
            source_path=source,
        )
    )


def publication_types(given: tuple[str, ...]) -> tuple[str, ...]:
    """Types in the words of MEDLINE where another source calls them otherwise; each once."""
    return distinct_words(_SAME_TYPE.get(name.strip().lower(), one_line(name)) or "" for name in given)


def doi_in_address(address: str) -> str:
    """The DOI that a link resolver's or publisher's address of the record itself holds; empty where it has none."""
    found = doi_id(unquote(address).partition("&atitle")[0])
    return found.partition(":")[2].partition("&")[0] if found else ""


def _ids(reference: Reference) -> Iterator[str]:
    found = (pmid_id(reference.pmid), doi_id(reference.doi), pmcid_id(reference.pmcid))
    yield from distinct(one for one in found if one)
