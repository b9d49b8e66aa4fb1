"""What goes wrong on the way to a page is told on a page, not as JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.requests import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from rag.errors import VouchError
from service.http.problems import of_error
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


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors caught."""
        handler = super().get_route_handler()

        async def handling(request: Request) -> Response:
            try:
                return await handler(request)
            except RequestValidationError as error:
                first = error.errors()[0]
                return error_page(request, 422, f"{first['loc'][-1]} can't be used: {first['msg']}")
            except HTTPException as error:
                return error_page(request, error.status_code, str(error.detail), error.headers)
            except VouchError as error:
                problem = of_error(error)
                return error_page(request, problem.status_code, str(problem.detail), problem.headers)

        return handling


def error_page(
    request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """What happened, which value, and what to do now, as a page."""
    title = _TITLES.get(status, HTTPStatus(status).phrase)
    caller = getattr(request.state, "caller", None)
    visitor = caller and visitor_of(caller)
    made = page("error.html", status, code=status, heading=title, detail=detail, visitor=visitor)
    made.headers.update(headers or {})
    return made
