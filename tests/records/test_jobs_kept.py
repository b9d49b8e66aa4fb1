"""Jobs: who takes one up, and what becomes of one whose process died."""

from __future__ import annotations

from datetime import timedelta

import pytest
from records_kit import NOW

from rag.errors import UnknownRecord, WrongState
from service.records import jobs
from service.records.jobs import LEASE, MAX_ATTEMPTS, JobKind, JobOwner, JobState

ANN, BEN, ADMIN = JobOwner("ann"), JobOwner("ben"), JobOwner("root", everyones=True)
LATER = LEASE + timedelta(seconds=1)


@pytest.fixture
def job(database):
    with database.writing() as connection:
        return jobs.create(connection, ANN, JobKind.INDEX, {"files": ["a"]}, NOW)


def claim(database, at=NOW):
    with database.writing() as connection:
        return jobs.claim(connection, at)


def state(database, job):
    with database.reading() as connection:
        return jobs.load(connection, ADMIN, job.kind, job.id).state


def test_the_oldest_job_is_taken_once(database, job):
    with database.writing() as connection:
        second = jobs.create(connection, ANN, JobKind.INDEX, {}, NOW + timedelta(seconds=1))

    taken = [claim(database), claim(database), claim(database)]

    assert [one and one.id for one in taken] == [job.id, second.id, None]


def test_a_job_that_gives_no_sign_of_life_is_taken_up_again(database, job):
    claim(database)

    assert claim(database, NOW + LEASE / 2) is None
    again = claim(database, NOW + LATER)
    assert (again.id, again.attempts) == (job.id, 2)


def test_a_sign_of_life_keeps_a_job(database, job):
    claim(database)
    with database.writing() as connection:
        assert jobs.beat(connection, job.id, "reading", 3, 9, at=NOW + LEASE)

    assert claim(database, NOW + LATER) is None
    with database.reading() as connection:
        now = jobs.load(connection, ANN, JobKind.INDEX, job.id)
    assert (now.stage, now.done, now.total) == ("reading", 3, 9)


def test_a_job_that_kills_its_process_again_and_again_fails(database, job):
    for number in range(MAX_ATTEMPTS):
        assert claim(database, NOW + number * LATER)

    assert claim(database, NOW + MAX_ATTEMPTS * LATER) is None
    assert state(database, job) is JobState.FAILED


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_hears_of_it(database, job):
    claim(database)
    with database.writing() as connection:
        running = jobs.cancel(connection, ANN, JobKind.INDEX, job.id, NOW)
        waiting = jobs.create(connection, ANN, JobKind.INDEX, {}, NOW)
        waiting = jobs.cancel(connection, ANN, JobKind.INDEX, waiting.id, NOW)
        goes_on = jobs.beat(connection, job.id, "reading", 1, 2, at=NOW)

    assert (running.state, running.cancelling) == (JobState.RUNNING, True)
    assert waiting.state is JobState.CANCELLED
    assert not goes_on


def test_a_cancelled_job_whose_process_died_is_not_taken_up_again(database, job):
    claim(database)
    with database.writing() as connection:
        jobs.cancel(connection, ANN, JobKind.INDEX, job.id, NOW)

    assert claim(database, NOW + LATER) is None
    assert state(database, job) is JobState.CANCELLED


def test_a_job_that_is_put_back_waits_again(database, job):
    claim(database)
    with database.writing() as connection:
        jobs.put_back(connection, job.id)

    assert claim(database).id == job.id


def test_an_end_is_written_once(database, job):
    claim(database)
    with database.writing() as connection:
        jobs.end(connection, job.id, JobState.DONE, NOW, result={"indexed": 1})
        jobs.end(connection, job.id, JobState.FAILED, NOW, error="late")

    with database.reading() as connection:
        now = jobs.load(connection, ANN, JobKind.INDEX, job.id)
    assert (now.state, now.result, now.error) == (JobState.DONE, {"indexed": 1}, None)
    with database.writing() as connection, pytest.raises(WrongState):
        jobs.cancel(connection, ANN, JobKind.INDEX, job.id, NOW)


def test_jobs_are_seen_by_their_owner_and_by_an_admin(database, job):
    with database.reading() as connection:
        seen = [len(jobs.page(connection, owner, JobKind.INDEX).items) for owner in (ANN, BEN, ADMIN)]
        assert seen == [1, 0, 1]
        with pytest.raises(UnknownRecord):
            jobs.load(connection, BEN, JobKind.INDEX, job.id)
