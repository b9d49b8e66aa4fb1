"""What the process of a job writes when its work fails."""

from __future__ import annotations

import time

import pytest

from rag.errors import LibraryLocked
from service.records import job_process, jobs
from service.records.clock import now
from service.records.job_process import Stopped, run
from service.records.jobs import JobKind, JobOwner, JobState
from service.settings import load_settings
from service.wiring import open_records

OWNER = JobOwner("ann")


@pytest.fixture
def running(tmp_path, monkeypatch):
    """The records with one running job."""
    monkeypatch.setenv("VOUCH_HOME", str(tmp_path))
    records = open_records(load_settings())
    with records.writing() as connection:
        jobs.create(connection, OWNER, JobKind.INDEX, {"files": []}, now())
        key = jobs.claim(connection, now()).id
    return records, key


def outcome(records, key):
    with records.reading() as connection:
        return jobs.load(connection, OWNER, JobKind.INDEX, key)


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (LibraryLocked("another writer is at work"), JobState.FAILED, "another writer is at work"),
        (ValueError("a private word"), JobState.FAILED, "something unforeseen went wrong: ValueError in"),
        (Stopped(), JobState.QUEUED, None),
    ],
)
def test_a_job_ends_as_its_work_does(running, monkeypatch, error, state, words):
    records, key = running

    def fail(*_):
        raise error

    monkeypatch.setattr(job_process, "done", fail)
    run(JobKind.INDEX, key)

    job = outcome(records, key)
    assert job.state is state
    assert (words or "") in (job.error or "")
    assert "private" not in (job.error or "")


def test_a_job_that_was_cancelled_stops_at_its_next_step(running, monkeypatch):
    records, key = running
    with records.writing() as connection:
        jobs.cancel(connection, OWNER, JobKind.INDEX, key, now())

    def work(*_):
        from service.progress import shown_progress

        with shown_progress() as show:
            for number in range(1_000):
                show("reading", number, 1_000)
                time.sleep(0.01)

    monkeypatch.setattr(job_process, "done", work)
    run(JobKind.INDEX, key)

    assert outcome(records, key).state is JobState.CANCELLED
