"""A minimal service over plain LlamaIndex retrieval, which `vouch bench ask` measures ours beside."""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from service.settings import load_settings
from service.wiring import open_ranked_search

_SHOWN = 5  # documents, as a citation query engine would give its model


class Question(BaseModel):
    """What is asked."""

    question: str


def plain_app() -> FastAPI:
    """`POST /v1/ask` as a tutorial would write it: what LlamaIndex's own defaults retrieve, and no answer."""
    search, _, _ = open_ranked_search(load_settings(), "llama-index")
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/v1/ask")
    def ask(body: Question) -> dict[str, list[str]]:
        return {"documents": list(search(body.question)[:_SHOWN])}

    return app


if __name__ == "__main__":
    uvicorn.run(plain_app(), host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False)
