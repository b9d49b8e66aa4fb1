"""What is remembered of searches of PubMed, so that they go on where they stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.entrez import Found
from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class Running:
    """How far a search has come that isn't complete."""

    since: date | None
    until: date
    most: int | None
    windows: tuple[tuple[date | None, date], ...]
    """Spans of days still to be fetched, the first of them under way."""
    found: Found | None = None
    """What the search of the first span found."""
    start: int = 0
    """How many of these are fetched."""
    done: int = 0
    """Records fetched in all."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query, and until when all that it finds was fetched."""

    path: Path
    """The file that remembers it."""
    query: str
    folder: Path
    """Where its pages are."""
    complete_to: date | None = None
    limited: bool = False
    """Whether a number of records, and not the end, ended it."""
    pages: int = 0
    """Pages ever written."""
    running: Running | None = None

    @property
    def name(self) -> str:
        """Short name of the query, for files."""
        return query_name(self.query)

    def write(self) -> None:
        """Put it in place of what its file says.

        Raises:
            InputError: the file can't be written.
        """
        values = {
            "query": self.query,
            "folder": str(self.folder),
            "complete_to": _text(self.complete_to),
            "limited": self.limited,
            "pages": self.pages,
            "running": None if self.running is None else _running_values(self.running),
        }
        write_bytes(self.path, (json.dumps(values, ensure_ascii=False) + "\n").encode())


def saved_search(home: Path, query: str, folder: Path | None = None) -> SavedSearch:
    """The search of `query` as it was left, or a new one.

    Args:
        home: the folder of all searches.
        query: in PubMed's own language.
        folder: for its pages; None: where they are, or one below `home`.
    """
    path = home / f"search-{query_name(query)}.json"
    default = home / query_name(query)
    if not path.is_file():
        return SavedSearch(path, query, folder or default)
    known = _read(path)
    if folder is None or folder.resolve() == known.folder.resolve():
        return known
    # Another folder starts anew: what the old one holds isn't there.
    return SavedSearch(path, query, folder, pages=known.pages)


def saved_searches(home: Path) -> Iterator[SavedSearch]:
    """All searches that were ever made, in a fixed order."""
    for path in sorted(home.glob("search-*.json")) if home.is_dir() else ():
        yield _read(path)


def query_name(query: str) -> str:
    """The first 10 hex digits of the sha256 of a query, however its words are spaced."""
    return sha256(" ".join(query.split()).encode()).hexdigest()[:10]


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        InputError: it can't be written.
    """
    making = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with making.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
    except OSError as error:
        raise InputError(
            f"{path} can't be written: {error.strerror}; check free disk space and permissions"
        ) from error


def _read(path: Path) -> SavedSearch:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        running = values["running"]
        return SavedSearch(
            path,
            values["query"],
            Path(values["folder"]),
            _day(values["complete_to"]),
            values["limited"],
            values["pages"],
            None if running is None else _running(running),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}, which remembers a search of PubMed, can't be read ({type(error).__name__}); "
            "remove it and run the search again"
        ) from error


def _running_values(running: Running) -> dict[str, Any]:
    found = running.found
    return {
        "since": _text(running.since),
        "until": _text(running.until),
        "most": running.most,
        "windows": [[_text(first), _text(last)] for first, last in running.windows],
        "found": found and [found.count, list(found.pmids), found.web_env, found.query_key],
        "start": running.start,
        "done": running.done,
    }


def _running(values: Mapping[str, Any]) -> Running:
    found = values["found"]
    return Running(
        _day(values["since"]),
        date.fromisoformat(values["until"]),
        values["most"],
        tuple((_day(first), date.fromisoformat(last)) for first, last in values["windows"]),
        found and Found(found[0], tuple(found[1]), found[2], found[3], ()),
        values["start"],
        values["done"],
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
