"""Ids of documents: one spelling for every way in which a source writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_KNOWN = ("pmid", "doi", "pmcid", "ref", "sha256")


def pmid_id(text: str | None) -> str | None:
    """`pmid:…` for a PubMed number, with or without its prefix; None where it is none."""
    digits = re.fullmatch(r"(?:pmid:?\s*)?0*([1-9]\d{0,8})", (text or "").strip(), re.IGNORECASE)
    return f"pmid:{digits[1]}" if digits else None


def doi_id(text: str | None) -> str | None:
    """`doi:…`, in the case of its source, from a bare DOI, a `doi:` or an address that holds one; None where it is none."""
    found = _DOI.search((text or "").strip())
    return f"doi:{found[0].rstrip('.,;')}" if found else None


def pmcid_id(text: str | None) -> str | None:
    """`pmcid:PMC…` for a PubMed Central number; its version is left off; None where it is none."""
    digits = re.fullmatch(r"(?:pmcid:?\s*)?pmc\s*(\d+)(?:\.\d+)?", (text or "").strip(), re.IGNORECASE)
    return f"pmcid:PMC{digits[1]}" if digits else None


def document_id(text: str) -> str:
    """An id as a source writes it in the spelling of `Document.id`; `ref:…` where its scheme is unknown."""
    scheme, colon, rest = text.strip().partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in _KNOWN or not rest.strip():
        return f"ref:{text.strip()}"
    known = {"pmid": pmid_id, "doi": doi_id, "pmcid": pmcid_id}.get(scheme)
    return (known(rest) if known else None) or f"{scheme}:{rest.strip()}"


def content_id(text: str) -> str:
    """`sha256:…` of a text, for a document that has no other id."""
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def distinct(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids in their order, each once, in the spelling that came first; DOIs don't tell upper from lower case."""
    first: dict[str, str] = {}
    for one in ids:
        first.setdefault(one.casefold(), one)
    return tuple(first.values())
