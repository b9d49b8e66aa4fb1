"""GET /v1/search: ranked evidence, each score taken apart."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from rag.question import understand
from service.http.access import Reader
from service.http.bodies import FiltersBody, QuestionText
from service.http.evidence_models import SearchReply
from service.http.leaving import while_there
from service.http.parts import Parts, parts_of
from service.http.problems import responses
from service.http.replies import json_reply
from service.search_view import Found, results_json

router = APIRouter(tags=["evidence"])


class SearchQuery(FiltersBody):
    """What is searched for, and what it is restricted to."""

    query: QuestionText
    limit: Annotated[int, Query(ge=1, le=200)] = 10
    as_of: date | None = None


@router.get("/v1/search", response_model=SearchReply, responses=responses(503))
async def search(
    given: Annotated[SearchQuery, Query()],
    request: Request,
    _: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
) -> Response:
    """Rank the evidence for a query."""
    understand(given.query)
    filters = await run_in_threadpool(given.checked, parts, given.as_of)
    now = parts.today()
    looking = parts.engine.search(given.query, filters=filters, today=now, limit=given.limit)
    ranking, pipeline = await while_there(request, looking)
    left = await run_in_threadpool(pipeline.restriction, filters)
    found = Found(given.query, ranking, pipeline.coverage, filters.as_of or now, filters, left)
    return json_reply(results_json(found))
