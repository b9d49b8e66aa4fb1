"""The page of the reviewers: what waits, ordered by harm, and all answers by state."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from service.http.access import Reader
from service.records.kept import Wanted
from service.records.review import ReviewState
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.shelf import Shelved
from service.web.visitor import visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/review")
async def review(
    *,
    caller: Reader,
    shelf: Shelved,
    only: Literal["", "submitted", "under_review", "approved", "stale"] = "",
    cursor: Annotated[str | None, Query(max_length=120)] = None,
) -> Response:
    """The queue, and a list of what the caller may see."""
    state = ReviewState(only) if only in set(ReviewState) else None
    wanted = Wanted(state=state, stale=True if only == "stale" else None, cursor=cursor)
    return page(
        "review.html",
        section="Review",
        visitor=visitor_of(caller),
        waiting=await shelf.waiting(),
        listed=await shelf.listed(wanted),
        only=only,
    )
