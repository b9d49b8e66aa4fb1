"""Whether a document still stands: retractions, concerns, corrections, reinstatements, new editions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.types import Document, Link, LinkKind, Status

OWN_RECORD = "its own record"
"""The source of what a document's own record says of it."""

_RETRACTED_TYPES = frozenset({"retracted publication", "withdrawn publication"})
_NOTICE_TYPES = frozenset({"retraction of publication", "retraction notice"})
# Publishers mark a withdrawn paper in its title before the record's types are brought up to date.
_MARKED_TITLE = re.compile(r"\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:.\]–—-]", re.IGNORECASE)

# What others say of a document, as the document itself would say it.
_SEEN_FROM_THE_TARGET = {
    LinkKind.RETRACTS: LinkKind.RETRACTED_BY,
    LinkKind.RAISES_CONCERN: LinkKind.CONCERN_BY,
    LinkKind.CORRECTS: LinkKind.CORRECTED_BY,
    LinkKind.SUPERSEDES: LinkKind.SUPERSEDED_BY,
    LinkKind.REINSTATES: LinkKind.REINSTATED_BY,
}
# The gravest first.
_STATUS_OF_LINK = (
    (LinkKind.RETRACTED_BY, Status.RETRACTED),
    (LinkKind.CONCERN_BY, Status.CONCERN),
    (LinkKind.SUPERSEDED_BY, Status.SUPERSEDED),
    (LinkKind.CORRECTED_BY, Status.CORRECTED),
)
_OF_STANDING = frozenset({*(kind for kind, _ in _STATUS_OF_LINK), LinkKind.REINSTATED_BY})


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said of a document after it was published, and by whom."""

    kind: LinkKind
    """As the document itself would put it, as in `retracted by`."""
    notice: str
    """Id or citation of what says it; empty where it isn't known."""
    source: str
    """Where we have it from: its own record, another document's id, or the name of a list."""
    dated: date | None = None
    """When it was said."""
    checked: date | None = None
    """When the source was last looked at, where that is a list."""
    reason: str = ""


def status_of(document: Document, inbound: Sequence[Link]) -> Status:
    """Whether `document` still stands, by its own record and by what other documents say of it.

    Args:
        document: with its own links, publication types and title.
        inbound: links of other documents, as those state them; only links to one of the ids of
            `document` count.
    """
    ids = {one.casefold() for one in (document.id, *document.aliases)}
    about = [link for link in inbound if link.target.casefold() in ids]
    return standing(document, [said for link in about if (said := said_of_target(link, "", "")) is not None])


def standing(document: Document, said: Iterable[Said]) -> Status:
    """Whether `document` still stands, by its own record and by what is `said` of it.

    Retracted outweighs concern, concern superseded, superseded corrected. A reinstatement undoes a
    retraction that isn't dated later, and nothing else. A notice of retraction is not retracted by
    what it says of another.
    """
    kinds = {one.kind for one in in_force([*said_by_itself(document), *said])}
    return next((status for kind, status in _STATUS_OF_LINK if kind in kinds), Status.CURRENT)


def in_force(said: Sequence[Said]) -> list[Said]:
    """What still holds: without the retractions that a reinstatement undid."""
    reinstated = [one.dated for one in said if one.kind is LinkKind.REINSTATED_BY]
    if not reinstated:
        return list(said)
    # A reinstatement without a date undoes whatever there is.
    last = max((day or date.max for day in reinstated), default=date.min)
    return [
        one
        for one in said
        if one.kind is not LinkKind.RETRACTED_BY or (one.dated is not None and one.dated > last)
    ]


def said_by_itself(document: Document) -> Iterator[Said]:
    """What the record of a document says of its own standing."""
    for link in document.links:
        if link.kind in _OF_STANDING:
            yield Said(link.kind, link.target, OWN_RECORD)
    if _marked_retracted(document) and not document.linked(LinkKind.RETRACTED_BY):
        yield Said(LinkKind.RETRACTED_BY, "", OWN_RECORD, reason="marked so in its types or title")


def said_of_target(link: Link, notice: str, source: str, dated: date | None = None) -> Said | None:
    """What a link of another document says of the document that it names; None where nothing of standing."""
    kind = _SEEN_FROM_THE_TARGET.get(link.kind)
    return None if kind is None else Said(kind, notice, source, dated)


def _marked_retracted(document: Document) -> bool:
    types = {name.lower() for name in document.publication_types}
    if types & _RETRACTED_TYPES:
        return True
    # Some publishers head the notice itself with "Retracted: …".
    return not types & _NOTICE_TYPES and _MARKED_TITLE.match(document.title) is not None
