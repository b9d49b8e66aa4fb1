"""JSON as the server sends it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fastapi.responses import Response

from service.json_text import Json


def json_reply(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON value, the same bytes for the same value."""
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(content.encode("utf-8", "replace"), status, headers, "application/json")
