"""The page of an answer, and what can be done with it: export, follow up, report a fault, review, re-issue."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.types import Answer, Role, Turn
from rag.wording import restriction_lines
from service.formats import text_of
from service.http.access import Caller, Reader
from service.http.engine import Asked
from service.http.keeping import alone
from service.http.parts import Parts, parts_of
from service.http.problems import Problem
from service.json_text import json_text
from service.records.desk import Asked as Step
from service.records.export import with_standing
from service.records.feedback import FeedbackKind
from service.records.review import ReviewAction
from service.records.stored import Stored, stored_json
from service.web.article_page import article_page
from service.web.ask_pages import ROLES
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.shelf import Opened, Shelved
from service.web.visitor import actions, visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_FORMS = {
    "md": ("text/markdown; charset=utf-8", "md"),
    "html": ("text/html; charset=utf-8", "html"),
    "json": ("application/json", "json"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris"),
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "csl.json"),
}


@router.get("/answers/{key}")
async def answer(
    *,
    key: str,
    caller: Reader,
    shelf: Shelved,
    role: Annotated[Role | None, Query()] = None,
    conversation: Annotated[str, Query(pattern="^[0-9a-f]*$", max_length=64)] = "",
) -> Response:
    """An answer as an article, worded for a role."""
    opened = await shelf.opened(key, count=True)
    return await run_in_threadpool(_page, opened, caller, role, conversation)


@router.get("/answers/{key}/export/{form}")
async def export(
    *, key: str, form: str, shelf: Shelved, role: Annotated[Role | None, Query()] = None
) -> Response:
    """An answer to take along."""
    if form not in _FORMS:
        raise Problem(404, f"there is no form {form!r}; there are {', '.join(_FORMS)}")
    opened = await shelf.opened(key)
    media, ending = _FORMS[form]
    text = await run_in_threadpool(_text, opened.stored, role, form)
    headers = {"Content-Disposition": f'attachment; filename="vouch-{opened.summary.id}.{ending}"'}
    return Response(text, media_type=media, headers=headers)


@router.post("/answers/{key}/follow-up")
async def follow_up(
    *,
    key: str,
    question: Annotated[str, Form(max_length=2000)],
    parts: Annotated[Parts, Depends(parts_of)],
    shelf: Shelved,
    role: Annotated[Role, Form()] = Role.CLINICIAN,
) -> Response:
    """Ask on: a conversation begins with this answer."""
    first = (await shelf.opened(key)).answer
    asked = Asked(question.strip(), parts.today(), role, first.filters, (Turn(first.question, first),))
    said = await parts.engine.ask(asked)
    conversation = await shelf.begin(role, first)
    await shelf.add_turn(conversation, said)
    return RedirectResponse(f"/conversations/{conversation}#turn-2", 303)


@router.post("/answers/{key}/feedback")
async def complain(
    *,
    key: str,
    kind: Annotated[FeedbackKind, Form()],
    caller: Reader,
    shelf: Shelved,
    comment: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Keep what a reader says is wrong."""
    await shelf.complain(key, kind, comment)
    heading = "Thank you"
    text = "What you said is kept with the answer, and moves it forward in the queue of the reviewers."
    return page("done.html", visitor=visitor_of(caller), heading=heading, text=text, back=f"/answers/{key}")


@router.post("/answers/{key}/review")
async def review(
    *,
    key: str,
    action: Annotated[ReviewAction, Form()],
    content_hash: Annotated[str, Form(max_length=64)],
    version: Annotated[int, Form()],
    caller: Reader,
    shelf: Shelved,
    comment: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Take one step of the review, bound to what was read."""
    step = Step(action, comment.strip(), content_hash, version, alone(caller))
    await shelf.step(key, step)
    return RedirectResponse(f"/answers/{key}#review", 303)


def _text(stored: Stored, role: Role | None, form: str) -> str:
    worded = replace(stored, answer=_worded(stored.answer, role))
    if form == "json":
        return json_text(stored_json(worded))
    return with_standing(text_of(worded.answer, form), form, stored.summary)


def _worded(answer: Answer, role: Role | None) -> Answer:
    return replace(answer, role=role) if role else answer


def _page(opened: Opened, caller: Caller, role: Role | None, conversation: str) -> Response:
    said, summary = _worded(opened.answer, role), opened.summary
    return page(
        "answer.html",
        section="Ask",
        visitor=visitor_of(caller),
        kept=opened,
        laid=article_page(said),
        state=summary.review.state.value,
        updated=summary.review.at or summary.issued_at,
        role=said.role.value,
        roles=ROLES,
        actions=[action.value for action in actions(summary, caller, holder=opened.holder)],
        history=opened.history,
        suggestions=said.suggestions,
        restrictions=list(restriction_lines(said.filters, said.restriction, said.coverage.documents)),
        conversation=conversation,
    )
