"""Which cited source is the most recent and which of the highest quality, said only as far as it is true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.citations import Reference, name_and_year
from rag.types import PublicationDate, Status


def best_evidence(references: Sequence[Reference]) -> str:
    """One line that names the most recent and the highest-quality source, empty where nothing is cited.

    Superseded sources and those under a concern are never named as the best. A source whose date is only
    known in part is the most recent only if no reading of the dates makes another one newer.
    """
    sound = [r for r in references if r.document.status not in {Status.SUPERSEDED, Status.CONCERN}]
    if not sound:
        return ""
    strongest = _highest_quality(sound)
    newest = _possibly_newest(sound)
    both = [reference for reference in newest if reference in strongest]
    if len(newest) == 1 and both:
        return f"The most recent and highest-quality source cited here is {_named(both[0])}."
    quality = f"The highest-quality source cited here is {_named(_latest(strongest))}"
    if len(strongest) > 1:
        quality = f"Of the {len(strongest)} highest-quality sources cited here the newest is {_named(_latest(strongest))}"
    return f"{quality}; {_recency(newest)}."


def _highest_quality(references: Sequence[Reference]) -> list[Reference]:
    top = max(reference.why.quality for reference in references)
    return [reference for reference in references if reference.why.quality == top]


def _possibly_newest(references: Sequence[Reference]) -> list[Reference]:
    """Those that no other source certainly postdates; undated ones are left aside."""
    dated = [(r, r.document.published) for r in references if r.document.published]
    newest_start = max((published.earliest for _, published in dated), default=date.min)
    return [reference for reference, published in dated if _last_day(published) >= newest_start]


def _last_day(published: PublicationDate) -> date:
    if published.month is None:
        return date(published.year, 12, 31)
    if published.day is not None:
        return published.earliest
    after = (published.year + 1, 1) if published.month == 12 else (published.year, published.month + 1)
    return date.fromordinal(date(*after, 1).toordinal() - 1)


def _latest(references: Sequence[Reference]) -> Reference:
    return max(references, key=lambda r: r.document.published.earliest if r.document.published else date.min)


def _recency(newest: Sequence[Reference]) -> str:
    if not newest:
        return "no date of publication is known"
    if len(newest) == 1:
        return f"the most recent is {_named(newest[0])}"
    marks = ", ".join(f"[{reference.number}]" for reference in newest)
    return f"the most recent are {marks}, whose order the known dates don't settle"


def _named(reference: Reference) -> str:
    document = reference.document
    indirect = f", indirect evidence: {document.indirect.rstrip('.')}" if document.indirect else ""
    return f"[{reference.number}] {name_and_year(document)} ({document.design.value}{indirect})"
