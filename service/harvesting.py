"""Fetching from PubMed as the command line does it: go on or begin, show the progress, index what came."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError, SourceUnavailable
from service.settings import Settings

if TYPE_CHECKING:
    from corpus.entrez_refresh import Refreshed
    from corpus.entrez_state import SavedSearch
    from corpus.entrez_transport import Transport
    from indexes.ledger import BatchReport

PUBMED = "PubMed"
"""The name under which the library remembers when PubMed was last asked what became of its papers."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought."""

    records: int
    missing: int
    warnings: tuple[str, ...]
    batch: BatchReport | None
    """None where there was nothing to index."""
    refreshed: Refreshed | None = None


def fetch_query(
    settings: Settings,
    query: str,
    *,
    since: date | None,
    most: int | None,
    folder: Path | None,
    today: date,
    minutes: float | None,
) -> Fetched:
    """Fetch what a query finds and index it; without `since`, what is new where all was fetched before.

    Raises:
        InputError: PubMed refuses the query.
        SourceUnavailable: it can't be reached; what came before is indexed.
        LibraryProblem: the library can't be written.
    """
    from corpus.entrez_harvest import Harvest, next_since
    from corpus.entrez_state import saved_search
    from service.progress import shown_progress

    saved = saved_search(home_of(settings), query, folder)
    if since is None and most is None and not saved.limited:
        since = next_since(saved)
    if since is not None and since > today:
        raise InputError(f"since {since} lies after today, {today}; nothing can be newer than that")
    with shown_progress() as tell, closing(_transport(settings, minutes)) as transport:
        harvest = Harvest(transport, saved, saved.folder, tell)
        with _indexing_what_came(settings, [saved.folder]):
            harvest.run(since, today, most)
    batch = _indexed(settings, [saved.folder])
    return Fetched(harvest.fetched, harvest.missing, harvest.warnings, batch)


def fetch_updates(settings: Settings, *, today: date, minutes: float | None) -> Fetched:
    """Run every saved query for what is new, and ask again for each record that the library has.

    Raises:
        SourceUnavailable: PubMed can't be reached; what came before is indexed.
        LibraryProblem: the library isn't there or can't be written.
    """
    from corpus.entrez_harvest import Harvest
    from corpus.entrez_refresh import FOLDER, refresh
    from corpus.entrez_state import saved_searches
    from indexes.currency import pubmed_revisions, record_check
    from service.progress import shown_progress
    from service.wiring import open_library

    home, library = home_of(settings), open_library(settings)
    known, searches = pubmed_revisions(library), list(saved_searches(home))
    folders = [*(saved.folder for saved in searches), home / FOLDER]
    with (
        shown_progress() as tell,
        closing(_transport(settings, minutes)) as transport,
        _indexing_what_came(settings, folders),
    ):
        harvests = [Harvest(transport, saved, saved.folder, tell) for saved in searches]
        for harvest in harvests:
            harvest.run(*_left_or_new(harvest.saved, today))
        refreshed = refresh(transport, home, known, today, tell)
    batch = _indexed(settings, folders)
    record_check(library, PUBMED, today)
    return Fetched(
        sum(harvest.fetched for harvest in harvests),
        sum(harvest.missing for harvest in harvests),
        tuple(dict.fromkeys(words for harvest in harvests for words in harvest.warnings)),
        batch,
        refreshed,
    )


def home_of(settings: Settings) -> Path:
    """The folder of all that was fetched from PubMed."""
    return settings.data_home / "pubmed"


def _left_or_new(saved: SavedSearch, today: date) -> tuple[date | None, date, int | None]:
    """What an update asks of a search: what was left of it, or what is new since."""
    from corpus.entrez_harvest import next_since

    return next_since(saved), today, saved.running.most if saved.running else None


def _transport(settings: Settings, minutes: float | None) -> Transport:
    from corpus.entrez_transport import Transport

    ends = None if minutes is None else time.monotonic() + 60 * minutes
    key = os.environ.get("NCBI_API_KEY") or None  # the name that NCBI's own tools read
    return Transport(settings.entrez_url.rstrip("/"), settings.entrez_email, key, ends)


@contextmanager
def _indexing_what_came(settings: Settings, folders: Sequence[Path]) -> Iterator[None]:
    """Index what was fetched before PubMed failed, and then say that it did."""
    try:
        yield
    except SourceUnavailable:
        _indexed(settings, folders)
        raise


def _indexed(settings: Settings, folders: Sequence[Path]) -> BatchReport | None:
    from service.indexing import index_inputs

    # By name, for a folder that somebody chose may hold other files as well.
    files = sorted(file for folder in folders for file in folder.glob("pubmed-*.xml"))
    if not files:
        return None
    return index_inputs(settings, files, recursive=False, retry_quarantined=False, rebuild=False)
