"""/healthz and /readyz: for those who keep the server running; no key is needed and nothing is told."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from service.http.parts import Parts, parts_of
from service.http.problems import responses

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """The server is there."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """The server can answer from this generation of the library."""

    status: Literal["ready"] = "ready"
    generation: int
    documents: int


@router.get("/healthz")
async def healthz() -> Health:
    """Whether the server is there; asks nothing of the library, so that it stays fast under load."""
    return Health()


@router.get("/readyz", responses=responses(503))
async def readyz(parts: Annotated[Parts, Depends(parts_of)]) -> Ready:
    """Whether the server can answer: the library and the embedding model are open."""
    coverage = (await run_in_threadpool(parts.engine.pipeline)).coverage
    return Ready(generation=coverage.generation, documents=coverage.documents)
