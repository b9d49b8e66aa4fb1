"""Who wrote a JATS article, and under which licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.jats_text import HREF, attribute, first_text, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LONGEST_LICENCE = 300
"""Characters of a licence that has no address."""

_CREATIVE_COMMONS = re.compile(
    r"creativecommons\.org/(?:licen[cs]es/(by[a-z-]*)|publicdomain/(zero|mark))(?:/(\d)(?:\.(\d))?)?",
    re.IGNORECASE,
)
_NAMED_LICENCE = re.compile(r"CC[ -](?:BY(?:-NC)?(?:-(?:ND|SA))?|0)(?: \d\.\d)?", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"Creative Commons\s+Attribution([ -]*Non[ -]?Commercial)?([ -]*(?:No[ -]?Deriv\w*|Share[ -]?Alike))?"
    r"(?:\s+\d\.\d)?[\w\s]{0,40}?Licen[cs]e(?:\W{0,3}(?:version )?(\d\.\d))?",
    re.IGNORECASE,
)
_AUTHORS = frozenset({"", "author", "authors", "collab", "corresp", "consortium", "group"})
_LICENCE_REF = "{http://www.niso.org/schemas/ali/1.0/}license_ref"


def authors(meta: Element) -> tuple[str, ...]:
    """`Family Initials` of each author, or the name of a group, in order; no members of a group, no editors."""
    groups = [one for one in meta.iterfind("contrib-group") if attribute(one, "content-type") != "editors"]
    people = [
        person
        for group in groups
        for person in group.iterfind("contrib")
        if attribute(person, "contrib-type").lower() in _AUTHORS
    ]
    names = [_name(person) for person in people]
    return tuple(dict.fromkeys(name for name in names if name))


def licence(meta: Element) -> str | None:
    """`CC BY 4.0` and the like, else the address of the licence, else its words or the copyright statement."""
    permissions = list(meta.iterfind("permissions"))
    addresses = [address for one in permissions for address in _addresses(one)]
    for address in addresses:
        if found := _CREATIVE_COMMONS.search(address):
            return _creative_commons(found)
    for one in permissions:
        for given in one.iterfind("license"):
            if named := _NAMED_LICENCE.fullmatch(attribute(given, "license-type")):
                return named[0].upper().replace("CC-", "CC ")
    words = next(filter(None, (first_text(one, "license", "copyright-statement") for one in permissions)), "")
    if worded := _IN_WORDS.search(words):
        return _worded(worded)
    return next(iter(addresses), None) or _cut(words) or None


def _name(person: Element) -> str:
    group = person.find("collab")
    if group is None:
        group = person.find("collab-alternatives/collab")
    if group is not None:
        return _group(group)
    for name in (*person.iterfind("name"), *person.iterfind("name-alternatives/name")):
        given = name.find("given-names")
        parts = (first_text(name, "surname"), _initials(given), first_text(name, "suffix"))
        return " ".join(part for part in parts if part)
    if string := person.find("string-name"):
        surname = first_text(string, "surname")
        return f"{surname} {_initials(string.find('given-names'))}".strip() if surname else text(string)
    return first_text(person, "string-name", "anonymous", "on-behalf-of") or ""


def _group(collab: Element) -> str:
    """Its own name, without its members and where they work."""
    named = first_text(collab, "institution", "named-content")
    own = [collab.text or "", *(child.tail or "" for child in collab)]
    inline = [text(child) for child in collab if child.tag in {"italic", "bold", "sc", "sup"}]
    words = " ".join(" ".join((*own, *inline)).split()).strip(" ,;:")
    return words or named or ""


def _initials(given: Element | None) -> str:
    if given is None:
        return ""
    if stated := attribute(given, "initials"):
        return re.sub(r"[\s.-]", "", stated)
    words = text(given)
    if words.isupper() and len(words) <= 3:
        return words
    return "".join(
        part if part.isupper() and len(part) <= 3 else part[0] for part in re.split(r"[\s.-]+", words) if part
    )


def _addresses(permissions: Element) -> Iterator[str]:
    for given in permissions.iterfind("license"):
        if address := attribute(given, HREF):
            yield address
    yield from (words for one in permissions.iter(_LICENCE_REF) if (words := text(one)))
    yield from (address for one in permissions.iter("ext-link", "uri") if (address := attribute(one, HREF)))
    for given in permissions.iterfind("license"):
        yield from re.findall(r"https?://[^\s,;)]*creativecommons\.org/[^\s,;)]+", text(given))


def _creative_commons(found: re.Match[str]) -> str:
    kind, dedicated, major, minor = found.groups()
    version = f" {major}.{minor or 0}" if major else ""
    if dedicated:
        return f"CC0{version}" if dedicated.lower() == "zero" else "public domain"
    return f"CC {kind.rstrip('-').upper()}{version}"


def _worded(found: re.Match[str]) -> str:
    limited, kept, version = found.groups()
    letters = re.sub(r"\W", "", kept or "").lower()[:1]
    kinds = ("BY", "NC" if limited else "", {"n": "ND", "s": "SA"}.get(letters, ""))
    return f"CC {'-'.join(kind for kind in kinds if kind)} {version or ''}".strip()


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_LICENCE else words[:LONGEST_LICENCE].rsplit(" ", 1)[0] + "…"
