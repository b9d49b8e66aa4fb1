"""Asking PubMed again for the records that the library has, to learn of revisions and retractions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.entrez import RECORDS_A_PAGE, fetch, joined, records
from corpus.entrez_harvest import Tell
from corpus.entrez_state import write_bytes
from corpus.entrez_transport import Transport

FOLDER = "refresh"
"""Name of the folder of the files, below that of all searches."""

_STATE = "refresh.json"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What asking again gave."""

    asked: int
    changed: int
    """Records that PubMed has revised since the library took them in."""
    missing: tuple[str, ...]
    """PMIDs of which PubMed has no record any more."""


def refresh(
    transport: Transport, home: Path, known: Mapping[str, date | None], today: date, tell: Tell
) -> Refreshed:
    """Fetch the records of PMIDs again and write those that are newer into files below `home`.

    Where the same day's asking was stopped, it goes on.

    Args:
        transport: the way to PubMed.
        home: the folder of all searches.
        known: by PMID the day of the revision that the library has; None where it has none.
        today: names the files.
        tell: told how far it is.

    Raises:
        InputError: a file can't be written.
        SourceUnavailable: PubMed doesn't answer; what was fetched is kept.
    """
    state = home / _STATE
    pmids = sorted(known, key=int)
    start, changed, missing = _left(state, today, pmids), 0, list[str]()
    for number, lot in _lots(pmids, start):
        tell("refreshing", number, len(pmids))
        page = fetch(transport, lot)
        newer = [record for pmid, revised, record in records(page) if _newer(revised, known.get(pmid))]
        if newer:
            write_bytes(home / FOLDER / f"pubmed-{today}-{lot[0]}.xml", joined(newer))
        changed += len(newer)
        missing += sorted(set(lot) - page.pmids, key=int)
        write_bytes(state, json.dumps({"day": today.isoformat(), "after": int(lot[-1])}).encode())
    tell("refreshing", len(pmids), len(pmids))
    state.unlink(missing_ok=True)
    return Refreshed(len(pmids) - start, changed, tuple(missing))


def _lots(pmids: Sequence[str], start: int) -> Iterator[tuple[int, Sequence[str]]]:
    for number in range(start, len(pmids), RECORDS_A_PAGE):
        yield number, pmids[number : number + RECORDS_A_PAGE]


def _left(state: Path, today: date, pmids: Sequence[str]) -> int:
    """How many of `pmids` were asked for before the asking of this day was stopped."""
    try:
        values = json.loads(state.read_text(encoding="utf-8"))
        if values["day"] != today.isoformat():
            return 0
        return sum(int(pmid) <= values["after"] for pmid in pmids)
    except (OSError, ValueError, KeyError, TypeError):
        # Without it all are asked for anew, which costs time and changes nothing.
        return 0


def _newer(revised: date | None, known: date | None) -> bool:
    return known is None or (revised is not None and revised > known)
