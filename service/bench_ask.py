"""How fast warm questions are answered over HTTP, beside a minimal service over plain LlamaIndex."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rag.errors import LibraryProblem
from service.json_text import Json, json_text
from service.settings import Settings

CLIENTS = (1, 8, 32)
_START_SECONDS = 600  # the first time, plain LlamaIndex embeds the whole library
_VOUCH = "import sys; sys.argv[0] = 'vouch'; from service.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Load:
    """What so many clients saw that each asked one question after the other."""

    system: str
    clients: int
    asked: int
    refused: int
    """Questions answered with anything but 200."""
    seconds: float
    p50: float
    """Seconds from sending a question to the last byte of its answer."""
    p95: float

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return (self.asked - self.refused) / self.seconds


def loads(settings: Settings, questions: Sequence[str], each: int) -> tuple[Load, ...]:
    """Ours and plain LlamaIndex under 1, 8 and 32 clients, `each` questions for each of these.

    Every question is asked once before anything is measured.

    Raises:
        LibraryProblem: a server can't be started.
    """
    return (
        *_measured("vouch", settings, questions, each),
        *_measured("llama-index", settings, questions, each),
    )


def loads_json(found: Sequence[Load], questions: int) -> dict[str, Json]:
    """The figures of each system by the number of clients."""
    return {
        "questions": questions,
        "systems": {
            name: {
                str(load.clients): {
                    "asked": load.asked,
                    "refused": load.refused,
                    "p50_ms": round(load.p50 * 1000, 1),
                    "p95_ms": round(load.p95 * 1000, 1),
                    "answers_per_second": round(load.per_second, 2),
                }
                for load in found
                if load.system == name
            }
            for name in dict.fromkeys(load.system for load in found)
        },
    }


def _measured(system: str, settings: Settings, questions: Sequence[str], each: int) -> Iterator[Load]:
    with _server(system, settings) as port:
        _load(system, port, 1, questions)
        for clients in CLIENTS:
            yield _load(system, port, clients, list(islice(cycle(questions), each)))


def _load(system: str, port: int, clients: int, questions: Sequence[str]) -> Load:
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        parts = [questions[number::clients] for number in range(clients)]
        seen = [one for part in pool.map(lambda part: _client(port, part), parts) for one in part]
    took = time.perf_counter() - began
    seconds = sorted(second for _, second in seen)
    refused = sum(status != http.client.OK for status, _ in seen)
    late = seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))]
    return Load(system, clients, len(seen), refused, took, median(seconds), late)


def _client(port: int, questions: Sequence[str]) -> list[tuple[int, float]]:
    """Status and seconds of each question, asked one after the other over one connection."""
    connection, seen = http.client.HTTPConnection("127.0.0.1", port, timeout=120), []
    for question in questions:
        began = time.perf_counter()
        body = json_text({"question": question})
        connection.request("POST", "/v1/ask", body.encode(), {"Content-Type": "application/json"})
        reply = connection.getresponse()
        reply.read()
        seen.append((reply.status, time.perf_counter() - began))
    connection.close()
    return seen


@contextmanager
def _server(system: str, settings: Settings) -> Iterator[int]:
    """The port of a server of its own; the answers that it gives are kept nowhere that lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    ours = ["-c", _VOUCH, "serve", "--port", str(port)]
    command = ours if system == "vouch" else ["-m", "service.bench_ask_plain", str(port)]
    with TemporaryDirectory(prefix="vouch-") as folder:
        process = subprocess.Popen(  # noqa: S603  # our own modules
            [sys.executable, *command],
            env={
                **os.environ,
                "VOUCH_HOME": str(settings.data_home.absolute()),
                "VOUCH_RECORDS_URL": f"sqlite:///{Path(folder) / 'records.db'}",
            },
            cwd=Path(__file__).resolve().parents[1],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(system, port, process)
            yield port
        finally:
            process.terminate()
            process.wait()


def _wait(system: str, port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    raise LibraryProblem(
        f"the server of {system} didn't start; look at it with: vouch serve, and vouch doctor"
    )
