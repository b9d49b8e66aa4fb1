"""What goes wrong on the way to a page is told on a page, not as JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.requests import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from rag.errors import VouchError
from service.http.problems import of_error
from service.web.error_page import error_page


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
