"""Who reaches whose answers, conversations and jobs: every object with every caller."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from service.http.access import AccessRole
from service.http.app import app_of, parts_for
from service.settings import load_settings

OWNER, OTHER = "owner", "other reader"
CALLERS = {
    OWNER: AccessRole.READER,
    OTHER: AccessRole.READER,
    "reviewer": AccessRole.REVIEWER,
    "editor": AccessRole.EDITOR,
    "admin": AccessRole.ADMIN,
}
REVIEWING = {"reviewer", "admin"}
ANSWER, CONVERSATION = "/v1/answers/{}", "/v1/conversations/{}"


class Server:
    """A server beyond loopback on which everybody has a key."""

    def __init__(self, client, secrets):
        self.client, self.secrets = client, secrets

    def __call__(self, who, method, path, **rest):
        headers = {"Authorization": f"Bearer {self.secrets[who]}"}
        return self.client.request(method, path, headers=headers, **rest)


@pytest.fixture
def server(library):
    parts = parts_for(load_settings(), "0.0.0.0")
    secrets = {who: parts.doorkeeper.keys.add(who, role)[1] for who, role in CALLERS.items()}
    with TestClient(app_of(parts), base_url="http://vouch.example") as client:
        yield Server(client, secrets)


@pytest.fixture
def answer(server, question):
    """An answer that was given to the owner."""
    return server(OWNER, "POST", "/v1/ask", json={"question": question}).json()


def reached(server, method, path, **rest):
    """Those for whom the object is there."""
    statuses = {who: server(who, method, path, **rest).status_code for who in CALLERS}
    assert set(statuses.values()) <= {200, 201, 202, 403, 404, 409}, statuses
    return {who for who, status in statuses.items() if status not in {403, 404}}


@pytest.mark.parametrize("tail", ["", ".md", ".html", ".ris", ".bib", ".csl.json", "/review", "/feedback"])
def test_an_answer_is_there_for_its_holder_alone_until_it_is_submitted(server, answer, tail):
    path = ANSWER.format(answer["id"]) + tail
    before = reached(server, "GET", path)

    server(OWNER, "POST", ANSWER.format(answer["id"]) + "/review", json={"action": "submit"})

    assert before == {OWNER}
    assert reached(server, "GET", path) == {OWNER, *REVIEWING}


@pytest.mark.parametrize("body", [{"action": "submit"}, {"action": "take"}])
def test_nobody_moves_an_answer_that_is_not_there_for_them(server, answer, body):
    path = ANSWER.format(answer["id"]) + "/review"

    others = {who: server(who, "POST", path, json=body).status_code for who in CALLERS if who != OWNER}

    assert set(others.values()) == {404}


def test_only_reviewers_take_and_approve(server, answer):
    path = ANSWER.format(answer["id"]) + "/review"
    approval = {"action": "approve", "content_hash": answer["content_hash"]}
    server(OWNER, "POST", path, json={"action": "submit"})
    refused = [server(OWNER, "POST", path, json={"action": "take"}).status_code]
    server("reviewer", "POST", path, json={"action": "take"})
    refused.append(server(OWNER, "POST", path, json=approval).status_code)
    refused.append(server("editor", "POST", path, json=approval).status_code)

    approved = server("reviewer", "POST", path, json=approval)

    assert (refused, approved.status_code) == ([403, 403, 404], 200)


def test_who_asked_for_a_review_does_not_approve_it(server, question):
    answer = server("reviewer", "POST", "/v1/ask", json={"question": question}).json()
    path = ANSWER.format(answer["id"]) + "/review"
    for action in ("submit", "take"):
        server("reviewer", "POST", path, json={"action": action})
    approval = {"action": "approve", "content_hash": answer["content_hash"]}

    assert server("reviewer", "POST", path, json=approval).status_code == 403
    assert server("admin", "POST", path, json=approval).status_code == 200


@pytest.mark.parametrize(("method", "tail"), [("DELETE", ""), ("POST", "/reissue"), ("POST", "/feedback")])
def test_nobody_changes_the_answer_of_another(server, answer, method, tail):
    body = {"json": {"kind": "unhelpful"}} if tail == "/feedback" else {}
    path = ANSWER.format(answer["id"]) + tail

    others = {who for who in CALLERS if who != OWNER and server(who, method, path, **body).status_code != 404}

    assert others == set()


def test_a_conversation_is_there_for_its_owner_alone(server, question):
    key = server(OWNER, "POST", "/v1/conversations").json()["id"]
    path = CONVERSATION.format(key)
    asking = f"{path}/questions"

    assert reached(server, "GET", path) == {OWNER}
    assert reached(server, "POST", asking, json={"question": question}) == {OWNER}
    others = {who: server(who, "DELETE", path).status_code for who in CALLERS if who != OWNER}
    assert set(others.values()) == {404}
    assert server(OWNER, "DELETE", path).status_code == 200


def test_lists_show_what_is_there_for_the_caller_and_no_more(server, answer):
    server(OWNER, "POST", "/v1/conversations")

    for path in ("/v1/answers", "/v1/conversations"):
        shown = {who: len(server(who, "GET", path).json()["items"]) for who in CALLERS}
        assert {who for who, number in shown.items() if number} == {OWNER}


def test_a_job_is_there_for_its_editor_and_for_an_admin(server):
    key = server("editor", "POST", "/v1/eval/runs", json={"limit": 1}).json()["id"]
    path = f"/v1/eval/runs/{key}"

    assert reached(server, "GET", path) == {"editor", "admin"}
    assert server("editor", "DELETE", path).status_code in {202, 409}
