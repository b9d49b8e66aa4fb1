"""What an evaluation can score: our pipeline, a Vouch server, a chat model, or a stored run."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError
from service.filters import Asked, filters_of
from service.settings import Settings

if TYPE_CHECKING:
    from eval.metrics import Judges
    from eval.result import Ask
    from eval.run import Provenance
    from rag.types import Answer


@dataclass(frozen=True, slots=True)
class System:
    """Something that answers gold questions, and what it is."""

    ask: Ask
    provenance: Provenance


def our_pipeline(settings: Settings, today: date, role: str | None, probes: bool, asked: Asked) -> System:
    """The pipeline over the library in the data home, restricted as is `asked`."""
    from eval.ours import Ours
    from eval.run import Provenance
    from rag.filters import filters_in_words
    from rag.types import Role
    from service.wiring import open_library, open_pipeline

    filters = filters_of(asked, open_library(settings), today)
    pipeline = replace(open_pipeline(settings), suggestions=0)  # none is scored, and each is searched for
    ask = Ours(pipeline, today, content_hash, filters, role=Role(role) if role else None, probes=probes)
    weights = sha256(repr(pipeline.weights).encode()).hexdigest()[:12]
    provenance = Provenance(
        system="Vouch",
        settings={
            "weights": weights,
            "evidence kept": f"{pipeline.keep}, {pipeline.keep_overview} for an overview",
            "role": role or "of each question",
            "filters": "; ".join(filters_in_words(filters)) or "none",
            "probes": "asked twice and in every role" if probes else "none",
            "code": code_digest(),
        },
        generation=pipeline.coverage.generation,
        models={"embedding": pipeline.embedder.name, **dict(pipeline.models), **answering(settings)},
        prompts=prompts_of(settings),
        date=today.isoformat(),
    )
    return System(ask, provenance)


def answering(settings: Settings) -> dict[str, str]:
    """The language model that drafts the claims, where the settings name one."""
    return {"answer": settings.llm_model} if settings.llm_base_url and settings.llm_model else {}


def prompts_of(settings: Settings) -> dict[str, str]:
    """The prompts that it is given."""
    from rag.llm_answerer import PROMPTS

    return dict(PROMPTS) if answering(settings) else {}


def baseline(settings: Settings, name: str, today: date) -> System:
    """A plain search over the library in the data home: BM25 alone, vectors alone, or plain LlamaIndex."""
    from eval.ranking_system import RankingSystem
    from eval.run import Provenance
    from service.wiring import open_ranked_search

    search, coverage, embedding = open_ranked_search(settings, name)
    provenance = Provenance(
        "plain LlamaIndex" if name == "llama-index" else f"{name} alone",
        settings={"code": code_digest()},
        generation=coverage.generation,
        models={} if name == "bm25" else {"embedding": embedding},
        date=today.isoformat(),
    )
    return System(RankingSystem(search), provenance)


def vouch_server(url: str, today: date, role: str | None) -> System:
    """A Vouch server by its address."""
    from eval.remote import Remote
    from eval.run import Provenance

    settings = {"role": role or "of each question"}
    return System(
        Remote(url, role), Provenance(f"the server at {url}", settings=settings, date=today.isoformat())
    )


def chat_model(url: str, model: str | None, today: date, role: str | None) -> System:
    """A chat model behind an OpenAI-compatible endpoint; its key is OPENAI_API_KEY."""
    from eval.chat import PROMPT, Chat
    from eval.run import Provenance

    if not model:
        raise InputError(f"--chat {url} needs the name of a model; give it with --model")
    client = _endpoint(url)
    provenance = Provenance(
        f"{model} at {url}",
        settings={"role": role or "of each question", "temperature": "0"},
        models={"answers": model},
        prompts={"answer": PROMPT},
        date=today.isoformat(),
    )
    return System(Chat(client, model, today, role), provenance)


def judges(url: str | None, model: str | None) -> Judges:
    """Rules, or a model for whether statements are said where one is named."""
    from eval.metrics import Judges

    if url is None and model is None:
        return Judges()
    if not url or not model:
        raise InputError("a model as judge needs both --judge URL and --judge-model NAME")
    from eval.model_judge import ModelJudge

    judge = ModelJudge(_endpoint(url), model)
    return Judges(match=judge, match_forbidden=judge, match_name=judge.name)


def content_hash(answer: Answer) -> str:
    """Of the bytes that `vouch ask --format json` prints."""
    from service.answer_json import answer_json
    from service.json_text import json_text

    return sha256(json_text(answer_json(answer)).encode()).hexdigest()


def code_digest() -> str:
    """First 12 hex digits of the sha256 of all code and prompts that answer: a change of them is another system."""
    import indexes
    import prompts
    import rag

    whole = sha256()
    for package in (indexes, prompts, rag):
        folder = Path(str(package.__file__)).parent
        for path in sorted((*folder.glob("*.py"), *folder.glob("*.md"))):
            whole.update(f"{package.__name__}/{path.name}\n".encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def _endpoint(url: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # importing openai takes half a second
    from eval.chat import open_endpoint

    return open_endpoint(url, os.environ.get("OPENAI_API_KEY") or "none")
