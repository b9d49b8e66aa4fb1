"""Kept answers, what waits for review and what a re-issue changed, for reading or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from service.json_text import Json
from service.paragraphs import print_paragraphs, styled
from service.records.desk import Waiting
from service.records.difference_json import changes_json
from service.records.stored import Summary, stale_json, stored_json, summary_json

if TYPE_CHECKING:
    from service.reissuing import Again


def print_answers(found: Sequence[Summary], console: Console) -> None:
    """Print a line for each answer, and what makes it stale."""
    if not found:
        print_paragraphs([styled("no answer is kept that fits")], console)
        return
    for one in found:
        state = one.review.state.value.replace("_", " ")
        asked = ", review asked for" if one.review.requested_by and state == "submitted" else ""
        print_paragraphs([styled(f"{one.question} ({state}{asked})", marker=f"{one.id}  ")], console)
        stale = stale_json(one.stale)
        if stale:
            again = f"; asked again as {one.reissued_as}" if one.reissued_as else ""
            print_paragraphs([styled(f"out of date: {stale['reason']}{again}", "yellow", "    ")], console)


def print_queue(waiting: Sequence[Waiting], console: Console) -> None:
    """Print what waits, the most harmful first."""
    if not waiting:
        print_paragraphs([styled("nothing waits for a reviewer")], console)
    for one in waiting:
        text = f"{one.summary.question} ({one.why}; read {one.summary.reads} times)"
        print_paragraphs([styled(text, marker=f"{one.harm:>6.1f}  {one.summary.id}  ")], console)


def queue_json(waiting: Sequence[Waiting]) -> dict[str, Json]:
    """What waits, the most harmful first."""
    return {
        "items": [
            {
                "answer": summary_json(one.summary),
                "harm": one.harm,
                "why": one.why,
                "complaints": one.complaints,
            }
            for one in waiting
        ]
    }


def reissue_json(again: Again) -> dict[str, Json]:
    """The new answer, and what differs from the one before."""
    return {
        **stored_json(again.after),
        "difference": changes_json(again.before, again.after, again.difference),
    }


def print_difference(again: Again, console: Console) -> None:
    """Print what became of each claim."""
    before, after = again.before.summary, again.after.summary
    if before.id == after.id:
        print_paragraphs([styled(f"the library says the same; {before.id} stands as it is")], console)
        return
    print_paragraphs([styled(f"{before.id} was asked again as {after.id}")], console)
    changes = (
        ("+", again.difference.added),
        ("-", again.difference.removed),
        ("=", again.difference.kept),
    )
    for sign, claims in changes:
        print_paragraphs(
            [styled(f"{one.claim.text} ({one.reason})", marker=f"{sign} ") for one in claims], console
        )
