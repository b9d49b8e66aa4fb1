"""Letting go of conversations and answers: rows first, then every trace of them in the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, select

from rag.errors import UnknownRecord
from service.records import audit, kept
from service.records.clock import stamp
from service.records.schema import answers, conversations, holders, turns
from service.records.viewer import OPERATOR, Viewer

if TYPE_CHECKING:
    from service.records.database import Database


@dataclass(frozen=True, slots=True)
class Purged:
    """What is gone."""

    conversations: int = 0
    answers: int = 0
    kept: tuple[str, ...] = ()
    """Ids of answers that stay, because a review was asked for or somebody else has them too."""


def purge_conversation(database: Database, viewer: Viewer, key: str, at: datetime) -> Purged:
    """Let go of a conversation of `viewer` with the answers that were given in it.

    An answer that was handed over to reviewers stays with them.

    Raises:
        UnknownRecord: there is no such conversation of theirs.
    """
    with database.writing() as connection:
        mine = and_(conversations.c.id == key, viewer.owns_conversation)
        owner = connection.execute(select(conversations.c.owner).where(mine)).scalar()
        if owner is None:
            raise UnknownRecord(f"there is no conversation {key!r}, or it isn't yours")
        given = connection.execute(select(turns.c.answer_id).where(turns.c.conversation_id == key).distinct())
        keys = list(given.scalars())
        connection.execute(delete(conversations).where(conversations.c.id == key))
        gone = _let_go(connection, _held_by_turns_no_more(owner, keys))
        _tell(connection, viewer.subject, f"conversation:{key}", at)
    database.sweep()
    return Purged(1, len(gone), tuple(one for one in keys if one not in gone))


def purge_answer(database: Database, viewer: Viewer, key: str, at: datetime) -> Purged:
    """Let go of an answer: of one's own hold on it, or for an operator of all of it.

    Raises:
        UnknownRecord: there is none that `viewer` may see.
    """
    with database.writing() as connection:
        kept.summary(connection, viewer, key)
        if viewer.operator:
            connection.execute(delete(answers).where(answers.c.id == key))
            gone: Sequence[str] = [key]
        else:
            mine = and_(holders.c.subject == viewer.subject, holders.c.answer_id == key)
            held_by_turn = exists().where(
                and_(
                    turns.c.answer_id == key,
                    turns.c.conversation_id == conversations.c.id,
                    conversations.c.owner == viewer.subject,
                )
            )
            gone = _let_go(connection, and_(mine, ~held_by_turn))
        _tell(connection, viewer.subject, f"answer:{key}", at)
    database.sweep()
    return Purged(0, len(gone), () if gone else (key,))


def purge_any(database: Database, start: str, at: datetime) -> Purged:
    """Let go of whatever has this id, as the operator of the machine: a conversation, or all of an answer.

    Raises:
        UnknownRecord: nothing has it.
    """
    with database.reading() as connection:
        known = connection.execute(select(conversations.c.id).where(conversations.c.id == start)).first()
        key = start if known else kept.whole_id(connection, OPERATOR, start)
    purge = purge_conversation if known else purge_answer
    return purge(database, OPERATOR, key, at)


def purge_expired(database: Database, at: datetime) -> Purged:
    """Let go of every conversation and answer whose time is up."""
    now = stamp(at)
    with database.writing() as connection:
        over = delete(conversations).where(conversations.c.expires_at <= now)
        ended = connection.execute(over).rowcount
        gone = _let_go(connection, holders.c.expires_at <= now)
        if ended or gone:
            _tell(connection, "vouch", f"expired:{ended} conversations, {len(gone)} answers", at)
    if ended or gone:
        database.sweep()
    return Purged(ended, len(gone))


def _held_by_turns_no_more(owner: str, keys: Sequence[str]) -> ColumnElement[bool]:
    """Holds that an owner has on answers of a conversation that is gone, unless another one has them too."""
    elsewhere = exists().where(
        and_(
            turns.c.answer_id == holders.c.answer_id,
            turns.c.conversation_id == conversations.c.id,
            conversations.c.owner == owner,
        )
    )
    # Without an end it was saved on purpose or handed over.
    ends = holders.c.expires_at.is_not(None)
    return and_(holders.c.subject == owner, holders.c.answer_id.in_(keys), ends, ~elsewhere)


def _let_go(connection: Connection, which: ColumnElement[bool]) -> list[str]:
    """Remove holds, and the answers that nobody holds any more; ids of those answers."""
    touched = list(connection.execute(select(holders.c.answer_id).where(which).distinct()).scalars())
    connection.execute(delete(holders).where(which))
    held = exists().where(holders.c.answer_id == answers.c.id)
    handed_over = or_(answers.c.requested_by.is_not(None), answers.c.version > 0)
    loose = and_(answers.c.id.in_(touched), ~held, ~handed_over)
    gone = list(connection.execute(select(answers.c.id).where(loose)).scalars())
    connection.execute(delete(answers).where(answers.c.id.in_(gone)))
    return gone


def _tell(connection: Connection, actor: str, subject: str, at: datetime) -> None:
    audit.append(connection, at=at, actor=actor, action="purge", subject=subject)
