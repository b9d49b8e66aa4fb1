"""JSON as the server sends it, with what a client needs to ask whether it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

from service.json_text import Json

_PRIVATE = "private, no-cache"  # a client may keep it for itself, and asks each time whether it has changed


def json_reply(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON value, the same bytes for the same value."""
    return Response(_bytes(value), status, headers, "application/json")


def tagged_reply(request: Request, value: Json, etag: str | None = None) -> Response:
    """A JSON value with an ETag: its own, or that of its bytes; 304 where the client has it already."""
    content = _bytes(value)
    tag = etag or f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": _PRIVATE}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def matches(given: str | None, etag: str) -> bool:
    """Whether a list of ETags, as in `If-None-Match` and `If-Match`, has this one."""
    if given is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags


def _bytes(value: Json) -> bytes:
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return content.encode("utf-8", "replace")
