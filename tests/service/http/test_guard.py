"""What the guard refuses, and what it adds to replies."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from service.http.access import AccessRole, Caller, Means
from service.http.app import app_of, parts_for
from service.http.limits import Allowance
from service.http.problems import Problem
from service.http.sessions import COOKIE, SECONDS, Sessions
from service.settings import load_settings

READER = Caller("k1", "Dr A", AccessRole.READER, Means.KEY)


@pytest.fixture
def signed_in(home):
    """A client with the cookie of a sign-in."""
    parts = parts_for(load_settings(), "127.0.0.1")
    key, _ = parts.doorkeeper.keys.add("Dr A", AccessRole.ADMIN)
    cookies = {COOKIE: parts.doorkeeper.sessions.cookie(key.id)}
    with TestClient(
        app_of(parts), base_url="http://127.0.0.1", cookies=cookies, raise_server_exceptions=False
    ) as client:
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_page_of_another_site_can_not_post_with_the_cookie_of_a_sign_in(signed_in, headers):
    reply = signed_in.post("/v1/ask", json={"question": "cramps?"}, headers=headers)

    assert reply.status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://127.0.0.1"}])
def test_our_own_pages_can(signed_in, headers):
    reply = signed_in.post("/v1/ask", json={"question": "cramps?"}, headers=headers)

    assert reply.status_code == 503  # there is no library; it was let in


def test_a_page_of_another_site_can_not_post_to_an_open_server_either(client):
    reply = client.post(
        "/v1/ask", json={"question": "cramps?"}, headers={"Origin": "https://elsewhere.example"}
    )

    assert reply.status_code == 403


def test_a_cookie_runs_out_and_can_not_be_made_up():
    clock = [0.0]
    sessions = Sessions(b"secret", lambda: clock[0])
    cookie = sessions.cookie("k1")

    assert sessions.key_id(cookie) == "k1"
    assert sessions.key_id(cookie.replace("k1", "k2")) is None
    assert Sessions(b"other", lambda: 0.0).key_id(cookie) is None
    assert sessions.key_id("") is None
    clock[0] = SECONDS + 1.0
    assert sessions.key_id(cookie) is None


@pytest.mark.parametrize("path", ["/healthz", "/v1/models", "/nothing", "/v1/search"])
def test_every_reply_carries_the_headers_that_keep_browsers_careful(client, path):
    headers = client.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_key_that_asks_too_often_is_told_when_to_come_back():
    clock = [0.0]
    allowance = Allowance(per_minute=2, at_once=5, now=lambda: clock[0])
    for _ in range(2):
        with allowance.of(READER):
            pass

    with pytest.raises(Problem) as refused, allowance.of(READER):
        pass
    assert (refused.value.status_code, refused.value.headers) == (429, {"Retry-After": "30"})

    clock[0] = 30.0
    with allowance.of(READER):
        pass


def test_a_key_may_have_only_so_many_requests_at_once():
    allowance = Allowance(per_minute=100, at_once=1)

    with allowance.of(READER):
        with pytest.raises(Problem) as refused, allowance.of(READER):
            pass
        assert refused.value.status_code == 429
    with allowance.of(READER):
        pass
