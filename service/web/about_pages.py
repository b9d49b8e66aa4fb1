"""Pages about Vouch itself: the library, the editorial policy, signing in; and the files of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated, NamedTuple, TypeVar

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from rag.weights import RankingWeights
from service.http.access import Reader
from service.http.doorkeeper import KeysAndTokens
from service.http.parts import Parts, parts_of
from service.http.problems import Problem
from service.http.sessions import COOKIE, SECONDS
from service.web.addresses import STATIC
from service.web.page_route import PageRoute
from service.web.rendering import page
from service.web.visitor import visitor_of

K = TypeVar("K", bound=str)

router = APIRouter(route_class=PageRoute, include_in_schema=False)

_FILES = {
    "vouch.css": "text/css",
    "vouch.js": "text/javascript",
    "mark.svg": "image/svg+xml",
    "source-serif-4.woff2": "font/woff2",
    "source-serif-4-italic.woff2": "font/woff2",
    "source-sans-3.woff2": "font/woff2",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"


class QuarantinedFile(NamedTuple):
    """A file that couldn't be read, without the folder where it lies on the server."""

    name: str
    reason: str
    attempts: int


@router.get("/static/{name}")
async def static(name: str, v: str = "") -> Response:
    """A file for the browser; one of the few that there are."""
    if name not in _FILES:
        raise Problem(404, f"there is no file {name!r}")
    kept = _FOR_EVER if v else _A_DAY
    return FileResponse(STATIC / name, media_type=_FILES[name], headers={"Cache-Control": kept})


@router.get("/policy")
async def policy(caller: Reader) -> Response:
    """The editorial policy."""
    return page("policy.html", section="Policy", visitor=visitor_of(caller), weights=RankingWeights())


@router.get("/library")
async def library(caller: Reader, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """What the library holds."""
    status = await run_in_threadpool(parts.library.status)
    return page(
        "library.html",
        section="Library",
        visitor=visitor_of(caller),
        holdings=status,
        quarantined=[
            QuarantinedFile(
                PurePath(file.path).name, (file.reason or "").replace(file.path, "it"), file.attempts
            )
            for file in status.quarantined
        ],
        designs=_counted(status.by_design),
        standing=_counted(status.by_status),
        inputs=_counted(status.inputs),
    )


@router.get("/sign-in")
async def sign_in_page(request: Request, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Where a key is given."""
    caller = await parts.doorkeeper(request)
    return page("sign_in.html", section="Sign in", visitor=caller and visitor_of(caller), problem="")


@router.post("/sign-in")
async def sign_in(
    request: Request, parts: Annotated[Parts, Depends(parts_of)], key: Annotated[str, Form(max_length=500)]
) -> Response:
    """Take a key, and give a cookie that stands for it for some hours."""
    keeper = parts.doorkeeper
    found = keeper.keys.of_secret(key.strip()) if isinstance(keeper, KeysAndTokens) else None
    if found is None or not isinstance(keeper, KeysAndTokens):
        problem = "This key isn’t known here, or it was revoked. An admin makes one with: vouch keys add NAME"
        return page("sign_in.html", 401, section="Sign in", problem=problem)
    reply = RedirectResponse("/", 303)
    reply.set_cookie(
        COOKIE,
        keeper.sessions.cookie(found.id),
        max_age=SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return reply


@router.post("/sign-out")
async def sign_out(_: Reader) -> Response:
    """Take the cookie back."""
    reply = RedirectResponse("/sign-in", 303)
    reply.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return reply


def _counted(counts: Mapping[K, int]) -> list[tuple[str, int]]:
    return sorted(
        ((str(name), number) for name, number in counts.items()), key=lambda pair: (-pair[1], pair[0])
    )
