"""Who may do what: the matrix of roles and endpoints, drawn from the routes themselves."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.testclient import TestClient

from service.http.access import AccessRole
from service.http.app import app_of, parts_for
from service.http.description import roles_in
from service.http.guard import PUBLIC
from service.settings import load_settings

PUBLIC_ROUTES = {"/healthz", "/readyz", "/sign-in", "/static/{name}"}
NOBODY = None
REFUSED = {401, 403}


@pytest.fixture
def guarded(home):
    """A server that listens beyond loopback, and a key for each role; no library, as none is needed to be refused."""
    parts = parts_for(load_settings(), "0.0.0.0")
    keys = parts.doorkeeper.keys
    secrets = {role: keys.add(role.value, role)[1] for role in AccessRole}
    with TestClient(app_of(parts), base_url="http://vouch.example", raise_server_exceptions=False) as client:
        yield client, secrets


def endpoints(app) -> list[tuple[str, str, AccessRole | None]]:
    """Method, path and needed role of every endpoint."""
    roles = roles_in(app.routes)
    return [
        (method, context.route.path_format, roles.get((method, context.route.path_format)))
        for context in iter_route_contexts(app.routes)
        if isinstance(context.route, APIRoute)
        for method in sorted(context.route.methods)
    ]


def test_every_endpoint_is_public_by_name_or_needs_a_role(guarded):
    client, _ = guarded

    assert {path for _, path, role in endpoints(client.app) if role is None} <= PUBLIC_ROUTES


def test_the_matrix_of_roles_and_endpoints_has_no_wrong_cell(guarded):
    client, secrets = guarded
    wrong = []

    for method, path, role in endpoints(client.app):
        if role is None:
            continue
        for who in (NOBODY, *AccessRole):
            headers = {"Authorization": f"Bearer {secrets[who]}"} if who else {}
            status = client.request(
                method, re.sub(r"\{[^}]+\}", "x", path), headers=headers, follow_redirects=False
            ).status_code
            expected = who is not None and who.may(role)
            if (status not in REFUSED) != expected:
                wrong.append((method, path, who, status))

    assert not wrong


@pytest.mark.parametrize("path", ["/v1/search?query=x", "/openapi.json", "/mcp", "/metrics", "/nothing"])
@pytest.mark.parametrize(
    "authorization", [None, "Bearer vouch_wrong", "Bearer a.b.c", "Basic eDp5", "Bearer ", "vouch_x"]
)
def test_without_a_valid_key_every_door_is_shut(guarded, path, authorization):
    client, _ = guarded
    headers = {"Authorization": authorization} if authorization else {}

    reply = client.get(path, headers=headers)

    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_browser_without_a_key_is_led_to_the_sign_in(guarded):
    client, _ = guarded

    reply = client.get("/", headers={"Accept": "text/html"}, follow_redirects=False)

    assert (reply.status_code, reply.headers["location"]) == (303, "/sign-in")


def test_only_paths_known_as_public_are_let_through_without_a_key():
    assert set(PUBLIC) == {"/healthz", "/readyz", "/sign-in", "/static/"}


def test_a_revoked_key_is_refused_by_a_running_server(guarded):
    client, secrets = guarded
    keys = client.app.state.parts.doorkeeper.keys
    headers = {"Authorization": f"Bearer {secrets[AccessRole.READER]}"}
    assert client.get("/v1/models", headers=headers).status_code == 200

    keys.revoke(keys.of_secret(secrets[AccessRole.READER]).id)

    assert client.get("/v1/models", headers=headers).status_code == 401


def test_loopback_is_open_only_while_there_are_no_keys(client):
    assert client.get("/v1/models").status_code == 200

    client.app.state.parts.doorkeeper.keys.add("Dr A", AccessRole.READER)

    assert client.get("/v1/models").status_code == 401


def test_what_came_through_a_proxy_is_not_taken_for_this_computer(client):
    assert client.get("/v1/models", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 401


def test_a_name_that_a_foreign_page_made_point_here_is_refused(client):
    assert client.get("/healthz", headers={"Host": "rebound.example"}).status_code == 421
