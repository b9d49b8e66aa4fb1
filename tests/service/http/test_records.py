"""Kept answers, conversations, reviews and feedback over HTTP."""

from __future__ import annotations

import pytest

REVIEW = "/v1/answers/{}/review"


@pytest.fixture
def asked(client, question):
    """An answer that was just given."""
    return client.post("/v1/ask", json={"question": question}).json()


def test_an_answer_can_be_read_again_as_it_was_given(client, asked):
    again = client.get(f"/v1/answers/{asked['id']}")

    assert again.json() == asked
    assert client.get("/v1/answers").json()["items"][0]["id"] == asked["id"]


def test_an_answer_that_has_not_changed_is_not_sent_again(client, asked):
    etag = client.get(f"/v1/answers/{asked['id']}").headers["etag"]

    again = client.get(f"/v1/answers/{asked['id']}", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [("md", "#"), ("html", "<!DOCTYPE html>"), ("ris", "TY"), ("bib", "@"), ("csl.json", "[")],
)
def test_an_answer_can_be_taken_along(client, asked, suffix, begins):
    taken = client.get(f"/v1/answers/{asked['id']}.{suffix}")

    assert taken.status_code == 200
    assert taken.text.startswith(begins)


def test_an_answer_goes_through_its_review(client, asked):
    path = REVIEW.format(asked["id"])
    states = [client.post(path, json={"action": "submit"}).json()["review"]["state"]]
    queue = client.get("/v1/review/queue").json()["items"]
    states.append(client.post(path, json={"action": "take"}).json()["review"]["state"])
    approval = {"action": "approve", "content_hash": asked["content_hash"], "comment": "read and right"}
    states.append(client.post(path, json=approval).json()["review"]["state"])

    assert states == ["submitted", "under_review", "approved"]
    assert [one["answer"]["id"] for one in queue] == [asked["id"]]
    assert client.get(f"/v1/answers/{asked['id']}").json()["review"]["state"] == "approved"
    assert [step["action"] for step in client.get(path).json()["steps"]] == ["submit", "take", "approve"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "approve", "content_hash": "0" * 64}, 409),
        ({"action": "return", "comment": "why"}, 409),
        ({"action": "praise"}, 422),
        ({"action": "submit", "comment": "x" * 4_001}, 422),
    ],
)
def test_a_step_that_does_not_fit_is_refused_as_a_problem(client, asked, body, status):
    refused = client.post(REVIEW.format(asked["id"]), json=body)

    assert (refused.status_code, refused.json()["status"]) == (status, status)
    assert refused.headers["content-type"] == "application/problem+json"


def test_approving_what_was_not_read_is_a_conflict(client, asked):
    path = REVIEW.format(asked["id"])
    client.post(path, json={"action": "submit"})
    client.post(path, json={"action": "take"})

    assert client.post(path, json={"action": "approve", "content_hash": "0" * 64}).status_code == 409
    assert client.post(path, json={"action": "approve"}).status_code == 422


def test_an_unknown_answer_is_not_found(client):
    assert client.get("/v1/answers/nope").status_code == 404
    assert client.get("/v1/answers/nope.md").status_code == 404
    assert client.post(REVIEW.format("nope"), json={"action": "submit"}).status_code == 404


def test_feedback_is_kept_and_moves_an_answer_up(client, asked):
    path = f"/v1/answers/{asked['id']}/feedback"
    cited = asked["references"][0]["document_id"]
    given = client.post(path, json={"kind": "wrong_citation", "document_id": cited, "comment": "no"})
    client.post(REVIEW.format(asked["id"]), json={"action": "submit"})

    assert given.status_code == 201
    assert client.get(path).json()["items"][0]["kind"] == "wrong_citation"
    assert client.get("/v1/review/queue").json()["items"][0]["complaints"] == 1


def test_feedback_on_what_is_not_cited_is_refused(client, asked):
    body = {"kind": "wrong_citation", "document_id": "pmid:1"}

    assert client.post(f"/v1/answers/{asked['id']}/feedback", json=body).status_code == 422


def test_a_conversation_keeps_its_questions_in_order(client, question):
    made = client.post("/v1/conversations")
    path = f"/v1/conversations/{made.json()['id']}"
    first = client.post(f"{path}/questions", json={"question": question})
    second = client.post(f"{path}/questions", json={"question": "And how many became dizzy?"})

    turns = client.get(path).json()["turns"]
    assert (made.status_code, first.status_code, second.status_code) == (201, 200, 200)
    assert [turn["id"] for turn in turns] == [first.json()["id"], second.json()["id"]]
    assert second.json()["understood_as"] != "And how many became dizzy?"
    assert client.get("/v1/conversations").json()["items"][0]["id"] == made.json()["id"]


def test_a_conversation_streams_and_keeps_the_answer(client, question):
    path = f"/v1/conversations/{client.post('/v1/conversations').json()['id']}"

    streamed = client.post(
        f"{path}/questions", json={"question": question}, headers={"Accept": "text/event-stream"}
    )

    assert "event: answer" in streamed.text
    assert len(client.get(path).json()["turns"]) == 1


def test_a_purged_conversation_is_gone_with_its_answers(client, question):
    path = f"/v1/conversations/{client.post('/v1/conversations').json()['id']}"
    answer = client.post(f"{path}/questions", json={"question": question}).json()

    gone = client.delete(path).json()

    assert (gone["conversations"], gone["answers"]) == (1, 1)
    assert client.get(path).status_code == 404
    assert client.get(f"/v1/answers/{answer['id']}").status_code == 404


def test_a_reissue_shows_the_difference_claim_by_claim(client, asked):
    again = client.post(f"/v1/answers/{asked['id']}/reissue")

    found = again.json()["difference"]
    assert again.status_code == 201
    assert (found["before"], found["added"], found["removed"]) == (asked["id"], [], [])
    assert [one["claim"]["text"] for one in found["kept"]][:1] == [asked["lead"][0]["text"]]


def test_lists_come_page_by_page(client, question):
    for number in range(3):
        client.post("/v1/ask", json={"question": f"{question} {number} mg?"})

    first = client.get("/v1/answers", params={"limit": 2})
    second = client.get("/v1/answers", params={"limit": 2, "after": first.json()["next"]})

    assert [len(page.json()["items"]) for page in (first, second)] == [2, 1]
    assert 'rel="next"' in first.headers["link"]
    assert second.json()["next"] is None
