"""A small local server for tests: replies by path, and what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Served:
    """Where a server listens, and the requests that it got: path and body."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[tuple[str, dict | None]] = []


@contextmanager
def serving(reply: Callable[[str, dict | None], tuple[int, object]]) -> Iterator[Served]:
    """A server whose replies are status and JSON value, by path and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.answer(None)

        def do_POST(self):
            self.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"null"))

        def answer(self, body):
            served.requests.append((self.path, body))
            status, value = reply(self.path, body)
            content = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
