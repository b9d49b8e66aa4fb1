"""Pages of the evidence: search with each score taken apart, and documents with their passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.citations import identifiers
from rag.errors import InputError
from rag.question import understand
from rag.ranking import Excluded
from rag.types import Document, Passage
from rag.wording import restriction_lines
from service.http.access import Caller, Reader
from service.http.bodies import printable
from service.http.parts import Parts, parts_of
from service.http.problems import Problem
from service.search_view import Found
from service.web.addresses import document_address
from service.web.ask_pages import DESIGN_CHOICES, AskForm
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.visitor import visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_SHOWN = 20
_LEFT_OUT = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a passage that are marked."""

    passage: str
    start: int
    end: int


@router.get("/search")
async def search(
    *,
    caller: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
    q: Annotated[str, Query(max_length=4000)] = "",
    year_from: Annotated[str, Query(max_length=10)] = "",
    design: Annotated[str, Query(max_length=40)] = "",
    as_of: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Ranked evidence, each score taken apart."""
    form = AskForm(q.strip(), year_from=year_from.strip(), design=design, as_of=as_of)
    if not form.question:
        return _results(form, caller, None)
    try:
        found = await _found(form, parts)
    except InputError as error:
        return _results(form, caller, None, str(error), 422)
    return await run_in_threadpool(_results, form, caller, found)


@router.get("/documents/{document_id:path}")
async def document(
    *,
    document_id: str,
    caller: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
    passage: Annotated[str, Query(max_length=64)] = "",
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """A document with its passages; the words of a quote are marked where it was come from one."""
    found, passages = await run_in_threadpool(_read, parts, document_id)
    if found.id != document_id:
        return RedirectResponse(document_address(found.id), 303)
    whole = next((one.id for one in passages if passage and one.id.endswith(f"#{passage}")), "")
    return page(
        "document.html",
        section="Search",
        visitor=visitor_of(caller),
        document=found,
        identifiers=identifiers(found),
        passages=passages,
        marked=Marked(whole, start, end) if whole and end > start else None,
    )


async def _found(form: AskForm, parts: Parts) -> Found:
    try:
        understand(printable(form.question))
    except ValueError as error:
        raise InputError(str(error)) from error
    filters, now = await run_in_threadpool(form.filters, parts), parts.today()
    ranking, pipeline = await parts.engine.search(form.question, filters=filters, today=now, limit=_SHOWN)
    left = await run_in_threadpool(pipeline.restriction, filters)
    return Found(form.question, ranking, pipeline.coverage, filters.as_of or now, filters, left)


def _results(
    form: AskForm, caller: Caller, found: Found | None, problem: str = "", status: int = 200
) -> Response:
    lines = restriction_lines(found.filters, found.restriction, found.coverage.documents) if found else ()
    return page(
        "search.html",
        status,
        section="Search",
        visitor=visitor_of(caller),
        query=form.question,
        asked=form,
        designs=DESIGN_CHOICES,
        problem=problem,
        found=found,
        restrictions=list(lines),
        left_out=list(_left_out(found)) if found else (),
    )


def _left_out(found: Found) -> Iterator[Excluded]:
    """First what is never evidence, then the nearest of what isn't relevant enough."""
    excluded = found.ranking.excluded
    irrelevant = [one for one in excluded if "below the threshold" in one.reason]
    yield from (one for one in excluded if one not in irrelevant)
    yield from irrelevant[:_LEFT_OUT]


def _read(parts: Parts, name: str) -> tuple[Document, tuple[Passage, ...]]:
    try:
        return parts.library.document(name), parts.library.passages_of(name)
    except InputError as error:
        raise Problem(404, str(error)) from error
