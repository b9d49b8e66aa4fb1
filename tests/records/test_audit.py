"""The audit: append-only, and whole or known not to be."""

from __future__ import annotations

import pytest
from records_kit import NOW
from sqlalchemy import text

from rag.errors import LibraryProblem
from service.records import audit


def _append(database, times=3):
    with database.writing() as connection:
        return [
            audit.append(connection, at=NOW, actor="ann", action="issue", subject=f"answer:{number}")
            for number in range(times)
        ]


def test_entries_follow_one_another_by_hash(database):
    made = _append(database)

    with database.reading() as connection:
        assert [entry.previous for entry in made] == [audit.BEGINNING, made[0].hash, made[1].hash]
        assert audit.verify(connection) == audit.Verdict(3, made[-1].hash, None)
        assert [entry.seq for entry in audit.entries(connection, "answer:1")] == [2]


@pytest.mark.parametrize("change", ["UPDATE audit SET actor = 'eve'", "DELETE FROM audit WHERE seq = 2"])
def test_the_database_refuses_to_change_an_entry(database, change):
    _append(database)

    with pytest.raises(LibraryProblem, match="append-only"), database.writing() as connection:
        connection.execute(text(change))


@pytest.mark.parametrize(
    ("change", "broken_at"),
    [
        ("UPDATE audit SET actor = 'eve' WHERE seq = 2", 2),
        ("UPDATE audit SET at = '1999-01-01' WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
    ],
)
def test_a_change_behind_the_back_of_the_database_is_found(database, change, broken_at):
    _append(database)
    _without_triggers(database, change)

    with database.reading() as connection:
        assert audit.verify(connection).broken_at == broken_at


def test_a_cut_off_end_is_found_by_a_head_that_was_noted(database):
    head = _append(database)[-1].hash
    _without_triggers(database, "DELETE FROM audit WHERE seq = 3")

    with database.reading() as connection:
        assert audit.verify(connection).broken_at is None
        assert audit.verify(connection, head).broken_at == 3


def test_an_action_that_fails_leaves_no_entry(database):
    with pytest.raises(LibraryProblem):
        _fail_after_an_entry(database)

    with database.reading() as connection:
        assert audit.verify(connection).entries == 0


def _fail_after_an_entry(database):
    with database.writing() as connection:
        audit.append(connection, at=NOW, actor="ann", action="issue", subject="answer:1")
        connection.execute(text("DELETE FROM audit"))


def _without_triggers(database, change):
    if database.file:
        off = ["DROP TRIGGER audit_UPDATE", "DROP TRIGGER audit_DELETE"]
    else:
        off = ["ALTER TABLE audit DISABLE TRIGGER ALL"]
    with database.writing() as connection:
        for statement in (*off, change):
            connection.execute(text(statement))
