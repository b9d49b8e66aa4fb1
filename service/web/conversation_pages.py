"""The page of a conversation: its questions with their answers, and a box for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.types import Filters, Role
from service.http.access import Caller, Reader
from service.http.engine import Asked
from service.http.parts import Parts, parts_of
from service.records.stored import Summary
from service.web.article_page import ArticlePage, article_page
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.shelf import Shelved, Talk
from service.web.visitor import visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class TurnShown:
    """A question with its answer, laid out."""

    summary: Summary
    laid: ArticlePage


@router.get("/conversations/{key}")
async def conversation(key: str, caller: Reader, shelf: Shelved) -> Response:
    """All of it."""
    return await run_in_threadpool(_page, await shelf.talk(key), caller)


@router.post("/conversations/{key}/questions")
async def ask_on(
    *,
    key: str,
    question: Annotated[str, Form(max_length=2000)],
    parts: Annotated[Parts, Depends(parts_of)],
    shelf: Shelved,
    role: Annotated[Role, Form()] = Role.CLINICIAN,
) -> Response:
    """Ask the next question, read in the light of those before."""
    earlier = await shelf.earlier(key)
    filters = earlier[-1].answer.filters if earlier else Filters()
    asked = Asked(question.strip(), parts.today(), role, filters, earlier)
    await shelf.add_turn(key, await parts.engine.ask(asked))
    return RedirectResponse(f"/conversations/{key}#turn-{len(earlier) + 1}", 303)


@router.post("/conversations/{key}/delete")
async def delete(key: str, caller: Reader, shelf: Shelved) -> Response:
    """Let go of it at once."""
    await shelf.purge(key)
    text = "The conversation is gone. Answers stay only where a review was asked for, or where somebody else has them too."
    return page("done.html", visitor=visitor_of(caller), heading="Deleted", text=text, back="/")


def _page(talk: Talk, caller: Caller) -> Response:
    turns = [
        TurnShown(stored.summary, article_page(stored.answer, f"t{number}-c"))
        for number, stored in enumerate(talk.turns, start=1)
    ]
    return page(
        "conversation.html",
        section="Ask",
        visitor=visitor_of(caller),
        conversation=talk.conversation,
        turns=turns,
        suggestions=talk.turns[-1].answer.suggestions if turns else (),
    )
