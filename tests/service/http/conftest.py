"""The server over the small made-up library, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from listening import running
from starlette.testclient import TestClient

from service.http.app import create_app
from service.settings import load_settings

LOOPBACK = "http://127.0.0.1:8000"
QUESTION = "Does dromedaril help night cramps?"


@pytest.fixture
def client(library: Path) -> Iterator[TestClient]:
    """A client of an open server on loopback."""
    with TestClient(create_app(load_settings()), base_url=LOOPBACK, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def question() -> str:
    return QUESTION


@pytest.fixture
def server(library: Path) -> Iterator[str]:
    """The address of a running server on loopback, on a thread of this process."""
    with running(create_app(load_settings())) as address:
        yield address
