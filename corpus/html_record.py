"""What a web page says of itself: in meta tags, in JSON-LD, in its head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.dates import free_date, iso_date, publication_date
from corpus.html_words import collapsed
from corpus.ids import distinct, doi_id, pmcid_id, pmid_id
from rag.types import Document, PublicationDate

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

# Names of meta tags from the plainest to the least: Highwire Press, PRISM, Dublin Core, Open Graph.
_TITLE = ("citation_title", "dc.title", "dcterms.title")
_SHARED_TITLE = ("og:title", "twitter:title")
_PUBLISHED = (
    "citation_publication_date citation_online_date citation_date prism.publicationdate dcterms.issued dc.date.issued "
    "dc.date dcterms.date article:published_time datepublished ld:datepublished date pubdate publish_date"
).split()
_REVISED = (
    "dcterms.modified dc.date.modified article:modified_time og:updated_time ld:datemodified last-modified "
    "last_modified revised"
).split()
_ISSUED_BY = (
    "citation_journal_title prism.publicationname citation_technical_report_institution citation_publisher "
    "dc.publisher dcterms.publisher ld:publisher og:site_name"
).split()
_DOIS = (
    "citation_doi",
    "prism.doi",
    "dc.identifier",
    "dcterms.identifier",
    "dc.identifier.doi",
    "bepress_citation_doi",
)
_SITE = re.compile(r"\s+[|–—·»]\s+[^|–—·»]{2,60}$|\s+-\s+[^-|]{2,40}$")
_LANGUAGES = dict(
    pair.split(":")
    for pair in "en:eng de:ger fr:fre es:spa pt:por it:ita nl:dut ru:rus zh:chi ja:jpn ko:kor pl:pol sv:swe".split()
)
"""The codes of MEDLINE, which other records have."""
_MOST_LD = 2**20


def described(page: LexborHTMLParser, source: str) -> Document:
    """The document of a page without its sections; its id is empty where the page names none.

    Ids are those of tags that name the page's own, never of its references.
    """
    meta = _meta(page)
    ids = distinct(_ids(meta))
    revised = next(_dates(meta, _REVISED), None)
    first, last = _one(meta, "citation_firstpage"), _one(meta, "citation_lastpage")
    return Document(
        ids[0] if ids else "",
        _title(page, meta) or "[No title]",
        (),
        aliases=ids[1:],
        authors=tuple(_author(name) for name in meta.get("citation_author", meta.get("dc.creator", ()))),
        journal=_one(meta, *_ISSUED_BY),
        volume=_one(meta, "citation_volume"),
        issue=_one(meta, "citation_issue"),
        pages="-".join(filter(None, (first, last))) or None,
        published=next(_dates(meta, _PUBLISHED), None),
        revised=revised.earliest if revised else None,
        keywords=tuple(dict.fromkeys(meta.get("citation_keywords", ()))),
        languages=_languages(page, meta),
        url=_address(page, meta),
        licence=_link(page, "license") or _one(meta, "dc.rights", "dcterms.license"),
        source_path=source,
    )


def _meta(page: LexborHTMLParser) -> dict[str, list[str]]:
    """Values of the meta tags by name in lower case; those of JSON-LD under `ld:`."""
    found: dict[str, list[str]] = {}
    for tag in page.css("meta[content]"):
        name = (
            tag.attributes.get("name")
            or tag.attributes.get("property")
            or tag.attributes.get("itemprop")
            or ""
        )
        if words := collapsed(tag.attributes.get("content") or ""):
            found.setdefault(name.strip().casefold(), []).append(words)
    for script in page.css('script[type="application/ld+json"]'):
        for name, value in _linked_data(script.text()):
            found.setdefault(name, []).append(value)
    return found


def _linked_data(text: str) -> Iterator[tuple[str, str]]:
    """What the JSON-LD of a page says of the page: only of the first thing that has a headline or date."""
    try:
        given = json.loads(text) if len(text) <= _MOST_LD else None
    except (ValueError, RecursionError):
        return
    things = given if isinstance(given, list) else [given]
    things += [one for thing in things if isinstance(thing, dict) for one in _listed(thing.get("@graph"))]
    for thing in things:
        if isinstance(thing, dict) and ("datePublished" in thing or "headline" in thing):
            publisher = thing.get("publisher")
            named = publisher.get("name") if isinstance(publisher, dict) else publisher
            pairs = [
                ("publisher", named),
                *(
                    (name, thing.get(name))
                    for name in ("headline", "datePublished", "dateModified", "inLanguage")
                ),
            ]
            yield from (
                (f"ld:{name.casefold()}", collapsed(value))
                for name, value in pairs
                if isinstance(value, str) and value.strip()
            )
            return


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _one(meta: Mapping[str, Sequence[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _title(page: LexborHTMLParser, meta: Mapping[str, Sequence[str]]) -> str | None:
    """The title that the tags give, else the only first heading, else that of the window without the site."""
    if given := _one(meta, *_TITLE):
        return given
    firsts = [collapsed(node.text()) for node in page.css("h1")]
    firsts = [words for words in firsts if words]
    if len(firsts) == 1:
        return firsts[0]
    window = page.css_first("title")
    shown = _one(meta, "ld:headline", *_SHARED_TITLE) or (
        collapsed(window.text()) if window is not None else ""
    )
    return (
        next((one for one in firsts if one in shown), "") or _SITE.sub("", shown) or next(iter(firsts), None)
    )


def _dates(meta: Mapping[str, Sequence[str]], names: Sequence[str]) -> Iterator[PublicationDate]:
    for name in names:
        for words in meta.get(name, ()):
            if known := _date(words):
                yield known


def _date(words: str) -> PublicationDate | None:
    if parts := re.match(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?!\d)", words):
        words = "-".join(part for part in parts.groups() if part)
    try:
        return iso_date(words)
    except ValueError:
        known = free_date(words)
    day = re.search(r"(?<!\d)\d{1,2}(?![\d:])", words)
    return publication_date(str(known.year), words, day[0]) if known and known.month and day else known


def _ids(meta: Mapping[str, Sequence[str]]) -> Iterator[str]:
    readers = (
        (("citation_pmid", "ncbi_pmid"), pmid_id),
        (_DOIS, doi_id),
        (("citation_pmcid", "ncbi_pmcid"), pmcid_id),
    )
    for names, known in readers:
        yield from (found for name in names for words in meta.get(name, ())[:1] if (found := known(words)))


def _author(name: str) -> str:
    """`Family Initials` of `Family, Given` or `Given Family`; a name of one word, or of a group, as it is."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma:
        parts = name.split()
        if len(parts) not in {2, 3} or not all(part[0].isupper() for part in parts):
            return name
        family, given = parts[-1], " ".join(parts[:-1])
    initials = "".join(part[0] for part in re.split(r"[\s.-]+", given) if part)
    return f"{family} {initials}".strip()


def _languages(page: LexborHTMLParser, meta: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    root = page.css_first("html")
    given = (root.attributes.get("lang") if root is not None else None) or _one(
        meta, "citation_language", "dc.language", "ld:inlanguage", "og:locale"
    )
    code = re.match(r"[a-z]{2,3}", (given or "").strip().casefold())
    return (_LANGUAGES.get(code[0], code[0]),) if code else ()


def _address(page: LexborHTMLParser, meta: Mapping[str, Sequence[str]]) -> str | None:
    given = _link(page, "canonical") or _one(meta, "og:url", "citation_abstract_html_url")
    return given if given and given.startswith(("https://", "http://")) else None


def _link(page: LexborHTMLParser, kind: str) -> str | None:
    found = page.css_first(f'link[rel="{kind}"][href]')
    return ((found.attributes.get("href") or "").strip() or None) if found is not None else None
