"""Conversations: questions with their answers in a row, kept for a time and then gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, and_, func, select, tuple_, update

from rag.errors import InputError, UnknownRecord
from rag.types import Answer, Role, Turn
from service.records import audit, kept
from service.records.clock import stamp
from service.records.schema import answers, conversations, turns
from service.records.stored import SHOWN, Summary, answer_of, summaries
from service.records.viewer import Viewer

MAX_TURNS = 200
_READ_BY = 20  # turns that the next question is read by


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation with what a list shows of its answers."""

    id: str
    owner: str
    role: Role
    created_at: str
    expires_at: str
    turns: tuple[Summary, ...]
    """In the order in which they were asked; an answer that came twice stands there twice."""


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Some conversations, the latest first, without their turns."""

    items: tuple[Conversation, ...]
    next: str | None


def begin(
    connection: Connection, viewer: Viewer, role: Role, *, at: datetime, until: datetime
) -> Conversation:
    """A new conversation that goes at `until` unless it goes on."""
    row = {
        "id": token_hex(16),
        "owner": viewer.subject,
        "role": role.value,
        "created_at": stamp(at),
        "expires_at": stamp(until),
    }
    connection.execute(conversations.insert().values(**row))
    audit.append(connection, at=at, actor=viewer.subject, action="begin", subject=f"conversation:{row['id']}")
    return Conversation(row["id"], viewer.subject, role, row["created_at"], row["expires_at"], ())


def load(connection: Connection, viewer: Viewer, key: str, at: datetime) -> Conversation:
    """A conversation of `viewer` that hasn't expired.

    Raises:
        UnknownRecord: there is none.
    """
    mine = and_(conversations.c.id == key, viewer.owns_conversation, conversations.c.expires_at > stamp(at))
    row = connection.execute(select(conversations).where(mine)).first()
    if row is None:
        raise UnknownRecord(f"there is no conversation {key!r}, or it isn't yours, or its time is up")
    query = (
        select(*SHOWN)
        .join(turns, turns.c.answer_id == answers.c.id)
        .where(turns.c.conversation_id == key)
        .order_by(turns.c.position)
    )
    asked = summaries(connection, connection.execute(query).all())
    return Conversation(row.id, row.owner, Role(row.role), row.created_at, row.expires_at, asked)


def page(
    connection: Connection, viewer: Viewer, at: datetime, *, limit: int = 20, cursor: str | None = None
) -> ConversationPage:
    """Conversations of `viewer`, the latest first.

    Raises:
        InputError: the cursor isn't one that a page gave.
    """
    mine = and_(viewer.owns_conversation, conversations.c.expires_at > stamp(at))
    order = (conversations.c.created_at, conversations.c.id)
    query = select(conversations).where(mine).order_by(*(column.desc() for column in order))
    if cursor is not None:
        since, _, key = cursor.partition("~")
        if not key:
            raise InputError(f"cursor {cursor!r} is none; take it from `next` of the page before")
        query = query.where(tuple_(*order) < tuple_(since, key))
    rows = connection.execute(query.limit(limit + 1)).all()
    items = tuple(
        Conversation(row.id, row.owner, Role(row.role), row.created_at, row.expires_at, ())
        for row in rows[:limit]
    )
    return ConversationPage(items, f"{items[-1].created_at}~{items[-1].id}" if len(rows) > limit else None)


def earlier(connection: Connection, viewer: Viewer, key: str, at: datetime) -> tuple[Turn, ...]:
    """The last turns of a conversation, oldest first, with their whole answers, to read the next question by.

    An answer knows the numbers that all turns before it gave, so the last ones are enough.

    Raises:
        UnknownRecord: there is no such conversation of `viewer`.
    """
    load(connection, viewer, key, at)
    query = (
        select(answers.c.id, answers.c.question, answers.c.body)
        .join(turns, turns.c.answer_id == answers.c.id)
        .where(turns.c.conversation_id == key)
        .order_by(turns.c.position.desc())
        .limit(_READ_BY)
    )
    rows = reversed(connection.execute(query).all())
    return tuple(Turn(row.question, answer_of(row.body, row.id)) for row in rows)


def add_turn(
    connection: Connection, viewer: Viewer, key: str, answer: Answer, *, at: datetime, until: datetime
) -> str:
    """Keep an answer as the next turn, put off the end of the conversation, and return the answer's id.

    Raises:
        UnknownRecord: there is no such conversation of `viewer`.
        InputError: it has as many turns as one may have.
    """
    before = load(connection, viewer, key, at)
    if len(before.turns) >= MAX_TURNS:
        raise InputError(f"the conversation has {MAX_TURNS} turns already; begin a new one")
    answer_id = kept.save(connection, answer, subject=before.owner, at=at, expires=until)
    last = connection.execute(
        select(func.max(turns.c.position)).where(turns.c.conversation_id == key)
    ).scalar()
    row = {
        "conversation_id": key,
        "position": 0 if last is None else last + 1,
        "answer_id": answer_id,
        "at": stamp(at),
    }
    connection.execute(turns.insert().values(**row))
    longer = update(conversations).where(conversations.c.id == key).values(expires_at=stamp(until))
    connection.execute(longer)
    return answer_id
