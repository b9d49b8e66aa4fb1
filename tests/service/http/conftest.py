"""The server over the small made-up library, in this process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from fastapi import FastAPI
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


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """An application listening on a free port of loopback."""
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
