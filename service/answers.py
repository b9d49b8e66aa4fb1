"""Saved answers: those that the reader of a command line asked to keep, among the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rag.types import Answer

if TYPE_CHECKING:
    from service.records.database import Database
    from service.records.stored import Stored

_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What a list of saved answers shows of one."""

    id: str
    question: str
    at: str
    state: str = "submitted"
    stale: str | None = None
    """Why it doesn't stand as it is; None where it does."""


@dataclass(frozen=True)
class Answers:
    """The saved answers of one data home."""

    file: Path
    """Of the records, unless they are on a server."""
    url: str | None = None
    """Of the server; it may hold a password."""

    @property
    def exist(self) -> bool:
        """Whether there may be any; a server is taken to have some. Nothing is loaded to tell."""
        return self.url is not None or self.file.is_file()

    def save(self, answer: Answer, at: datetime) -> str:
        """Keep an answer and return its id; the same answer again stays one."""
        from service.records import kept
        from service.records.viewer import LOCAL

        with self.records.writing() as connection:
            return kept.save(connection, answer, subject=LOCAL, at=at)

    def load(self, key: str) -> Answer:
        """The saved answer with this id, or whose id starts with it.

        Raises:
            InputError: if there is none or more than one.
            LibraryDamaged: if what was saved can't be read.
        """
        from service.records import kept
        from service.records.viewer import OPERATOR

        self._must_exist(key)
        with self.records.reading() as connection:
            return kept.load(connection, OPERATOR, kept.whole_id(connection, OPERATOR, key)).answer

    def read(self, key: str) -> Stored:
        """The same with its present review and staleness; counted as read."""
        from service.records import kept
        from service.records.viewer import OPERATOR

        self._must_exist(key)
        with self.records.writing() as connection:
            whole = kept.whole_id(connection, OPERATOR, key)
            kept.count_read(connection, whole)
            return kept.load(connection, OPERATOR, whole)

    def saved(self) -> tuple[SavedAnswer, ...]:
        """All saved answers, the latest first."""
        if not self.exist:
            return ()
        from service.records import kept
        from service.records.kept import Wanted
        from service.records.viewer import OPERATOR

        with self.records.reading() as connection:
            page = kept.page(connection, OPERATOR, Wanted(limit=_LISTED))
        return tuple(
            SavedAnswer(
                one.id,
                one.question,
                f"{one.issued_at[:19]}+00:00",
                one.review.state.value,
                "; ".join(mark.reason for mark in one.stale) or None,
            )
            for one in page.items
        )

    def count(self) -> int:
        """How many there are."""
        if not self.exist:
            return 0
        from service.records import kept
        from service.records.viewer import OPERATOR

        with self.records.reading() as connection:
            return kept.count(connection, OPERATOR)

    @cached_property
    def records(self) -> Database:
        """Where they are kept; half a second of imports, so only once it is needed."""
        from service.records.database import Database

        return Database.at(self.url) if self.url else Database.in_file(self.file)

    def _must_exist(self, key: str) -> None:
        """A look at what isn't there makes no file."""
        from rag.errors import UnknownRecord

        if not self.exist:
            raise UnknownRecord(
                f"there is no saved answer {key!r}; `vouch export --list` shows the ids, "
                "`vouch ask … --save` saves an answer"
            )
