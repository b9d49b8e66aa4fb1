"""Ids of documents: one spelling for every way in which a source writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/", re.IGNORECASE)
_PMID = re.compile(
    r"(?:pmid:?\s*|(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/)?"
    r"0*([1-9]\d{0,8})/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:pmcid:?\s*|(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pmc)/articles/)?"
    r"pmc\s*0*([1-9]\d*)(?:\.\d+)?/?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(pmid|doi|pmcid|ref|sha256)\s*:(.+)", re.IGNORECASE | re.DOTALL)
_PARTNERS = {")": "(", "]": "[", "}": "{", ">": "<"}


def pmid_id(text: str | None) -> str | None:
    """`pmid:…` for a PubMed number, bare, with its prefix or in an address of PubMed; None where it is none."""
    digits = _PMID.fullmatch((text or "").strip())
    return f"pmid:{digits[1]}" if digits else None


def doi_id(text: str | None) -> str | None:
    """`doi:…`, in the case of its source, from a bare DOI, a `doi:` or an address that holds one; None where it is none.

    What closes a sentence or a bracket after it isn't part of it, nor is the query of an address.
    """
    written = (text or "").strip()
    if _DOI_ADDRESS.search(written):
        written = unquote(re.split(r"[?#]", written, maxsplit=1)[0])
    found = _DOI.search(written)
    return f"doi:{_bare(found[0])}" if found else None


def pmcid_id(text: str | None) -> str | None:
    """`pmcid:PMC…` for a PubMed Central number; its version is left off; None where it is none."""
    digits = _PMCID.fullmatch((text or "").strip())
    return f"pmcid:PMC{digits[1]}" if digits else None


def document_id(text: str) -> str:
    """An id as a source writes it in the spelling of `Document.id`; `ref:…` where its scheme is unknown."""
    text = text.strip()
    named = _SCHEME.fullmatch(text)
    if named is None or not named[2].strip():
        return _unnamed(text) or f"ref:{text}"
    scheme, rest = named[1].lower(), named[2].strip()
    known = {"pmid": pmid_id, "doi": doi_id, "pmcid": pmcid_id}.get(scheme)
    return (known(rest) if known else None) or f"{scheme}:{rest}"


def scheme(name: str) -> str:
    """The part of an id before its colon, as in `pmid`."""
    return name.partition(":")[0].lower()


def content_id(text: str) -> str:
    """`sha256:…` of a text, for a document that has no other id."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def distinct(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in their order, each once, in the spelling that came first; DOIs don't tell upper from lower case."""
    first: dict[str, str] = {}
    for one in ids:
        first.setdefault(one.casefold(), one)
    return tuple(first.values())


def _bare(doi: str) -> str:
    """A DOI without what follows it in a text; a bracket that closes one of its own is kept."""
    while doi:
        last = doi[-1]
        partner = _PARTNERS.get(last)
        if last in ".,;:!?'\"’”" or (partner and doi.count(last) > doi.count(partner)):
            doi = doi[:-1]
        else:
            break
    return doi


def _unnamed(text: str) -> str | None:
    """An id without a scheme; a bare number could be anything's."""
    if re.fullmatch(r"10\.\d{4,9}/\S+", text) or _DOI_ADDRESS.match(text):
        return doi_id(text)
    return pmcid_id(text) or (None if text.isdigit() else pmid_id(text))
