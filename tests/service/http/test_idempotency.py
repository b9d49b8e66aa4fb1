"""Posts that are sent again."""

from __future__ import annotations

KEY = {"Idempotency-Key": "one"}


def test_a_post_that_is_sent_again_is_done_once(client, question):
    first = client.post("/v1/ask", json={"question": question}, headers=KEY)
    asked = _answers(client)

    again = client.post("/v1/ask", json={"question": question}, headers=KEY)

    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert _answers(client) == asked


def test_another_body_under_the_same_key_is_refused(client, question):
    client.post("/v1/ask", json={"question": question}, headers=KEY)

    assert client.post("/v1/ask", json={"question": "another?"}, headers=KEY).status_code == 422


def test_another_key_is_another_post(client, question):
    client.post("/v1/ask", json={"question": question}, headers=KEY)

    again = client.post("/v1/ask", json={"question": question}, headers={"Idempotency-Key": "two"})

    assert "idempotency-replayed" not in again.headers


def test_a_failure_is_tried_again(client, library, question):
    away = library.with_name("away")
    (library / "library").rename(away)
    assert client.post("/v1/ask", json={"question": question}, headers=KEY).status_code == 503
    away.rename(library / "library")

    assert client.post("/v1/ask", json={"question": question}, headers=KEY).status_code == 200


def test_a_key_that_is_no_key_is_refused(client, question):
    reply = client.post("/v1/ask", json={"question": question}, headers={"Idempotency-Key": "x" * 300})

    assert reply.status_code == 400


def _answers(client) -> float:
    figures = client.app.state.parts.figures.answers
    return sum(sample.value for metric in figures.collect() for sample in metric.samples)
