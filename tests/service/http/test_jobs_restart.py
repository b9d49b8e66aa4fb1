"""A job goes on after its server was stopped, or died."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from starlette.testclient import TestClient

from service.http.app import create_app
from service.records import jobs
from service.records.clock import now
from service.records.jobs import JobKind, JobOwner, JobState
from service.settings import load_settings
from service.wiring import open_records

OPERATOR = JobOwner("local", everyones=True)
LOOPBACK = "http://127.0.0.1:8000"


def wait(condition, seconds=40.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def records(library):
    return open_records(load_settings())


def read(records, key):
    with records.reading() as connection:
        return jobs.load(connection, OPERATOR, JobKind.EVALUATION, key)


def serving():
    return TestClient(create_app(load_settings()), base_url=LOOPBACK)


def test_a_job_goes_on_after_a_restart(records):
    with serving() as client:
        key = client.post("/v1/eval/runs", json={"probes": True}).json()["id"]
        wait(lambda: read(records, key).done > 0)
    stopped = read(records, key)

    with serving():
        wait(lambda: read(records, key).state.over)

    finished = read(records, key)
    assert stopped.state is JobState.QUEUED
    assert (finished.state, finished.attempts) == (JobState.DONE, 2)
    assert len(finished.result["rows"]) == 103


def test_the_process_of_a_job_stops_when_its_server_dies(records, library):
    """Two would work on the same job else."""
    server = subprocess.Popen(
        [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with records.writing() as connection:
            key = jobs.create(connection, OPERATOR, JobKind.EVALUATION, {"probes": True}, now()).id
        wait(lambda: read(records, key).done > 0)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()

    wait(lambda: read(records, key).state is JobState.QUEUED, seconds=20)
