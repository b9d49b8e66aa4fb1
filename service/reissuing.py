"""Asking a kept question again on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.records import kept
from service.records.clock import now
from service.records.database import Database
from service.records.difference_json import status_in
from service.records.reissue import Difference, difference, earlier_of, reissued
from service.records.stored import Stored
from service.records.viewer import OPERATOR
from service.settings import Settings
from service.wiring import open_library, open_pipeline


@dataclass(frozen=True, slots=True)
class Again:
    """An answer, the one that takes its place, and what differs."""

    before: Stored
    after: Stored
    difference: Difference


def reissue_answer(settings: Settings, database: Database, key: str, today: date) -> Again:
    """Ask the question of a kept answer of the library as it is now, and keep what comes of it.

    Raises:
        UnknownRecord: there is no such answer.
        LibraryProblem: there is no library.
    """
    with database.reading() as connection:
        before = kept.load(connection, OPERATOR, kept.whole_id(connection, OPERATOR, key))
        earlier = earlier_of(connection, OPERATOR, before.summary.id)
    old = before.answer
    question = old.question if earlier else old.understood_as
    new = open_pipeline(settings).ask(question, earlier, role=old.role, filters=old.filters, today=today)
    with database.writing() as connection:
        after = reissued(connection, OPERATOR, before, new, at=now(), expires=None)
    status_of = status_in(open_library(settings))
    return Again(before, after, difference(before.answer, after.answer, status_of))
