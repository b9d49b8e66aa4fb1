"""The engine: one generation an answer, a bounded queue, a deadline, and nobody works for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Event

import pytest

from rag.progress import Stage
from rag.types import Coverage
from service.http.engine import Asked, Engine, Limits
from service.http.problems import Problem

ASKED = Asked("Does dromedaril help night cramps?", date(2026, 11, 24))


@dataclass(frozen=True)
class Scripted:
    """A pipeline that does what a test says, and answers with its generation."""

    during: Callable[[], None] = lambda: None
    coverage: Coverage = field(default_factory=lambda: Coverage(1, 1, 1))
    seconds: float = 0.0
    asked: list[int] = field(default_factory=list)

    def ask(self, question, earlier, *, role, filters, today, listener):
        self.asked.append(self.coverage.generation)
        listener(Stage.SEARCHING)
        self.during()
        listener(f"claim of generation {self.coverage.generation}")
        return self.coverage.generation


def engine(pipeline: Scripted, generation: Callable[[], int] = lambda: 1, **limits) -> Engine:
    return Engine(lambda: pipeline, lambda: Coverage(generation(), 1, 1), Limits(**limits))


def test_an_answer_under_which_a_batch_was_published_is_made_again_and_its_claims_told_once():
    generations = iter([1, 2, 2, 2, 2])
    now = [0]

    def generation() -> int:
        now[0] = next(generations, now[0])
        return now[0]

    pipeline, told = Scripted(), []

    answer = asyncio.run(engine(pipeline, generation).ask(ASKED, told.append))

    assert (answer, pipeline.asked) == (2, [1, 2])
    assert told == [Stage.SEARCHING, Stage.SEARCHING, "claim of generation 2"]


def test_more_than_may_wait_are_refused_at_once():
    go = Event()
    busy = engine(Scripted(go.wait), threads=1, waiting=1)

    async def ask_three() -> list[object]:
        first = [asyncio.create_task(busy.ask(ASKED)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Problem) as refused:
            await busy.ask(ASKED)
        go.set()
        return [refused.value.status_code, refused.value.headers, *await asyncio.gather(*first)]

    assert asyncio.run(ask_three()) == [503, {"Retry-After": "2"}, 1, 1]


def test_what_takes_too_long_is_refused_and_what_still_waits_is_not_begun():
    go = Event()
    pipeline = Scripted(lambda: go.wait(5))
    slow = engine(pipeline, threads=1, waiting=5, seconds=0.05)

    async def ask_two() -> list[BaseException | int]:
        return await asyncio.gather(slow.ask(ASKED), slow.ask(ASKED), return_exceptions=True)

    refused = asyncio.run(ask_two())
    go.set()
    slow.close()

    assert [problem.status_code for problem in refused] == [503, 503]
    assert len(pipeline.asked) == 1


def test_told_to_stop_it_refuses_what_comes_and_in_time_what_waits():
    go = Event()
    stopping = engine(Scripted(go.wait), threads=1, waiting=5)

    async def stop() -> list[object]:
        running, waiting = (asyncio.create_task(stopping.ask(ASKED)) for _ in range(2))
        await asyncio.sleep(0.01)
        stopping.stop_soon(asyncio.get_running_loop(), 0.01)
        with pytest.raises(Problem) as late:
            await stopping.ask(ASKED)
        with pytest.raises(Problem) as refused:
            await waiting
        go.set()
        return [late.value.status_code, refused.value.status_code, await running]

    assert asyncio.run(stop()) == [503, 503, 1]
