"""Whether a document still stands: retractions, concerns, corrections, reinstatements, new editions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.types import Document, Link, LinkKind, Status

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


def status_of(document: Document, inbound: Sequence[Link]) -> Status:
    """Whether `document` still stands, by its own record and by what other documents say of it.

    Retracted outweighs concern, concern superseded, superseded corrected. A reinstatement undoes a
    retraction and nothing else. A notice of retraction is not retracted by what it says of another.

    Args:
        document: with its own links, publication types and title.
        inbound: links of other documents, as those state them; only links to one of the ids of
            `document` count.
    """
    ids = {one.casefold() for one in (document.id, *document.aliases)}
    said = {_SEEN_FROM_THE_TARGET.get(link.kind) for link in inbound if link.target.casefold() in ids}
    said |= {link.kind for link in document.links}
    if _marked_retracted(document):
        said.add(LinkKind.RETRACTED_BY)
    if LinkKind.REINSTATED_BY in said:
        said.discard(LinkKind.RETRACTED_BY)
    return next((status for kind, status in _STATUS_OF_LINK if kind in said), Status.CURRENT)


def _marked_retracted(document: Document) -> bool:
    types = {name.lower() for name in document.publication_types}
    if types & _RETRACTED_TYPES:
        return True
    # Some publishers head the notice itself with "Retracted: …".
    return not types & _NOTICE_TYPES and _MARKED_TITLE.match(document.title) is not None
