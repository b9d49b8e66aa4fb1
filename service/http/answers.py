"""GET /v1/answers: kept answers, listed, read and taken along; POST …/reissue: asked again."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from rag.errors import LibraryProblem
from rag.types import Turn
from service.formats import text_of
from service.http.access import Caller, Reader
from service.http.bodies import Line
from service.http.engine import Asked
from service.http.keeping import EveryPart, Keeping, Records, viewer_of
from service.http.leaving import while_there
from service.http.paging import PageQuery, next_link
from service.http.problems import responses
from service.http.record_models import AnswerPageReply, KeptReply, PurgedReply, ReissueReply
from service.http.replies import json_reply, matches, tagged_reply
from service.json_text import Json
from service.records import kept
from service.records.clock import now
from service.records.database import Database
from service.records.difference_json import difference_json
from service.records.export import with_standing
from service.records.kept import Wanted
from service.records.purge import purge_answer
from service.records.reissue import earlier_of, reissued
from service.records.review import ReviewState
from service.records.stored import Stored, stored_json, summary_json

router = APIRouter(tags=["answers"])

AnswerId = Annotated[Line, Path(description="As in the `id` of an answer.", examples=["3f2a9c81d0be"])]
FORMS = {
    "md": ("md", "text/markdown"),
    "html": ("html", "text/html"),
    "ris": ("ris", "application/x-research-info-systems"),
    "bib": ("bibtex", "application/x-bibtex"),
    "csl.json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}


class AnswersQuery(PageQuery):
    """Which answers."""

    state: Annotated[ReviewState | None, Field(description="Only those in this state of review.")] = None
    requested: Annotated[bool | None, Field(description="Whether a review was asked for.")] = None
    stale: Annotated[bool | None, Field(description="Whether they no longer stand as they are.")] = None


@router.get("/v1/answers", response_model=AnswerPageReply, responses=responses(422, 503))
async def answers(
    request: Request, wanted: Annotated[AnswersQuery, Query()], caller: Reader, records: Records
) -> Response:
    """One's own answers, and for reviewers those for which a review was asked; the latest first."""
    page = await run_in_threadpool(
        _page,
        records,
        caller,
        Wanted(wanted.state, wanted.requested, wanted.stale, wanted.limit, wanted.after),
    )
    body: Json = {"items": [summary_json(one) for one in page.items], "next": page.next}
    return json_reply(body, headers=next_link(request, page.next))


def _exported(suffix: str, form: str, media_type: str) -> None:
    async def exported(request: Request, answer_id: AnswerId, caller: Reader, records: Records) -> Response:
        stored = await run_in_threadpool(_read, records, caller, answer_id)
        headers = {"ETag": stored.summary.etag, "Cache-Control": "private, no-cache"}
        if matches(request.headers.get("if-none-match"), stored.summary.etag):
            return Response(status_code=304, headers=headers)
        text = with_standing(text_of(stored.answer, form), form, stored.summary)
        headers["Content-Disposition"] = f'inline; filename="{answer_id}.{suffix}"'
        return Response(text.encode("utf-8", "replace"), headers=headers, media_type=media_type)

    router.add_api_route(
        f"/v1/answers/{{answer_id}}.{suffix}",
        exported,
        name=f"answer_as_{form.replace('-', '_')}",
        description=f"One answer to take along, as {media_type}; a stale one says so.",
        response_class=Response,
        responses={200: {"content": {media_type: {"schema": {"type": "string"}}}}, **responses(404, 503)},
    )


for _suffix, (_form, _media_type) in FORMS.items():
    _exported(_suffix, _form, _media_type)


@router.get("/v1/answers/{answer_id}", response_model=KeptReply, responses=responses(404, 503))
async def answer(request: Request, answer_id: AnswerId, caller: Reader, records: Records) -> Response:
    """One answer as it was given, with its present review and whether it still stands."""
    stored = await run_in_threadpool(_read, records, caller, answer_id)
    return tagged_reply(request, stored_json(stored), stored.summary.etag)


@router.delete("/v1/answers/{answer_id}", response_model=PurgedReply, responses=responses(404, 503))
async def let_go(answer_id: AnswerId, caller: Reader, records: Records) -> Response:
    """Let go of an answer; what reviewers or others have stays with them."""
    gone = await run_in_threadpool(purge_answer, records, viewer_of(caller), answer_id, now())
    body: Json = {"conversations": gone.conversations, "answers": gone.answers, "kept": list(gone.kept)}
    return json_reply(body)


@router.post(
    "/v1/answers/{answer_id}/reissue",
    status_code=201,
    response_model=ReissueReply,
    responses=responses(404, 503),
)
async def reissue(
    request: Request, answer_id: AnswerId, caller: Reader, parts: EveryPart, records: Records
) -> Response:
    """Ask the same question of the library as it is now, and show the difference claim by claim."""
    before, earlier = await run_in_threadpool(_before, records, caller, answer_id)
    old = before.answer
    asked = Asked(old.question, parts.today(), old.role, old.filters, earlier)
    if not earlier:
        asked = Asked(old.understood_as, parts.today(), old.role, old.filters)
    new = await while_there(request, parts.engine.ask(asked))
    keeping = Keeping(records, parts.settings.keep_days)
    at = keeping.clock()

    def keep() -> Stored:
        with records.writing() as connection:
            return reissued(connection, viewer_of(caller), before, new, at=at, expires=keeping.until(at))

    made = await run_in_threadpool(keep)
    body = {**stored_json(made), "difference": difference_json(before, made, parts.library)}
    return json_reply(body, 201, {"Location": f"/v1/answers/{made.summary.id}"})


def _page(records: Database, caller: Caller, wanted: Wanted) -> kept.Page:
    with records.reading() as connection:
        return kept.page(connection, viewer_of(caller), wanted)


def _read(records: Database, caller: Caller, answer_id: str) -> Stored:
    with records.reading() as connection:
        stored = kept.load(connection, viewer_of(caller), answer_id)
    with suppress(LibraryProblem), records.writing() as connection:  # a full disk keeps nobody from reading
        kept.count_read(connection, answer_id)
    return stored


def _before(records: Database, caller: Caller, answer_id: str) -> tuple[Stored, tuple[Turn, ...]]:
    with records.reading() as connection:
        viewer = viewer_of(caller)
        return kept.load(connection, viewer, answer_id), earlier_of(connection, viewer, answer_id)
