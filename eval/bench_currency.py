"""Whether papers that were retracted, doubted, corrected or reinstated are known as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rag.types import Document, Link, LinkKind, Status

StatusOf: TypeAlias = Callable[[Document, Sequence[Link]], Status]
"""A document and what others say of it -> its status."""

_FLAG = {LinkKind.RETRACTS: Status.RETRACTED, LinkKind.RAISES_CONCERN: Status.CONCERN}


@dataclass(frozen=True, slots=True)
class Notice:
    """What was published about a paper."""

    paper: str
    """Id of the paper, `doi:…`."""
    link: Link
    """What the notice says, as its own record would."""


def flagged(notices: Iterable[Notice], status_of: StatusOf) -> Mapping[Status, tuple[int, int]]:
    """How many papers a status is due to, and to how many of those `status_of` gives it.

    Due by the gravest notice: retracted, else concern. A paper with a reinstatement is due to be
    retracted no more; it counts under current, and must not be retracted.
    """
    links: dict[str, list[Link]] = {}
    for notice in notices:
        links.setdefault(notice.paper.casefold(), []).append(notice.link)
    counts: dict[Status, tuple[int, int]] = {}
    for paper, inbound in links.items():
        due = _due({link.kind for link in inbound})
        given = status_of(Document(id=paper, title="", sections=()), inbound)
        right = given is not Status.RETRACTED if due is Status.CURRENT else given is due
        papers, rightly = counts.get(due, (0, 0))
        counts[due] = (papers + 1, rightly + right)
    return counts


def _due(kinds: set[LinkKind]) -> Status:
    if LinkKind.REINSTATES in kinds:
        return Status.CURRENT
    return next((status for kind, status in _FLAG.items() if kind in kinds), Status.CORRECTED)
