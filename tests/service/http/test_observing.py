"""Logs and metrics tell how it went, and nothing of what was asked."""

from __future__ import annotations

import io
import json

import pytest
from starlette.testclient import TestClient

from service.http.app import app_of, create_app, parts_for
from service.http.observing import json_log
from service.settings import load_settings

CANARY = "zebraquail"


@pytest.fixture
def log():
    return io.StringIO()


@pytest.fixture
def watched(library, log):
    app = create_app(load_settings(), log=json_log(log))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def test_no_word_of_a_question_is_in_the_log_or_in_the_metrics(watched, log, capfd, caplog):
    ask = f"Does dromedaril help {CANARY} with night cramps?"
    chat = {"model": "vouch", "messages": [{"role": "user", "content": ask}]}
    secret = {"Authorization": f"Bearer vouch_{CANARY}"}
    for stream in ("application/json", "text/event-stream"):
        watched.post("/v1/ask", json={"question": ask}, headers={"Accept": stream})
    watched.post("/v1/chat/completions", json=chat)
    watched.post("/v1/ask", json={"question": ask, CANARY: CANARY})
    watched.post("/v1/ask", content=f"{{{CANARY}", headers={"Content-Type": "application/json"})
    watched.get("/v1/search", params={"query": ask})
    watched.get(f"/v1/documents/{CANARY}", headers={"User-Agent": CANARY, "X-Request-ID": CANARY})
    watched.get(f"/{CANARY}")
    watched.request(CANARY.upper(), "/v1/ask")
    watched.get("/v1/models", headers=secret)

    told = watched.get("/metrics").text

    assert "vouch_answers_total" in told
    written = [log.getvalue(), told, *capfd.readouterr(), caplog.text]
    assert not [text for text in written if CANARY in text.lower()]


def test_a_request_is_one_line_with_its_route_and_its_id(watched, log, question):
    reply = watched.post("/v1/ask", json={"question": question})

    line = json.loads(log.getvalue().splitlines()[-1])
    assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/ask", 200)
    assert line["request"] == reply.headers["x-request-id"]


def test_what_nobody_foresaw_is_a_problem_and_its_message_stays_inside(home, log):
    parts = parts_for(load_settings(), "127.0.0.1", json_log(log))
    app = app_of(parts)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError(CANARY)

    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        reply = client.get("/broken")

    assert (reply.status_code, reply.headers["content-type"]) == (500, "application/problem+json")
    assert "RuntimeError" in log.getvalue()
    assert CANARY not in log.getvalue() + reply.text
