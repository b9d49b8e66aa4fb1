"""Batch indexing and evaluation runs over HTTP."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from service.http.uploads import safe_name

NEWER = """---
id: ref:made-up-newer
title: Made-up newer trial of dromedaril for night cramps
date: 2026-03-01
publication_types: [Randomized Controlled Trial]
---
## Results

Dromedaril didn't change the number of night cramps in made-up adults within four weeks.
"""
FILES = [("files", ("newer.md", NEWER.encode(), "text/markdown"))]


def over(client, path, seconds=60.0):
    """The job once it is over."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job = client.get(path).json()
        if job["state"] in {"done", "failed", "cancelled"}:
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def test_files_that_are_sent_are_indexed_and_answers_go_stale(client, question):
    answer = client.post("/v1/ask", json={"question": question}).json()

    begun = client.post("/v1/index/jobs", files=FILES)
    job = over(client, begun.headers["location"])

    assert begun.status_code == 202
    assert (job["state"], job["error"]) == ("done", None)
    assert (job["result"]["indexed"], job["result"]["files"][0]["path"]) == (1, "newer.md")
    assert client.get("/v1/documents/ref:made-up-newer").status_code == 200
    assert client.get(f"/v1/answers/{answer['id']}").json()["stale"]["kinds"] == ["newer"]
    assert client.get("/v1/answers", params={"stale": True}).json()["items"][0]["id"] == answer["id"]


def test_a_job_can_be_watched_to_its_end(client):
    begun = client.post("/v1/index/jobs", files=FILES)

    watched = client.get(begun.headers["location"], headers={"Accept": "text/event-stream"}).text

    events = [line.removeprefix("event: ") for line in watched.splitlines() if line.startswith("event: ")]
    last = json.loads(watched.strip().splitlines()[-1].removeprefix("data: "))
    assert (events[0], events[-1]) == ("progress", "done")
    assert last["result"]["inputs"] == 1


def test_a_file_that_cannot_be_read_costs_only_itself(client):
    begun = client.post("/v1/index/jobs", files=[*FILES, ("files", ("broken.pdf", b"%PDF-1.7 broken", None))])

    result = over(client, begun.headers["location"])["result"]

    assert (result["indexed"], result["quarantined"]) == (1, 1)


def test_a_job_that_is_over_cannot_be_cancelled(client):
    begun = client.post("/v1/index/jobs", files=FILES)
    over(client, begun.headers["location"])

    assert client.delete(begun.headers["location"]).status_code == 409


def test_an_evaluation_can_be_cancelled(client):
    begun = client.post("/v1/eval/runs", json={"probes": True})

    cancelled = client.delete(begun.headers["location"])

    assert (begun.status_code, cancelled.status_code) == (202, 202)
    assert over(client, begun.headers["location"])["state"] == "cancelled"


def test_an_evaluation_gives_every_metric(client):
    begun = client.post("/v1/eval/runs", json={"gold": ["spinal_hematoma"], "limit": 2})

    result = over(client, begun.headers["location"])["result"]

    assert len(result["rows"]) == 2
    assert {"name", "mean", "low", "high", "n"} <= set(result["metrics"][0])


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"json": {"query": ""}}, 422),
        ({"json": {"query": "a", "url": "http://127.0.0.1/"}}, 422),
        ({"data": {"files": "no file"}, "files": {"other": b"x"}}, 422),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
    ],
)
def test_what_cannot_be_indexed_is_refused(client, sent, status):
    refused = client.post("/v1/index/jobs", **sent)

    assert (refused.status_code, refused.json()["status"]) == (status, status)


def test_an_unknown_gold_set_is_refused(client):
    assert client.post("/v1/eval/runs", json={"gold": ["../../etc"]}).status_code == 422


def test_a_job_of_another_kind_is_not_found(client):
    job = client.post("/v1/eval/runs", json={"limit": 1}).json()["id"]
    client.delete(f"/v1/eval/runs/{job}")

    assert client.get(f"/v1/index/jobs/{job}").status_code == 404


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("trial.md", "trial.md"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\..\\y.pdf", "y.pdf"),
        (".bashrc", "bashrc"),
        ("-rf", "rf"),
        ("a b\0c\n.pdf", "a_b_c_.pdf"),
        ("…", "_"),
        ("..", "file"),
    ],
)
def test_a_name_that_is_sent_leads_nowhere(name, safe):
    assert safe_name(name) == safe


def test_files_are_kept_by_their_content(client, library):
    for _ in range(2):
        client.post("/v1/index/jobs", files=FILES)

    kept = [path for path in Path(library, "uploads").rglob("*") if path.is_file()]
    assert [path.read_text() for path in kept] == [NEWER]
