"""One article of JATS XML, as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.dates import free_date, iso_date, publication_date
from corpus.ids import content_id, distinct, doi_id, pmcid_id, pmid_id
from corpus.jats_body import abstract_sections, body_sections
from corpus.jats_design import judged
from corpus.jats_links import links, publication_types
from corpus.jats_people import authors, licence
from corpus.jats_text import attribute, first_text, text
from corpus.registry import TRIAL_NUMBER, only_trial, trial_numbers
from rag.types import Document, PublicationDate, Section

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# ISO 639-1 in JATS, ISO 639-2/B in MEDLINE.
_LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "en:eng de:ger fr:fre es:spa pt:por it:ita nl:dut ru:rus zh:chi ja:jpn ko:kor pl:pol tr:tur cs:cze hu:hun "
        "sv:swe no:nor da:dan fi:fin el:gre he:heb ar:ara fa:per uk:ukr ro:rum hr:hrv sr:srp sl:slv sk:slo bg:bul "
        "lt:lit lv:lav et:est ca:cat id:ind th:tha vi:vie hi:hin af:afr"
    ).split()
)
# Kinds of date, from that of the issue, by which a paper is cited, to that of a first version.
_ISSUE = ("ppub", "epub-ppub", "print", "collection")
_ELECTRONIC = ("epub", "electronic", "pub", "publication", "original-publication", "first-pub")
_LATER = ("epreprint", "preprint", "posted", "ahead-of-print", "pmc-release")
_REGISTERED = re.compile(r"regist(?:er|r)|clinicaltrials\.gov|identifier|trial number|ISRCTN", re.IGNORECASE)


def document(article: Element, source_path: str) -> Document:
    """The document of an `article`, with its abstract and its body.

    Only ids of its own `article-meta` become ids, never those of a reference, a related article or a
    sub-article. The date is that of the issue, by which a paper is cited; the electronic date where
    it falls in the same year and says more.

    Raises:
        ValueError: it has no `article-meta`, neither title nor text, or a year that is none.
    """
    meta = article.find("front/article-meta")
    if meta is None:
        raise ValueError("it has no front/article-meta, so that nothing says what it is")
    title, abstract, body = _title(meta), abstract_sections(meta), body_sections(article)
    if not title and not abstract and not body:
        raise ValueError("it has neither title nor text")
    bare = Document("", title or "[No title]", (*abstract, *body), source_path=source_path)
    described = _described(_cited(bare, article, meta), article, meta)
    return judged(replace(described, registry=_registry(title, abstract, body)), abstract, body)


def _title(meta: Element) -> str:
    title = first_text(meta, "title-group/article-title") or ""
    subtitle = first_text(meta, "title-group/subtitle")
    return f"{title.rstrip(':')}: {subtitle}" if title and subtitle else title


def _cited(document: Document, article: Element, meta: Element) -> Document:
    """With what a reference to it says."""
    known = list(distinct(_ids(meta)))
    unnamed = content_id("\n".join((document.title, *(section.text for section in document.sections))))
    first, *others = known or [unnamed]
    return replace(
        document,
        id=first,
        aliases=tuple(others),
        authors=authors(meta),
        journal=_journal(article),
        volume=first_text(meta, "volume"),
        issue=first_text(meta, "issue"),
        pages=_pages(meta),
        published=_published(meta),
    )


def _described(document: Document, article: Element, meta: Element) -> Document:
    """With what its publisher says that it is."""
    mesh, keywords = _keywords(meta)
    language = attribute(article, _LANG).lower()
    return replace(
        document,
        publication_types=publication_types(article),
        mesh_terms=mesh,
        keywords=keywords,
        languages=(_LANGUAGES.get(language[:2], language),) if language else (),
        links=links(article),
        licence=licence(meta),
    )


def _ids(meta: Element) -> Iterator[str]:
    """Its own ids: PMID, then DOI, then PMCID."""
    given = [(attribute(one, "pub-id-type").lower(), text(one)) for one in meta.iterfind("article-id")]
    yield from filter(None, (pmid_id(words) for kind, words in given if kind == "pmid"))
    yield from filter(None, (doi_id(words) for kind, words in given if kind == "doi"))
    pmc = [words for kind, words in given if kind in {"pmc", "pmcid", "pmcid-ver"}]
    yield from filter(None, (pmcid_id(words if words[:1] in "Pp" else f"PMC{words}") for words in pmc))


def _journal(article: Element) -> str | None:
    meta = article.find("front/journal-meta")
    short = "journal-id[@journal-id-type='iso-abbrev']", "journal-title-group/abbrev-journal-title"
    return first_text(
        meta,
        *short,
        "abbrev-journal-title",
        "journal-id[@journal-id-type='nlm-ta']",
        "journal-title-group/journal-title",
        "journal-title",
        "publisher/publisher-name",
    )


def _pages(meta: Element) -> str | None:
    first, last = first_text(meta, "fpage"), first_text(meta, "lpage")
    if first and last and first != last:
        return f"{first}-{last}"
    return first_text(meta, "page-range") or first or first_text(meta, "elocation-id")


def _published(meta: Element) -> PublicationDate | None:
    dates = [(_kinds(one), known) for one in meta.iterfind("pub-date") if (known := _date(one))]
    issue, electronic = _first(dates, _ISSUE), _first(dates, _ELECTRONIC)
    if issue is None or (electronic is not None and electronic.year == issue.year and issue.day is None):
        return electronic or issue or _first(dates, _LATER)
    return issue


def _kinds(element: Element) -> tuple[str, ...]:
    """Names of the kind of a date; the date of a publication in print is that of the issue."""
    kind = (attribute(element, "pub-type") or attribute(element, "date-type")).lower()
    medium = attribute(element, "publication-format").lower()
    if kind in {"", "pub", "publication", "original-publication"}:
        return (medium or "pub",)
    return (kind,)


def _first(
    dates: list[tuple[tuple[str, ...], PublicationDate]], kinds: tuple[str, ...]
) -> PublicationDate | None:
    return next((known for kind in kinds for names, known in dates if kind in names), None)


def _date(element: Element) -> PublicationDate | None:
    if year := first_text(element, "year"):
        return publication_date(year, first_text(element, "month", "season"), first_text(element, "day"))
    written = attribute(element, "iso-8601-date") or first_text(element, "string-date") or ""
    try:
        return iso_date(written)
    except ValueError:
        return free_date(written)


def _keywords(meta: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """MeSH headings and the other keywords."""
    mesh: list[str] = []
    others: list[str] = []
    for group in meta.iterfind("kwd-group"):
        kind = f"{attribute(group, 'kwd-group-type')} {attribute(group, 'vocab')}".lower()
        if "abbreviation" not in kind:
            words = [text(one) for one in group.iter("kwd", "compound-kwd")]
            (mesh if "mesh" in kind else others).extend(words)
    return tuple(dict.fromkeys(filter(None, mesh))), tuple(dict.fromkeys(filter(None, others)))


def _registry(title: str, abstract: tuple[Section, ...], body: tuple[Section, ...]) -> str | None:
    """The trial's number in title or abstract, else where the body speaks of registration, if it names no second."""
    front = "\n".join((title, *(section.text for section in abstract)))
    if trial_numbers(front):
        return only_trial(front)
    registered = []
    for section in body:
        for found in TRIAL_NUMBER.finditer(section.text):
            around = section.text[max(found.start() - 150, 0) : found.end() + 100]
            if _REGISTERED.search(around) or _REGISTERED.search(section.heading):
                registered.append(found[0])
    return only_trial("\n".join(registered))
