"""/healthz, /readyz and /metrics: for those who keep the server running."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from service.http.access import Admin
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


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Figures"}},
)
async def metrics(_: Admin, parts: Annotated[Parts, Depends(parts_of)]) -> Response:
    """Figures for Prometheus; none of them holds a word of what was asked."""
    return Response(generate_latest(parts.figures.registry), media_type=CONTENT_TYPE_LATEST)
