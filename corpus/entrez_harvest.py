"""A search of PubMed, fetched a page at a time into a folder; where it stopped, it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from corpus.entrez import MOST_OF_A_SEARCH, RECORDS_A_PAGE, Found, Page, fetch, fetch_kept, search
from corpus.entrez_state import Running, SavedSearch, write_bytes
from corpus.entrez_transport import Transport
from rag.errors import InputError

OVERLAP = timedelta(days=2)
"""Days that are looked at again: records of a day may come in after it was searched."""

Tell: TypeAlias = Callable[[str, int, int], None]
"""Told the stage, the records done and the records in all."""


@dataclass(slots=True)
class Harvest:
    """A saved search under way."""

    transport: Transport
    saved: SavedSearch
    folder: Path
    """Where the pages go."""
    tell: Tell
    warnings: tuple[str, ...] = ()
    fetched: int = 0
    """Records that this run has written."""
    missing: int = 0
    """Records that the search found and PubMed didn't give."""

    def run(self, since: date | None, today: date, most: int | None) -> None:
        """Fetch what came into PubMed from `since` to `today`, or go on where the same was stopped.

        Args:
            since: None: from the beginning.
            today: the last day that is searched.
            most: records, the newest first; None: all.

        Raises:
            InputError: the server refuses the query, or the folder can't be written.
            SourceUnavailable: it doesn't answer; what was fetched is kept.
        """
        running = self.saved.running
        if running is None or (running.since, running.most) != (since, most):
            self._save(Running(since, today, most, ((since, today),)))
        while (running := self.saved.running) is not None and running.windows:
            self._window(running)
        assert running is not None
        limited = running.most is not None and running.done >= running.most
        done = replace(self.saved, complete_to=running.until, limited=limited, running=None)
        self.saved = done
        done.write()

    def _window(self, running: Running) -> None:
        """Fetch the first of the spans of days that are left, or part it where it holds too much."""
        first, last = running.windows[0]
        left = None if running.most is None else running.most - running.done
        if running.found is None:
            most = MOST_OF_A_SEARCH if left is None else left
            found = search(self.transport, self.saved.query, first, last, most)
            self.warnings = tuple(dict.fromkeys((*self.warnings, *found.warnings)))
            if found.count > MOST_OF_A_SEARCH and (left is None or left > MOST_OF_A_SEARCH):
                self._save(replace(running, windows=(*_halves(first, last), *running.windows[1:])))
                return
            running = replace(running, found=found, start=0)
            self._save(running)
        self._pages(running)

    def _pages(self, running: Running) -> None:
        found = running.found
        assert found is not None
        while running.start < len(found.pmids):
            self.tell("fetching", running.start, len(found.pmids))
            self._page(found, running.start)
            count = len(found.pmids[running.start : running.start + RECORDS_A_PAGE])
            running = replace(running, start=running.start + count, done=running.done + count)
            self._save(running, pages=self.saved.pages + 1)
        self.tell("fetching", running.start, len(found.pmids))
        enough = running.most is not None and running.done >= running.most
        self._save(replace(running, windows=() if enough else running.windows[1:], found=None, start=0))

    def _page(self, found: Found, start: int) -> None:
        wanted = found.pmids[start : start + RECORDS_A_PAGE]
        page = fetch_kept(self.transport, found, start, len(wanted))
        if page is None or set(wanted) - page.pmids:
            # The search isn't kept any more, or its order changed: a PMID means the same for ever.
            page = fetch(self.transport, wanted)
        self.missing += len(set(wanted) - page.pmids)
        self.fetched += len(page.pmids)
        if page.pmids:
            self._write(page)

    def _write(self, page: Page) -> None:
        # A number is never used for another page, for the library remembers files by name.
        write_bytes(self.folder / f"pubmed-{self.saved.name}-{self.saved.pages + 1:06}.xml", page.xml)

    def _save(self, running: Running, pages: int | None = None) -> None:
        pages = self.saved.pages if pages is None else pages
        self.saved = replace(self.saved, running=running, pages=pages)
        self.saved.write()


def next_since(saved: SavedSearch) -> date | None:
    """From when on a saved search has to look for what is new; None: from the beginning."""
    if saved.running is not None:
        return saved.running.since
    return None if saved.complete_to is None else saved.complete_to - OVERLAP


def _halves(first: date | None, last: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """Two spans that make up one, the newer first."""
    start = first or date(1780, 1, 1)  # before the oldest record of PubMed
    if start >= last:
        raise InputError(
            f"PubMed has more than {MOST_OF_A_SEARCH:,} records of {last} for this query and gives no more of "
            "one search; narrow the query"
        )
    middle = start + (last - start) // 2
    return (middle + timedelta(days=1), last), (start, middle)
