"""After the library has changed: which answers that were kept don't stand any more, and telling so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from rag.errors import VouchError
from service.params import today
from service.settings import Settings

if TYPE_CHECKING:
    from indexes.library import Library
    from rag.pipeline import Pipeline
    from service.records.staleness import Touched


def refresh_answers(
    settings: Settings, library: Library, open_pipeline: Callable[[], Pipeline] | None = None
) -> Touched | None:
    """Mark the answers that don't stand any more, and say how many there are; None where none are kept.

    That it fails is told and no error: the library has changed already, and the next change looks again.

    Args:
        settings: say where the records are.
        library: after the change.
        open_pipeline: gives the way to an answer, where it is needed; else it is opened anew.
    """
    from service import wiring

    if not wiring.saved_answers(settings).exist:
        return None
    try:
        touched = _refreshed(settings, library, open_pipeline or (lambda: wiring.open_pipeline(settings)))
    except VouchError as error:
        click.echo(f"answers that were kept couldn't be looked at again: {error}", err=True)
        return None
    if touched.stale:
        click.echo(in_words(touched), err=True)
    return touched


def in_words(touched: Touched) -> str:
    """What was found, in one line."""
    number = len({key for key, _ in touched.stale})
    which = "answer is" if number == 1 else "answers are"
    approved = f", {touched.fell_back} of them approved before" if touched.fell_back else ""
    return f"{number} kept {which} out of date now{approved}; see: vouch answers --stale"


def _refreshed(settings: Settings, library: Library, open_pipeline: Callable[[], Pipeline]) -> Touched:
    from service.records.clock import now
    from service.records.staleness import refresh
    from service.wiring import open_records

    return refresh(open_records(settings), library, open_pipeline, today=today(), at=now())
