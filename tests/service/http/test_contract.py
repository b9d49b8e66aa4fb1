"""The whole API against its own description: whatever is sent, no server error, and no reply that isn't described."""

from __future__ import annotations

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from listening import running
from schemathesis import APIOperation, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.http.access import AccessRole
from service.http.app import app_of, parts_for
from service.settings import load_settings

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = settings(
    max_examples=5,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def keyed(library):
    """The address of a server that needs keys, and what shows the key of an admin."""
    parts = parts_for(load_settings(), "0.0.0.0")
    secret = parts.doorkeeper.keys.add("admin", AccessRole.ADMIN)[1]
    with running(app_of(parts)) as address:
        yield address, {"Authorization": f"Bearer {secret}"}


def test_no_request_with_a_key_makes_an_error_of_the_server_or_a_reply_that_is_not_described(keyed):
    address, key = keyed

    assert len(_tried(address, key, key)) > 10


def test_no_request_without_a_key_gets_anything_but_what_is_described(keyed):
    address, key = keyed

    assert len(_tried(address, key, {})) > 10


def _tried(address: str, key: dict[str, str], headers: dict[str, str]) -> list[str]:
    """Send some requests to each endpoint, right ones and wrong ones; returns the names of the endpoints."""
    api = schemathesis.openapi.from_url(f"{address}/openapi.json", headers=key)
    tried = []
    for found in api.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _try(operation, mode, headers)
        tried.append(operation.label)
    return tried


def _try(operation: APIOperation, mode: GenerationMode, headers: dict[str, str]) -> None:
    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def sent(case):
        reply = case.call(headers=headers)
        case.validate_response(reply, checks=CHECKED)

    with suppress(Unsatisfiable):  # an endpoint that takes nothing can be sent nothing wrong
        sent()
