"""What went wrong, told on a page to whoever looks with a browser."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import Response
from starlette.requests import HTTPConnection

from service.web.rendering import page
from service.web.visitor import visitor_of

_TITLES = {
    400: "This can’t be read",
    401: "Who are you?",
    403: "Not yours to do",
    404: "Not here",
    405: "Not this way",
    409: "It has moved on",
    413: "Too much at once",
    422: "This can’t be used",
    429: "Too fast",
    500: "Something went wrong",
    503: "Not now",
}


def wants_page(connection: HTTPConnection) -> bool:
    """Whether a browser asks for a page, and not a program for data."""
    path = connection.scope["path"]
    return "text/html" in connection.headers.get("accept", "") and not path.startswith(("/v1/", "/mcp"))


def error_page(
    connection: HTTPConnection, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """What happened, which value, and what to do now, as a page."""
    if status == HTTPStatus.NOT_FOUND and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "there is no page at this address"
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    caller = getattr(connection.state, "caller", None)
    visitor = caller and visitor_of(caller)
    made = page("error.html", status, code=status, heading=title, detail=detail, visitor=visitor)
    made.headers.update(headers or {})
    return made
