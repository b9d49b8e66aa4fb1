"""From a question that was let in to the answer that is sent, kept on its way."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from rag.progress import Listener, unheard
from rag.question import understand
from rag.types import Answer
from service.answer_json import answer_json
from service.http.access import Caller
from service.http.bodies import AskBody
from service.http.engine import Asked
from service.http.parts import Parts
from service.json_text import Json


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and what is sent of it as JSON."""

    answer: Answer
    body: dict[str, Json]


async def answer_to(asked: Asked, caller: Caller, parts: Parts, listener: Listener = unheard) -> Answered:
    """The answer, kept where answers are kept.

    Raises:
        Problem: too many wait, or it took too long.
        VouchError: as `Pipeline.ask` does.
    """
    answer = await parts.engine.ask(asked, listener)
    parts.figures.answers.labels("abstained" if answer.abstention else "answered", answer.mode.value).inc()
    if parts.keep is None:
        return Answered(answer, answer_json(answer))
    return Answered(answer, await run_in_threadpool(parts.keep, answer, caller))


async def asked_of(body: AskBody, parts: Parts) -> Asked:
    """The question that a body asks, checked before anything is searched.

    Raises:
        InputError: the question or a filter can't be used.
    """
    for question in (*body.earlier, body.question):
        understand(question)
    filters = await run_in_threadpool(body.filters.checked, parts, body.as_of)
    return Asked(body.question, parts.today(), body.role, filters, questions=body.earlier)
