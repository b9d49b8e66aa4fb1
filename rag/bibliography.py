"""References for reference managers: RIS, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.citations import Reference, identifiers, line_of, remarks, title_text, url_of
from rag.types import Design, Document, PublicationDate

_INITIALS = re.compile(
    r"(?P<family>.*\S) (?P<initials>[^\W\d_a-z](?:-?[^\W\d_a-z]){0,3})(?: (?P<suffix>Jr|Sr|2nd|3rd|II|III|IV))?"
)
_GROUP_WORDS = frozenset(
    "association board centers centre centres center collaboration collaborative collaborators college "
    "committee consortium council department force foundation group initiative institute investigators "
    "ministry network organization organisation panel program programme service society study "
    "taskforce team trial trialists university working".split()
)
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces even behind a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{special: f"\\{special}" for special in "&%$#_"},
}


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name in its parts; a group has no `given`."""

    family: str
    given: str = ""
    suffix: str = ""


def ris(references: Iterable[Reference]) -> str:
    """The references in RIS, one record each, lines ended as the format asks."""
    return "".join(_ris_record(reference.document) for reference in references)


def bibtex(references: Iterable[Reference]) -> str:
    """The references in BibTeX, keyed by document id, everything special to TeX escaped."""
    return "\n".join(_bibtex_entry(reference.document) for reference in references)


def csl_json(references: Iterable[Reference]) -> str:
    """The references as a CSL-JSON array."""
    items = [_csl_item(reference.document) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def name_of(author: str) -> Name:
    """`Family Initials` taken apart; anything else is the name of a group."""
    words = {word.lower() for word in re.findall(r"\w+", author)}
    match = _INITIALS.fullmatch(line_of(author))
    if not match or words & _GROUP_WORDS:
        return Name(line_of(author))
    initials = " ".join(f"{letter}." for letter in match["initials"].replace("-", ""))
    return Name(match["family"], initials, match["suffix"] or "")


def page_range(pages: str | None) -> tuple[str, str]:
    """First and last page, `1203-9` read as 1203 to 1209; the last is empty where there is one page."""
    first, _, last = (pages or "").replace("–", "-").partition("-")
    first, last = first.strip(), last.strip()
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def _kind(document: Document) -> str:
    """`article`, `report` or `other`: what a reference manager should take it for."""
    if not document.journal:
        return "other"
    return "report" if document.design is Design.REGULATORY else "article"


def _ris_record(document: Document) -> str:
    kind, known = _kind(document), identifiers(document)
    names = [name_of(author) for author in document.authors]
    first, last = page_range(document.pages)
    fields: list[tuple[str, str | None]] = [
        ("TY", {"article": "JOUR", "report": "RPRT", "other": "GEN"}[kind]),
        *(("AU", ", ".join(part for part in (n.family, n.given, n.suffix) if part)) for n in names),
        ("TI", title_text(document)),
        ("PB" if kind == "report" else "JO", document.journal),
        ("PY", str(document.year) if document.year else None),
        ("DA", _ris_date(document.published)),
        ("VL", document.volume),
        ("IS", document.issue),
        ("SP", first),
        ("EP", last),
        ("DO", known.get("doi")),
        ("AN", known.get("pmid")),
        ("C2", known.get("pmcid")),
        ("UR", url_of(document)),
        *(("N1", remark) for remark in remarks(document)),
        ("ID", document.id),
    ]
    lines = [f"{tag}  - {line_of(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _ris_date(published: PublicationDate | None) -> str | None:
    if published is None or published.month is None:
        return None
    day = f"{published.day:02d}" if published.day else ""
    return f"{published.year:04d}/{published.month:02d}/{day}/"


def _bibtex_entry(document: Document) -> str:
    kind, known, date = _kind(document), identifiers(document), document.published
    place = {"article": "journal", "report": "institution", "other": "howpublished"}[kind]
    fields: list[tuple[str, str | None]] = [
        ("author", _bibtex_authors(document)),
        ("title", f"{{{_tex(title_text(document))}}}"),
        (place, _tex(document.journal)),
        ("year", str(date.year) if date else None),
        ("month", str(date.month) if date and date.month else None),
        ("volume", _tex(document.volume)),
        ("number", _tex(document.issue)),
        ("pages", "--".join(_tex(page) for page in page_range(document.pages) if page)),
        ("doi", _tex(known.get("doi"))),
        ("pmid", known.get("pmid")),
        ("pmcid", known.get("pmcid")),
        ("url", _tex(url_of(document))),
        ("note", _tex("; ".join(remarks(document)))),
    ]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    entry = {"article": "article", "report": "techreport", "other": "misc"}[kind]
    return f"@{entry}{{{_bibtex_key(document.id)},\n{body}}}\n"


def _bibtex_authors(document: Document) -> str:
    # Braces keep a group whole: BibTeX would read "Control and Prevention" as two authors.
    parts = [
        ", ".join(_tex(part) for part in (n.family, n.suffix, n.given) if part)
        if n.given
        else f"{{{_tex(n.family)}}}"
        for n in map(name_of, document.authors)
    ]
    if parts and not document.authors_complete:
        parts.append("others")
    return " and ".join(parts)


def _bibtex_key(document_id: str) -> str:
    return "".join(c if re.match(r"[A-Za-z0-9:./-]", c) else f"+{ord(c):x}" for c in document_id)


def _tex(text: str | None) -> str:
    return "".join(_TEX.get(character, character) for character in line_of(text or ""))


def _csl_item(document: Document) -> dict[str, object]:
    known, date = identifiers(document), document.published
    kind = {"article": "article-journal", "report": "report", "other": "document"}[_kind(document)]
    parts = [part for part in (date.year, date.month, date.day) if part] if date else []
    item: dict[str, object | None] = {
        "id": document.id,
        "type": kind,
        "title": title_text(document),
        "author": [_csl_name(name_of(author)) for author in document.authors],
        "publisher" if kind == "report" else "container-title": document.journal,
        "issued": {"date-parts": [parts]} if parts else None,
        "volume": document.volume,
        "issue": document.issue,
        "page": "-".join(page for page in page_range(document.pages) if page),
        **{scheme.upper(): value for scheme, value in known.items()},
        "URL": url_of(document),
        "note": "; ".join(remarks(document)),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})
