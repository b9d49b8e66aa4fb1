"""Asking again on the library of today, and what that changed, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.types import Answer
from service.http.access import Reader
from service.http.engine import Asked
from service.http.parts import Parts, parts_of
from service.http.problems import Problem
from service.records.difference_json import status_in
from service.records.reissue import Changed, Difference, difference
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.shelf import Shelved
from service.web.visitor import visitor_of

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims to which the same happened."""

    heading: str
    kind: str
    word: str
    changed: tuple[Changed, ...]


@router.post("/answers/{key}/reissue")
async def reissue(
    key: str, caller: Reader, shelf: Shelved, parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """Ask the question of an answer again, and show what changed."""
    before, earlier = await shelf.asked_before(key)
    old = before.answer
    question = old.question if earlier else old.understood_as
    said = await parts.engine.ask(Asked(question, parts.today(), old.role, old.filters, earlier))
    made = await shelf.reissue(before, said)
    if made == key:
        text = "Asked again, the answer is the same to the last word, from the same sources."
        back = f"/answers/{key}"
        return page("done.html", visitor=visitor_of(caller), heading="Nothing changed", text=text, back=back)
    return RedirectResponse(f"/answers/{made}/difference", 303)


@router.get("/answers/{key}/difference")
async def changes(
    key: str, caller: Reader, shelf: Shelved, parts: Annotated[Parts, Depends(parts_of)]
) -> Response:
    """What became of each claim between an answer and the one that it takes the place of."""
    new = await shelf.opened(key)
    if new.summary.reissue_of is None:
        raise Problem(404, f"answer {key!r} takes the place of no other")
    old = await shelf.opened(new.summary.reissue_of)
    status_of = status_in(parts.library)
    found = await run_in_threadpool(difference, old.answer, new.answer, status_of)
    return page(
        "difference.html",
        section="Ask",
        visitor=visitor_of(caller),
        question=new.answer.question,
        new=new.summary,
        old=old.summary,
        summary=_summary(found),
        groups=[group for group in _groups(found) if group.changed],
        notes=list(_notes(old.answer, new.answer)),
    )


def _groups(found: Difference) -> Iterator[Group]:
    yield Group("No longer said", "removed", "Removed", found.removed)
    yield Group("Newly said", "added", "Added", found.added)
    yield Group("Still said", "kept", "Kept", found.kept)


def _summary(found: Difference) -> str:
    counts = ((found.removed, "removed"), (found.added, "added"), (found.kept, "kept"))
    return ", ".join(f"{_counted(claims)} {word}" for claims, word in counts) + "."


def _counted(claims: Sequence[Changed]) -> str:
    return f"{len(claims)} sentence{'' if len(claims) == 1 else 's'}"


def _notes(old: Answer, new: Answer) -> Iterator[str]:
    was, now = (one.certainty.level if one.certainty else "not judged" for one in (old, new))
    if was != now:
        yield f"The certainty was {was} and is {now}."
    if new.abstention and not old.abstention:
        yield f"There is no answer any more: {new.abstention.reason}"
    if old.abstention and not new.abstention:
        yield "There was no answer before."
    before, after = old.coverage, new.coverage
    if before.generation != after.generation:
        yield (
            f"The library is of generation {after.generation} with {after.documents:,} documents; "
            f"it was of generation {before.generation} with {before.documents:,}."
        )
