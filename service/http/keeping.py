"""Records as endpoints use them: who looks, and what is kept of what is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends

from rag.types import Answer
from service.http.access import AccessRole, Caller, Means
from service.http.parts import Parts, parts_of
from service.http.problems import Problem
from service.json_text import Json
from service.records import conversations, kept
from service.records.clock import now
from service.records.database import Database
from service.records.stored import Stored, stored_json
from service.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps every answer for whoever asked, for some days unless a review is asked for."""

    records: Database
    days: int
    clock: Callable[[], datetime] = field(default=now)

    def __call__(self, answer: Answer, caller: Caller) -> dict[str, Json]:
        """Keep `answer`, and return what is sent of it."""
        at, viewer = self.clock(), viewer_of(caller)
        with self.records.writing() as connection:
            key = kept.save(connection, answer, subject=viewer.subject, at=at, expires=self.until(at))
            return stored_json(Stored(kept.summary(connection, viewer, key), answer))

    def until(self, at: datetime) -> datetime:
        """When what is kept at a time goes."""
        return at + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class KeepingTurns:
    """Keeps answers as the turns of one conversation."""

    keeping: Keeping
    conversation: str

    def __call__(self, answer: Answer, caller: Caller) -> dict[str, Json]:
        """Keep `answer` as the next turn, and return what is sent of it."""
        at, viewer = self.keeping.clock(), viewer_of(caller)
        until = self.keeping.until(at)
        with self.keeping.records.writing() as connection:
            key = conversations.add_turn(connection, viewer, self.conversation, answer, at=at, until=until)
            told = stored_json(Stored(kept.summary(connection, viewer, key), answer))
        return {**told, "conversation": self.conversation}


def viewer_of(caller: Caller) -> Viewer:
    """Whom the records see in a caller."""
    return Viewer(caller.id, reviewer=caller.role.may(AccessRole.REVIEWER))


def alone(caller: Caller) -> bool:
    """Whether there is only one person here: a server on loopback without keys."""
    return caller.means is Means.OPEN


def records_of(parts: Annotated[Parts, Depends(parts_of)]) -> Database:
    """The records of the server; a dependency of endpoints.

    Raises:
        Problem: this server keeps none.
    """
    if parts.records is None:
        raise Problem(501, "this server keeps no records; start it with `vouch serve`", kind="no-records")
    return parts.records


Records = Annotated[Database, Depends(records_of)]
EveryPart = Annotated[Parts, Depends(parts_of)]
