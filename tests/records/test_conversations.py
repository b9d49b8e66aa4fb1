"""Conversations: whose they are, how long they stay, and that nothing is left of what was purged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_up_answers import answer
from records_kit import ANN, BEN, NOW, RITA
from sqlalchemy import text

from rag.errors import InputError, UnknownRecord
from rag.types import Role
from service.records import audit, conversations, desk, feedback, kept
from service.records.desk import Asked
from service.records.feedback import FeedbackKind
from service.records.purge import purge_answer, purge_conversation, purge_expired
from service.records.review import ReviewAction
from service.records.viewer import OPERATOR

DAY = timedelta(days=1)
CANARY = "zyxcanary"


@pytest.fixture
def conversation(database):
    """A conversation of Ann's with two turns."""
    with database.writing() as connection:
        key = conversations.begin(connection, ANN, Role.CLINICIAN, at=NOW, until=NOW + DAY).id
    for number in range(2):
        add(database, key, f"Question {number} about {CANARY}?")
    return key


def add(database, key, question, viewer=ANN, at=NOW):
    with database.writing() as connection:
        asked = answer(question=question, understood_as=question)
        return conversations.add_turn(connection, viewer, key, asked, at=at, until=at + DAY)


def found(database, load, *arguments):
    with database.reading() as connection:
        return load(connection, *arguments)


def test_turns_come_back_in_order_with_their_answers(database, conversation):
    turns = found(database, conversations.earlier, ANN, conversation, NOW)

    assert [turn.question for turn in turns] == [f"Question {n} about {CANARY}?" for n in range(2)]
    assert turns[0].answer.evidence == answer().evidence


@pytest.mark.parametrize("viewer", [BEN, RITA])
def test_a_conversation_is_its_owner_s_alone(database, conversation, viewer):
    for load in (conversations.load, conversations.earlier):
        with pytest.raises(UnknownRecord):
            found(database, load, viewer, conversation, NOW)
    with pytest.raises(UnknownRecord):
        add(database, conversation, "Mine?", viewer)
    with pytest.raises(UnknownRecord):
        purge_conversation(database, viewer, conversation, NOW)
    assert found(database, conversations.page, viewer, NOW).items == ()


def test_a_conversation_goes_when_its_time_is_up_and_a_question_puts_that_off(database, conversation):
    add(database, conversation, "Later?", at=NOW + DAY / 2)

    assert len(found(database, conversations.load, ANN, conversation, NOW + DAY).turns) == 3
    with pytest.raises(UnknownRecord, match="time is up"):
        found(database, conversations.load, ANN, conversation, NOW + 2 * DAY)


def test_what_has_expired_is_purged(database, conversation):
    assert purge_expired(database, NOW + DAY / 2).answers == 0

    gone = purge_expired(database, NOW + DAY)

    assert (gone.conversations, gone.answers) == (1, 2)
    assert found(database, kept.count, OPERATOR) == 0


def test_an_answer_under_review_stays_when_its_time_is_up(database, conversation):
    key = found(database, conversations.load, ANN, conversation, NOW).turns[0].id
    with database.writing() as connection:
        desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW)

    purge_expired(database, NOW + 2 * DAY)

    assert found(database, kept.summary, RITA, key).id == key
    assert found(database, kept.count, OPERATOR) == 1


def test_what_was_handed_over_stays_when_its_conversation_is_purged(database, conversation):
    key = found(database, conversations.load, ANN, conversation, NOW).turns[0].id
    with database.writing() as connection:
        desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW)

    gone = purge_conversation(database, ANN, conversation, NOW)

    assert (gone.answers, gone.kept) == (1, (key,))


def test_an_answer_that_somebody_else_has_stays_theirs(database, conversation):
    with database.writing() as connection:
        question = f"Question 0 about {CANARY}?"
        same = answer(question=question, understood_as=question)
        key = kept.save(connection, same, subject="ben", at=NOW, expires=NOW + DAY)

    purge_conversation(database, ANN, conversation, NOW)

    assert found(database, kept.load, BEN, key).answer == same
    with pytest.raises(UnknownRecord):
        found(database, kept.load, ANN, key)


def test_no_trace_of_a_purged_conversation_is_left(database, conversation):
    key = found(database, conversations.load, ANN, conversation, NOW).turns[0].id
    with database.writing() as connection:
        feedback.give(connection, ANN, key, FeedbackKind.UNHELPFUL, comment=CANARY, at=NOW)
    assert traces(database)

    purge_conversation(database, ANN, conversation, NOW)

    assert traces(database) == []
    assert found(database, audit.verify).broken_at is None


def test_no_trace_of_an_answer_that_the_operator_purges_is_left(database, conversation):
    for turn in found(database, conversations.load, ANN, conversation, NOW).turns:
        with database.writing() as connection:
            desk.step(connection, ANN, turn.id, Asked(ReviewAction.SUBMIT, CANARY), NOW)
        purge_answer(database, OPERATOR, turn.id, NOW)

    assert traces(database) == []


def test_a_reader_lets_go_of_an_answer_and_a_reviewer_keeps_it(database):
    with database.writing() as connection:
        key = kept.save(connection, answer(), subject="ann", at=NOW)
        desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW)

    assert purge_answer(database, ANN, key, NOW).kept == (key,)
    assert found(database, kept.load, RITA, key).summary.id == key


def test_only_so_many_turns_are_kept(database, conversation, monkeypatch):
    monkeypatch.setattr(conversations, "MAX_TURNS", 2)

    with pytest.raises(InputError, match="begin a new one"):
        add(database, conversation, "One more?")


def test_conversations_come_page_by_page(database):
    with database.writing() as connection:
        for number in range(3):
            conversations.begin(
                connection, ANN, Role.PATIENT, at=NOW + timedelta(seconds=number), until=NOW + DAY
            )
    first = found(database, lambda c: conversations.page(c, ANN, NOW, limit=2))

    second = found(database, lambda c: conversations.page(c, ANN, NOW, limit=2, cursor=first.next))

    assert [len(first.items), len(second.items), second.next] == [2, 1, None]


def traces(database):
    """Where the canary is found: in the files of SQLite, in the rows of a server."""
    if database.file:
        return [p.name for p in database.file.parent.iterdir() if CANARY.encode() in p.read_bytes()]
    with database.reading() as connection:
        names = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        ).scalars()
        return [
            name
            for name in names.all()
            if connection.execute(
                text(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE :word'), {"word": f"%{CANARY}%"}
            ).scalar()
        ]
