"""The database of the records: its address, its migrations, its transactions."""

from __future__ import annotations

import stat
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from made_up_answers import answer
from records_kit import ANN, NOW
from sqlalchemy import text

from rag.errors import InputError, LibraryProblem
from service.records import audit, kept
from service.records.database import Database
from service.records.schema import metadata
from service.settings import Settings
from service.wiring import open_records, saved_answers


def save(database, question):
    with database.writing() as connection:
        return kept.save(connection, answer(question=question), subject="ann", at=NOW)


def test_the_migrations_make_what_the_code_expects(database):
    with database.writing() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_a_database_is_migrated_once_and_used_by_the_next_process_as_it_is(database):
    key = save(database, "First?")
    again = Database(database.url, database.file)

    with again.reading() as connection:
        assert kept.summary(connection, ANN, key).id == key
    again.close()


def test_a_database_of_a_newer_version_is_refused(database):
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    again = Database(database.url, database.file)

    with pytest.raises(LibraryProblem, match="newer version"), again.reading():
        pass
    again.close()


def test_answers_of_many_threads_are_all_kept_and_audited_in_one_chain(database):
    threads = [
        Thread(target=lambda number=number: [save(database, f"Question {number} {n}?") for n in range(5)])
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as connection:
        assert kept.count(connection, ANN) == 20
        assert audit.verify(connection).entries == 20
        assert audit.verify(connection).broken_at is None


def test_the_same_answer_saved_by_many_threads_is_one(database):
    save(database, "First?")
    threads = [Thread(target=save, args=(database, "Same?")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as connection:
        assert kept.count(connection, ANN) == 2


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:hunter2@h/d", "sqlite://"])
def test_an_address_that_is_none_is_refused_without_being_repeated(url):
    with pytest.raises(InputError) as refused:
        Database.at(url)

    assert "hunter2" not in str(refused.value)


def test_a_server_that_cannot_be_reached_is_a_library_problem_without_the_password(tmp_path):
    database = Database.at(f"postgresql://vouch:hunter2@/x?host={tmp_path}")

    with pytest.raises(LibraryProblem, match="PostgreSQL") as refused, database.reading():
        pass

    assert "hunter2" not in str(refused.value)


def test_the_settings_choose_the_records(tmp_path):
    address = "postgresql://vouch:hunter2@/x"
    settings = Settings(home=tmp_path, records_url=address)

    assert open_records(settings).file is None
    assert open_records(Settings(home=tmp_path)).file == tmp_path / "records.db"
    assert "hunter2" not in repr(settings)
    assert saved_answers(settings).exist


def test_records_are_for_their_owner_alone(tmp_path):
    database = Database.in_file(tmp_path / "home" / "records.db")
    save(database, "Private?")

    assert stat.S_IMODE(database.file.stat().st_mode) == 0o600
    assert [path.name for path in database.file.parent.iterdir()] == ["records.db"]
