"""Errors as problem details (RFC 9457), one form for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from rag.errors import (
    InputError,
    LibraryProblem,
    MissingExtra,
    ModelUnavailable,
    NotAllowed,
    SourceUnavailable,
    UnknownRecord,
    VouchError,
    WrongState,
)
from service.json_text import Json

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = 10  # seconds, where the library or a model is out of reach
_STATUS: Mapping[type[VouchError], tuple[int, str]] = {
    UnknownRecord: (404, "unknown-record"),
    NotAllowed: (403, "not-allowed"),
    WrongState: (409, "wrong-state"),
    InputError: (422, "input"),
    LibraryProblem: (503, "library"),
    ModelUnavailable: (503, "model"),
    SourceUnavailable: (503, "source"),
    MissingExtra: (501, "missing-extra"),
}


class FieldProblem(BaseModel):
    """What is wrong with one part of a request."""

    where: str = Field(description="The place in the request, as in `body.question`.")
    message: str


class ProblemBody(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="`about:blank`, or a URN that names the kind of problem.")
    title: str
    status: int
    detail: str = Field(description="What happened, which value, and what to do now.")
    errors: list[FieldProblem] | None = None

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "type": "urn:vouch:problem:library",
                    "title": "Service Unavailable",
                    "status": 503,
                    "detail": "there is no library yet; make one with: vouch index PATH",
                }
            ]
        }
    }


class Problem(HTTPException):
    """A refusal that an endpoint or a guard gives on purpose."""

    def __init__(self, status: int, detail: str, *, kind: str = "", retry_after: int | None = None) -> None:
        """A refusal.

        Args:
            status: of HTTP.
            detail: what happened, which value, what to do now.
            kind: the last part of the problem's URN; empty for `about:blank`.
            retry_after: seconds until it makes sense to try again.
        """
        headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
        super().__init__(status, detail, headers)
        self.kind = kind


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: the problems that an endpoint may answer with, beside those that all have in common."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}},
        }
        for status in statuses
    }


def problem_response(
    status: int,
    detail: str,
    *,
    kind: str = "",
    headers: Mapping[str, str] | None = None,
    errors: Sequence[tuple[str, str]] = (),
) -> Response:
    """A problem as a response; text that can't be sent as UTF-8 is shown with replacement characters."""
    body: dict[str, Json] = {
        "type": f"urn:vouch:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = [{"where": where, "message": message} for where, message in errors]
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, status, headers=headers, media_type=MEDIA_TYPE)


def of_error(error: VouchError) -> Problem:
    """One of our errors as the problem that it is over HTTP."""
    for kind, (status, name) in _STATUS.items():
        if isinstance(error, kind):
            retry = _RETRY_AFTER if status == HTTPStatus.SERVICE_UNAVAILABLE else None
            return Problem(status, str(error), kind=name, retry_after=retry)
    return Problem(500, str(error))


def answer_with_problems(app: FastAPI) -> None:
    """Let every error that leaves an endpoint end as a problem; what nobody foresaw says nothing of itself."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(VouchError, _ours)
    app.add_exception_handler(Exception, _unforeseen)


async def _http(request: Request, error: Exception) -> Response:
    from service.web.error_page import error_page, wants_page

    assert isinstance(error, HTTPException)
    if wants_page(request):
        return error_page(request, error.status_code, str(error.detail), error.headers)
    return problem_response(
        error.status_code, str(error.detail), kind=getattr(error, "kind", ""), headers=error.headers
    )


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, VouchError)
    return await _http(request, of_error(error))


async def _invalid(_: Request, error: Exception) -> Response:
    """What was sent isn't shown again: it may be private, and it may be no text at all."""
    assert isinstance(error, RequestValidationError)
    errors = [(".".join(map(str, one["loc"])), str(one["msg"])) for one in error.errors()]
    where, message = errors[0]
    return problem_response(
        422, f"{where} can't be used: {message}; correct it and send it again", kind="input", errors=errors
    )


async def _unforeseen(_: Request, error: Exception) -> Response:  # noqa: ARG001  # it is logged by its kind elsewhere
    return problem_response(500, "something unforeseen went wrong; it is in the server's log")
