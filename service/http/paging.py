"""Long lists a page at a time."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import BaseModel, Field

from service.http.bodies import Line


class PageQuery(BaseModel):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=200, description="How many at most.")] = 50
    after: Annotated[
        Line | None, Field(description="The `next` of the page before; without it, the first page.")
    ] = None


Paging = Annotated[PageQuery, Query()]


def next_link(request: Request, cursor: str | None) -> dict[str, str]:
    """The header that leads to the next page; none on the last one."""
    if cursor is None:
        return {}
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return {"Link": f'<{request.url.path}?{urlencode([*kept, ("after", cursor)])}>; rel="next"'}
