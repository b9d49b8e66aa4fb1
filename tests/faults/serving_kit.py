"""A server as a process of its own, and many clients at once."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
RUN = "import sys; sys.argv[0] = 'vouch'; from service.cli import main; main()"
QUESTION = {"question": "Does dromedaril help night cramps?"}


@dataclass(frozen=True)
class Server:
    """A `vouch serve` of its own."""

    address: str
    process: subprocess.Popen[bytes]

    def stop(self) -> float:
        """Ask it to stop as an operator would; the seconds that it took."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=40)
        return time.perf_counter() - began


@contextmanager
def serving(home: Path, **environment: str) -> Iterator[Server]:
    """A server over a data home, ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", "--port", str(port)],
        env={**os.environ, "VOUCH_HOME": str(home), "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process)
        yield Server(address, process)
    finally:
        process.kill()
        process.wait()


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, "the server has ended"
        try:
            if httpx.get(f"{address}/readyz", timeout=10).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server isn't ready")


@dataclass
class Seen:
    """What many clients saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    without_retry_after: int = 0
    cut: int = 0
    """Replies that didn't end, or connections that ended without one."""
    refused: int = 0
    """Connections that weren't let in at all."""


async def many_asks(address: str, number: int, *, body: dict[str, str] | None = None) -> Seen:
    """Ask `number` times at once, each over a connection of its own."""
    seen = Seen()
    await asyncio.gather(*(_ask(address, body or QUESTION, seen) for _ in range(number)))
    return seen


async def _ask(address: str, body: dict[str, str], seen: Seen) -> None:
    try:
        connection = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
    except OSError:
        seen.refused += 1
        return
    try:
        head, content = await _reply(*connection, body)
        status = int(head.split(b" ", 2)[1])
        length = re.search(rb"(?i)^content-length: (\d+)", head, re.MULTILINE)
        assert length is not None
        whole = len(content) == int(length[1])
    except (OSError, asyncio.IncompleteReadError, IndexError):
        seen.cut += 1
        return
    seen.cut += not whole
    seen.statuses[status] += 1
    if status in {429, 503}:
        seen.without_retry_after += not re.search(rb"(?i)^retry-after: \d+", head, re.MULTILINE)


async def _reply(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: dict[str, str]
) -> tuple[bytes, bytes]:
    """Head and body of a reply, over a plain socket: five hundred of them cost this process little."""
    try:
        writer.write(request(body))
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        return head, await reader.read()
    finally:
        writer.close()


def request(body: dict[str, str]) -> bytes:
    """A post of a question as it goes over the wire."""
    content = json.dumps(body).encode()
    return (
        b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n"
        b"Content-Length: " + str(len(content)).encode() + b"\r\n\r\n" + content
    )


@contextmanager
def health_watched(address: str) -> Iterator[list[float]]:
    """The seconds that each look at /healthz took, by a process of its own; there when the block ends."""
    seconds: list[float] = []
    looking = subprocess.Popen(
        [sys.executable, "-c", _LOOK, address], stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert looking.stdout is not None
    looking.stdout.readline()
    try:
        yield seconds
    finally:
        told, _ = looking.communicate()
        seconds += map(float, told.split())


_LOOK = """
import http.client, select, sys, time
port = int(sys.argv[1].rpartition(":")[2])
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.02)[0]:
    began = time.perf_counter()
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    print(time.perf_counter() - began, flush=True)
"""


def within(seconds: list[float], share: float) -> float:
    """The seconds within which this share of the looks were answered."""
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]
