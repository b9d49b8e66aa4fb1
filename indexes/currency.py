"""What became of papers after they were published: lists are taken in, and asked who says what."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.currency import Said
from corpus.retraction_watch import NoticeList
from indexes import currency_notices
from indexes.batch import Batch
from indexes.currency_notices import Check
from indexes.generations import advance
from indexes.library import Library, known_num, snapshot
from indexes.records import nums_of
from indexes.schema import transaction
from indexes.standing import all_said, settle
from rag.errors import InputError
from rag.types import Status

LEAST_SHARE = 0.5
"""A list with less than this share of the notices of the one before is taken for one cut short."""


@dataclass(frozen=True, slots=True)
class CurrencyReport:
    """What a list changed."""

    source: str
    notices: int
    unusable: int
    papers: int
    """Documents of the library that the list speaks of."""
    changed: tuple[tuple[str, Status, Status], ...]
    """Id, status before and status after of the documents whose status is another now."""
    generation: int


def import_notices(
    library: Library, source: str, listed: NoticeList, checked: date, *, fewer: bool = False
) -> CurrencyReport:
    """Put a source's list in place of its earlier one; statuses that it changes make a generation.

    The list is kept whole, so that a paper that comes later finds what is said of it; what an
    earlier list said and this one doesn't say any more holds no more.

    Args:
        library: made if it isn't there.
        source: a name for it, such as `Retraction Watch`.
        listed: as it was read.
        checked: the day on which it was fetched.
        fewer: take it also where it has far fewer notices than the one before.

    Raises:
        InputError: it seems cut short; nothing is changed.
        LibraryLocked: another writer is at work.
    """
    check = Check(source, checked, listed.newest, len(listed.notices))
    with library.writing() as connection, transaction(connection):
        _refuse_cut_short(currency_notices.checks(connection), check, fewer=fewer)
        before = snapshot(connection)
        batch = Batch(connection, before.model or "")
        papers = currency_notices.replace(connection, check, listed.notices)
        nums = sorted(nums_of(connection, papers))
        earlier = [_standing(connection, num) for num in nums]
        batch.changed = settle(connection, papers)
        later = [_standing(connection, num) for num in nums]
        advance(library.folder, batch, before, _silent)
        spoken_of = len(nums_of(connection, {paper for one in listed.notices for paper in one.papers}))
        generation = snapshot(connection).stamp.generation
    changed = tuple(
        (name, was, now) for (name, was), (_, now) in zip(earlier, later, strict=True) if was != now
    )
    return CurrencyReport(source, check.notices, listed.unusable, spoken_of, changed, generation)


def record_check(library: Library, source: str, checked: date) -> None:
    """Write that a source was looked at whose records come in by the ordinary batch.

    Raises:
        LibraryLocked: another writer is at work.
    """
    with library.writing() as connection, transaction(connection):
        currency_notices.record(connection, Check(source, checked, None, 0))


def last_checks(library: Library) -> tuple[Check, ...]:
    """Each source that was ever looked at, by name."""
    with library.reading() as now:
        return currency_notices.checks(now.connection)


def who_says(library: Library, name: str) -> tuple[Said, ...]:
    """All that is said of a document's standing, and by whom.

    Raises:
        InputError: no document has the id or alias `name`.
    """
    with library.reading() as now:
        return all_said(now.connection, known_num(now.connection, name))


def pubmed_revisions(library: Library) -> dict[str, date | None]:
    """By PMID without its prefix, the day of the last revision that the library has; None where it has none."""
    query = (
        "SELECT substr(a.alias, 6), json_extract(d.body, '$.revised') FROM aliases a "
        "JOIN documents d ON d.num = a.document WHERE a.alias >= 'pmid:' AND a.alias < 'pmid;'"
    )
    with library.reading() as now:
        rows = now.connection.execute(query).fetchall()
    return {pmid: date.fromisoformat(day) if day else None for pmid, day in rows if pmid.isdecimal()}


def _refuse_cut_short(known: Sequence[Check], check: Check, *, fewer: bool) -> None:
    earlier = next((one for one in known if one.source == check.source), None)
    if earlier is not None and not fewer and check.notices < LEAST_SHARE * earlier.notices:
        raise InputError(
            f"the list has {check.notices:,} notices, the one of {earlier.checked} had {earlier.notices:,}: "
            "it may be cut short; fetch it again, or take it as it is with --fewer"
        )


def _standing(connection: sqlite3.Connection, num: int) -> tuple[str, Status]:
    identity, status = connection.execute("SELECT id, status FROM documents WHERE num = ?", (num,)).fetchone()
    return identity, Status(status)


def _silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""
