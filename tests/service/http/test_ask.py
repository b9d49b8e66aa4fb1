"""POST /v1/ask."""

from __future__ import annotations

import json
import shutil

import pytest

from service.http.record_models import KeptReply


def test_a_question_is_answered_with_quotes_that_stand_in_their_passages(client, question):
    answer = client.post("/v1/ask", json={"question": question}).json()

    assert answer["status"] == "answered"
    cited = [one for claim in answer["lead"] for one in claim["citations"]]
    assert cited
    for one in cited:
        passage = client.get("/v1/passages/" + one["passage_id"].replace("#", "%23")).json()
        assert passage["text"][one["start"] : one["end"]] == one["quote"]


def test_what_the_library_does_not_know_is_no_error(client):
    reply = client.post("/v1/ask", json={"question": "What is the boiling point of made-up metal?"})

    assert reply.status_code == 200
    assert reply.json()["status"] == "abstained"
    KeptReply.model_validate(reply.json(), strict=False)


def test_the_answer_is_what_openapi_says(client, question):
    answer = client.post("/v1/ask", json={"question": question, "role": "patient"}).json()

    assert set(answer) == set(KeptReply.model_fields)
    KeptReply.model_validate(answer)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "?!"},
        {"question": "x" * 2001},
        {"question": 5},
        {"question": "fine?", "rolle": "patient"},
        {"question": "cramps?", "role": "king"},
        {"question": "cramps?", "filters": {"year_from": 2020, "year_to": 2010}},
        {"question": "cramps?", "filters": {"designs": ["magic"]}},
        {"question": "cramps?", "filters": {"documents": ["pmid:1"]}},
        {"question": "cramps?", "as_of": "2999-01-01"},
        {"question": "a\0b?"},
        {"question": "\ud800 cramps?"},
        {"question": "cramps?", "filters": {"journals": ["\udfff"]}},
        {"question": "cramps?", "\ud800": 1},
    ],
)
def test_what_can_not_be_used_is_refused_with_a_problem(client, body):
    reply = client.post("/v1/ask", content=json.dumps(body), headers={"Content-Type": "application/json"})

    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["detail"]


def test_filters_are_held(client, question):
    answer = client.post(
        "/v1/ask", json={"question": question, "filters": {"designs": ["case"], "year_to": 2015}}
    ).json()

    assert {one["document_id"] for one in answer["references"]} == {"ref:made-up-series"}
    assert answer["filters"]["year_to"] == 2015


def test_a_body_that_is_too_large_is_refused_before_it_is_parsed(client):
    reply = client.post("/v1/ask", json={"question": "x" * 2_000_000})

    assert reply.status_code == 413
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_body_that_comes_in_parts_is_counted(client):
    parts = (b"x" * 100_000 for _ in range(20))

    reply = client.post("/v1/ask", content=parts, headers={"Content-Type": "application/json"})

    assert reply.status_code == 413


def test_a_follow_up_brings_what_was_asked_before(client, question):
    reply = client.post("/v1/ask", json={"question": "And is it safe?", "earlier": [question]})

    assert "dromedaril" in reply.json()["understood_as"]


def test_the_stream_ends_with_the_same_answer(client, question):
    plain = client.post("/v1/ask", json={"question": question}).json()

    streamed = client.post("/v1/ask", json={"question": question}, headers={"Accept": "text/event-stream"})

    assert streamed.headers["content-type"].startswith("text/event-stream")
    assert events_in(streamed.text)[-1] == ("answer", plain)


def test_the_stream_tells_stages_then_every_claim_of_the_answer_in_its_order(client, question):
    streamed = client.post("/v1/ask", json={"question": question}, headers={"Accept": "text/event-stream"})

    names, values = zip(*events_in(streamed.text), strict=True)
    answer = values[-1]
    shown = [*answer["lead"], *(claim for point in answer["key_points"] for claim in point["claims"])]
    assert [value["stage"] for name, value in zip(names, values, strict=True) if name == "stage"] == [
        "searching",
        "ranking",
        "writing",
        "checking",
    ]
    assert [value for name, value in zip(names, values, strict=True) if name == "claim"] == shown


def test_a_stream_that_can_not_be_answered_ends_with_a_problem(client, library, question):
    shutil.rmtree(library / "library")

    streamed = client.post("/v1/ask", json={"question": question}, headers={"Accept": "text/event-stream"})

    name, problem = events_in(streamed.text)[-1]
    assert (name, problem["status"], problem["type"]) == ("error", 503, "urn:vouch:problem:library")


def events_in(text: str) -> list[tuple[str, dict]]:
    """Names and values of the events of a stream, without the comments that keep it open."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    pairs = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks]
    return [(pair["event"], json.loads(pair["data"])) for pair in pairs]
