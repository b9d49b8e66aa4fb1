"""What pages read and write of the records, each call one transaction on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Annotated, TypeVar

from fastapi import Depends
from sqlalchemy import Connection, and_, select
from starlette.concurrency import run_in_threadpool

from rag.types import Answer, Role, Turn
from service.http.access import Reader
from service.http.keeping import Records, viewer_of
from service.http.parts import Parts, parts_of
from service.records import conversations, desk, feedback, kept
from service.records.clock import now
from service.records.conversations import Conversation
from service.records.database import Database
from service.records.desk import Event
from service.records.feedback import FeedbackKind
from service.records.purge import purge_conversation
from service.records.reissue import earlier_of, reissued
from service.records.schema import answers
from service.records.stored import Stored, Summary
from service.records.viewer import Viewer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer as its page shows it."""

    stored: Stored
    history: tuple[Event, ...]
    holder: bool
    """Whether it was given to whoever looks at it."""

    @property
    def summary(self) -> Summary:
        """What became of it."""
        return self.stored.summary

    @property
    def answer(self) -> Answer:
        """The answer."""
        return self.stored.answer


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with its whole answers."""

    conversation: Conversation
    turns: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The records as one viewer reaches them from pages."""

    database: Database
    viewer: Viewer
    keeps: timedelta
    """How long an answer and a conversation are kept that nobody asked to keep."""

    async def keep(self, answer: Answer) -> str:
        """Keep an answer that was given to the viewer; its id."""
        at = now()
        save = partial(kept.save, subject=self.viewer.subject, at=at, expires=at + self.keeps)
        return await self._writing(lambda one: save(one, answer))

    async def asked_before(self, key: str) -> tuple[Stored, tuple[Turn, ...]]:
        """An answer, and the turns before it where it was given in a conversation."""
        return await self._reading(
            lambda one: (kept.load(one, self.viewer, key), earlier_of(one, self.viewer, key))
        )

    async def reissue(self, before: Stored, answer: Answer) -> str:
        """Keep the answer that takes the place of `before`; its id."""
        at = now()
        keep = partial(reissued, at=at, expires=at + self.keeps)
        return (await self._writing(lambda one: keep(one, self.viewer, before, answer))).summary.id

    async def opened(self, key: str, *, count: bool = False) -> Opened:
        """An answer that the viewer may see; `count` counts it as read.

        Raises:
            UnknownRecord: there is none.
        """

        def read(connection: Connection) -> Opened:
            stored = kept.load(connection, self.viewer, key)
            if count:
                kept.count_read(connection, key)
            mine = and_(answers.c.id == key, self.viewer.holds_answer)
            holder = connection.execute(select(answers.c.id).where(mine)).first() is not None
            return Opened(stored, desk.history(connection, key), holder)

        return await (self._writing(read) if count else self._reading(read))

    async def lately(self, limit: int) -> tuple[Summary, ...]:
        """The latest answers that the viewer may see."""
        wanted = kept.Wanted(limit=limit)
        return (await self._reading(lambda one: kept.page(one, self.viewer, wanted))).items

    async def listed(self, wanted: kept.Wanted) -> kept.Page:
        """Some answers that the viewer may see."""
        return await self._reading(lambda one: kept.page(one, self.viewer, wanted))

    async def waiting(self) -> tuple[desk.Waiting, ...]:
        """What waits for a reviewer, the most harmful first."""
        return await self._reading(lambda one: desk.queue(one, self.viewer))

    async def step(self, key: str, asked: desk.Asked) -> Summary:
        """Take one step of a review.

        Raises:
            UnknownRecord, NotAllowed, WrongState, InputError: as `desk.step` does.
        """
        return await self._writing(lambda one: desk.step(one, self.viewer, key, asked, now()))

    async def complain(self, key: str, kind: FeedbackKind, comment: str) -> None:
        """Keep what the viewer says of an answer."""
        await self._writing(lambda one: feedback.give(one, self.viewer, key, kind, comment=comment, at=now()))

    async def begin(self, role: Role, first: Answer | None = None) -> str:
        """A new conversation, with an answer as its first turn where one is given; its id."""
        at = now()

        def write(connection: Connection) -> str:
            until = at + self.keeps
            made = conversations.begin(connection, self.viewer, role, at=at, until=until)
            if first is not None:
                conversations.add_turn(connection, self.viewer, made.id, first, at=at, until=until)
            return made.id

        return await self._writing(write)

    async def talk(self, key: str) -> Talk:
        """A conversation of the viewer.

        Raises:
            UnknownRecord: there is none.
        """

        def read(connection: Connection) -> Talk:
            found = conversations.load(connection, self.viewer, key, now())
            stored = [kept.load(connection, self.viewer, one.id) for one in found.turns]
            return Talk(found, tuple(stored))

        return await self._reading(read)

    async def earlier(self, key: str) -> tuple[Turn, ...]:
        """The turns of a conversation so far."""
        return await self._reading(lambda one: conversations.earlier(one, self.viewer, key, now()))

    async def add_turn(self, key: str, answer: Answer) -> str:
        """Keep an answer as the next turn; its id."""
        at = now()
        add = partial(conversations.add_turn, at=at, until=at + self.keeps)
        return await self._writing(lambda one: add(one, self.viewer, key, answer))

    async def purge(self, key: str) -> None:
        """Let go of a conversation and of what was said in it."""
        await run_in_threadpool(purge_conversation, self.database, self.viewer, key, now())

    async def _reading(self, read: Callable[[Connection], T]) -> T:
        return await run_in_threadpool(self._in, self.database.reading, read)

    async def _writing(self, write: Callable[[Connection], T]) -> T:
        return await run_in_threadpool(self._in, self.database.writing, write)

    @staticmethod
    def _in(opening: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], T]) -> T:
        with opening() as connection:
            return work(connection)


def shelf_of(caller: Reader, records: Records, parts: Annotated[Parts, Depends(parts_of)]) -> Shelf:
    """A dependency: the records as the caller reaches them."""
    return Shelf(records, viewer_of(caller), timedelta(days=parts.settings.keep_days))


Shelved = Annotated[Shelf, Depends(shelf_of)]
