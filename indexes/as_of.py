"""A document as it stood on a day: what was said of it later isn't known yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.currency import OWN_RECORD, Said, said_by_itself
from indexes.records import document_num
from indexes.standing import STATED, computed_status, said_of
from rag.nodes import document_from_json
from rag.types import STANDING_SINCE, STANDING_UNKNOWN, Document, LinkKind, Note, NoteKind, Status

_GRAVE = {
    Status.RETRACTED: (LinkKind.RETRACTED_BY, "retracted"),
    Status.CONCERN: (LinkKind.CONCERN_BY, "put in doubt by an expression of concern"),
}
_STATED = "stated as its status"


@dataclass(frozen=True, slots=True)
class _Event:
    """What was said of a document, and between which days; None where that isn't known."""

    said: Said
    between: tuple[date, date] | None

    def known_by(self, day: date) -> bool:
        """Whether it may have been said by `day`: what has no date is held to have been."""
        return self.between is None or self.between[0] <= day

    def surely_by(self, day: date) -> bool:
        """Whether it was said by `day` for certain."""
        return self.between is not None and self.between[1] <= day


def as_of(connection: sqlite3.Connection, document: Document, day: date) -> Document:
    """The document with the status that it had on `day`, and without the links that it didn't have yet.

    What has a date counts from that day: a notice in a list from the day that the list gives, a document
    of the library from its publication. Where nobody gives a date, what holds at present is taken, and a
    note that begins with `STANDING_UNKNOWN` says so. One that begins with `STANDING_SINCE` says that it was
    retracted or doubted later.
    """
    num = document_num(connection, document.id)
    if num is None:
        return document
    body = connection.execute("SELECT body FROM documents WHERE num = ?", (num,)).fetchone()[0]
    given = document_from_json(body)
    events = _dated(connection, [*_own(given), *said_of(connection, num, given)])
    known = [event for event in events if event.known_by(day)]
    status = _status(given, known)
    later = {(event.said.kind, event.said.notice) for event in events if event not in known}
    links = tuple(link for link in document.links if (link.kind, link.target) not in later)
    sure = status is _status(given, [event for event in known if event.surely_by(day)])
    unknown = () if sure else (_unknown(status, day),)
    since = _since(document.status, status, [event for event in events if event not in known])
    return replace(document, status=status, links=links, notes=(*document.notes, *unknown, *since))


def _own(given: Document) -> list[Said]:
    """What the record of a document says of its own standing, the status that it states included."""
    kind = next((kind for kind, means in STATED.items() if means is given.status), None)
    stated = [] if kind is None else [Said(kind, "", OWN_RECORD, reason=_STATED)]
    return [*said_by_itself(given), *stated]


def _dated(connection: sqlite3.Connection, said: Sequence[Said]) -> list[_Event]:
    """Each with its date; what has none is taken for what another source says of the same kind, with a date."""
    between = [_between(connection, one) for one in said]
    known: dict[LinkKind, list[tuple[date, date]]] = {}
    for one, days in zip(said, between, strict=True):
        if days is not None:
            known.setdefault(one.kind, []).append(days)
    return [
        _Event(one, days or min(known.get(one.kind, ()), default=None))
        for one, days in zip(said, between, strict=True)
    ]


def _between(connection: sqlite3.Connection, one: Said) -> tuple[date, date] | None:
    """The first and the last day on which it may have been said."""
    num = document_num(connection, one.notice) if one.notice else None
    if num is not None:
        body = connection.execute("SELECT body FROM documents WHERE num = ?", (num,)).fetchone()[0]
        published = document_from_json(body).published
        if published is not None:
            return published.earliest, published.latest
    return None if one.dated is None else (one.dated, one.dated)


def _status(given: Document, events: Sequence[_Event]) -> Status:
    """The status by these events alone, reckoned as that of today is."""
    said = [event.said for event in events]
    own = [one for one in said if one.source == OWN_RECORD]
    links = {(one.kind, one.notice) for one in own}
    marked = any(not one.notice and one.reason != _STATED for one in own)
    then = replace(
        given,
        title=given.title if marked else "",
        publication_types=given.publication_types if marked else (),
        links=tuple(link for link in given.links if (link.kind, link.target) in links),
        status=given.status if any(one.reason == _STATED for one in own) else Status.CURRENT,
    )
    return computed_status(then, [one for one in said if one.source != OWN_RECORD])


def _unknown(status: Status, day: date) -> Note:
    return Note(
        NoteKind.STATUS,
        f"{STANDING_UNKNOWN} {day}: nobody says when that changed; it is {status.value} at present, which is taken",
    )


def _since(now: Status, then: Status, later: Sequence[_Event]) -> tuple[Note, ...]:
    """That it has been retracted or doubted since: whoever relies on an answer of that day must know."""
    if now is then or now not in _GRAVE:
        return ()
    kind, words = _GRAVE[now]
    first = min((e.between for e in later if e.said.kind is kind and e.between), default=None)
    when = "" if first is None else f" ({first[0] if first[0] == first[1] else f'by {first[1]}'})"
    return (Note(NoteKind.STATUS, f"{STANDING_SINCE} {words}{when}"),)
