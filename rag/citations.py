"""References as readers see them: one document, one number, in Vancouver style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.conversation import number_of
from rag.types import (
    STANDING_SINCE,
    STANDING_UNKNOWN,
    Answer,
    Document,
    LinkKind,
    PublicationDate,
    Status,
    Why,
)

_SHOWN_AUTHORS = 6
_LONG_TITLE = 70  # characters; longer ones are cut in running text
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STANDING = {
    Status.CORRECTED: ("Corrected", LinkKind.CORRECTED_BY),
    Status.CONCERN: ("Expression of concern", LinkKind.CONCERN_BY),
    Status.SUPERSEDED: ("Superseded", LinkKind.SUPERSEDED_BY),
    Status.RETRACTED: ("Retracted", LinkKind.RETRACTED_BY),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited document with its number in the list and why it ranked where it did."""

    number: int
    document: Document
    why: Why


def reference_list(answer: Answer) -> tuple[Reference, ...]:
    """The cited documents by number: that of earlier turns, else the next in the order of first citation.

    Raises:
        ValueError: if the answer cites a document that isn't in its evidence.
    """
    best = {evidence.document.id: evidence for evidence in reversed(answer.evidence)}
    unknown = [document_id for document_id in answer.cited_documents if document_id not in best]
    if unknown:
        raise ValueError(f"the answer cites what isn't in its evidence: {', '.join(unknown)}")
    return tuple(
        Reference(number, best[document_id].document, best[document_id].why)
        for document_id, number in sorted(number_of(answer).items(), key=lambda item: item[1])
    )


def vancouver(document: Document) -> str:
    """The reference in Vancouver style after the ICMJE; what isn't known is left out, never guessed."""
    sentences = (
        _authors_text(document),
        title_text(document),
        document.journal or "",
        _issue_text(document),
        _ids_text(document),
    )
    parts = [_sentence(sentence) for sentence in sentences if sentence]
    return " ".join([*parts, *(f"[{line_of(remark)}.]" for remark in remarks(document))])


def identifiers(document: Document) -> dict[str, str]:
    """Values of its `doi`, `pmid` and `pmcid`, where it has them."""
    schemes = (known.partition(":") for known in reversed((document.id, *document.aliases)))
    found = {scheme: value for scheme, _, value in schemes if scheme in {"doi", "pmid", "pmcid"}}
    return {scheme: found[scheme] for scheme in ("doi", "pmid", "pmcid") if scheme in found}


def url_of(document: Document) -> str | None:
    """Where it can be read: its own web address, else one made of its DOI, PMID or PMCID."""
    if document.url and document.url.isprintable() and re.fullmatch(r"https?://[^\s<>\"]+", document.url):
        return document.url
    bases = {
        "doi": "https://doi.org/",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
        "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    }
    known = identifiers(document)
    return next((base + _quoted(known[scheme]) for scheme, base in bases.items() if scheme in known), None)


def status_text(document: Document) -> str:
    """What a reader must know of its standing, empty for a current document."""
    if document.status is Status.CURRENT:
        return ""
    words, kind = _STANDING[document.status]
    by = document.linked(kind)
    return f"{words} by {by[0]}" if by else words


def standing_note(document: Document) -> str | None:
    """What there is to say of its status on the day of the answer: that it isn't known, or what came since."""
    first_words = (STANDING_UNKNOWN, STANDING_SINCE)
    return next((note.text for note in document.notes if note.text.startswith(first_words)), None)


def remarks(document: Document) -> tuple[str, ...]:
    """What a reader must know of the reference itself: standing, digest, fields not verified."""
    unverified = ", ".join(document.unverified_fields)
    found = (
        status_text(document),
        standing_note(document) or "",
        "Digest in our own words" if document.digest else "",
        f"Not verified: {unverified}" if unverified else "",
    )
    return tuple(remark for remark in found if remark)


def name_and_year(document: Document) -> str:
    """Short name for running text, as in `Kopp SL et al, 2025`; the title where no author is known."""
    name = document.authors[0] if document.authors else f"“{_shortened(line_of(document.title))}”"
    others = len(document.authors) > 1 or not document.authors_complete
    name += " et al" if document.authors and others else ""
    return line_of(f"{name}, {document.year}" if document.year else name)


def title_text(document: Document) -> str:
    """The title, marked where it is a description in our own words."""
    marked = not document.title_paraphrased or "paraphrased" in document.title
    return document.title if marked else f"{document.title.rstrip('. ')} [descriptive title]"


def line_of(text: str) -> str:
    """The text on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _shortened(title: str) -> str:
    return title if len(title) <= _LONG_TITLE else title[:_LONG_TITLE].rsplit(" ", 1)[0] + " …"


def _authors_text(document: Document) -> str:
    shown = list(document.authors[:_SHOWN_AUTHORS])
    if shown and (len(document.authors) > _SHOWN_AUTHORS or not document.authors_complete):
        shown.append("et al")
    return ", ".join(shown)


def _issue_text(document: Document) -> str:
    issue = f"({document.issue})" if document.issue else ""
    numbers = f"{document.volume or ''}{issue}"
    pages = f":{document.pages}" if document.pages else ""
    parts = [_date_text(document.published) if document.published else "", numbers + pages]
    return ";".join(part for part in parts if part)


def _date_text(published: PublicationDate) -> str:
    month = _MONTHS[published.month - 1] if published.month else None
    return " ".join(str(part) for part in (published.year, month, published.day) if part)


def _ids_text(document: Document) -> str:
    known = identifiers(document)
    labels = {"doi": "doi:", "pmid": "PMID: ", "pmcid": "PMCID: "}
    if known:
        return "; ".join(labels[scheme] + value for scheme, value in known.items())
    return f"Available from: {url}" if (url := url_of(document)) else ""


def _sentence(text: str) -> str:
    line = line_of(text)
    return line if line.endswith((".", "?", "!")) else f"{line}."


def _quoted(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="/:;()._-")
