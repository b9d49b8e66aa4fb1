"""What is told of requests: one line of log and some figures each, and never a word of what was asked."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import Protocol, TextIO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import problem_response


class Log(Protocol):
    """Notes an event with facts that hold nothing of what was asked."""

    def __call__(self, event: str, **facts: object) -> None:
        """Note `event`."""


_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)


def json_log(stream: TextIO | None = None) -> Log:
    """A function that writes one line of JSON for an event; to standard error unless told otherwise."""
    import structlog

    logger = structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
    )

    def log(event: str, **facts: object) -> None:
        logger.msg(event, **facts)

    return log


def unlogged(event: str, **facts: object) -> None:
    """The log of a server that keeps none."""


class Figures:
    """The metrics of one server, for Prometheus; labels are routes and statuses, nothing that a client chose."""

    def __init__(self, admitted: Callable[[], int]) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "vouch_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "vouch_request_seconds",
            "Seconds to the last byte.",
            ("route",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self.answers = Counter("vouch_answers", "Answers given.", ("status", "mode"), registry=self.registry)
        waiting = Gauge("vouch_questions_admitted", "Questions in work or waiting.", registry=self.registry)
        waiting.set_function(admitted)


@dataclass(frozen=True, slots=True)
class Observed:
    """An ASGI application that notes each request to another one; what that one fails at ends here."""

    app: ASGIApp
    figures: Figures
    log: Log = field(default=unlogged)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, began, status = token_hex(8), perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001  # nothing of it may reach the log of the server software
            self.log("failed", request=request_id, error=type(error).__name__, at=_places(error))
            if not status:
                await problem_response(500, "something unforeseen went wrong; it is in the server's log")(
                    scope, receive, sending
                )
        self._note(scope, status, perf_counter() - began, request_id)

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route, method = _route(scope), _method(scope)
        self.figures.requests.labels(method, route, str(status)).inc()
        self.figures.seconds.labels(route).observe(seconds)
        caller = scope.get("state", {}).get("caller")
        self.log(
            "request",
            request=request_id,
            method=method,
            route=route,
            status=status,
            seconds=round(seconds, 4),
            caller=caller.id if caller else None,
        )


def _route(scope: Scope) -> str:
    """The path as the API is written, without what a client put into it."""
    return getattr(scope.get("route"), "path", None) or ("/mcp" if scope["path"] == "/mcp" else "none")


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"} else "other"


def _places(error: BaseException) -> list[str]:
    """Where an error came from; its message may quote what was asked, so it isn't told."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
