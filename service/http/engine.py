"""Asking and searching on a bounded number of threads, beside an event loop that stays free."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event, Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from rag.progress import Event as Told
from rag.progress import Listener, Stage, unheard
from rag.types import Answer, Coverage, Filters, Role, Turn
from service.http.problems import Problem

if TYPE_CHECKING:
    from rag.pipeline import Pipeline
    from rag.ranking import Ranking

T = TypeVar("T")
_TRIES = 3  # until an answer stands on one generation while batches are written
_STOPPING = "the server is being stopped; ask again when it is back"
_SPARE = 1.0  # seconds that are kept for what comes after a model


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is done at once, and how long it may take."""

    threads: int = 2
    waiting: int = 32
    """Questions that may wait for a thread; more are refused."""
    seconds: float = 30.0
    """From admission to the answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with all that goes with it."""

    question: str
    today: date
    role: Role = Role.CLINICIAN
    filters: Filters = field(default_factory=Filters)
    earlier: tuple[Turn, ...] = ()
    questions: tuple[str, ...] = ()
    """Asked before, oldest first, where their answers aren't at hand: they are answered again."""


class Abandoned(Exception):
    """Nobody waits for the answer any more."""


class Engine:
    """The pipeline behind a bounded queue; it is opened at the first question and kept."""

    def __init__(
        self,
        opens: Callable[[], Pipeline],
        coverage: Callable[[], Coverage],
        limits: Limits = Limits(),
    ) -> None:
        """An engine over what `opens` opens, on whatever generation `coverage` tells at each question."""
        self.limits = limits
        self._opens = opens
        self._coverage = coverage
        self._opening = Lock()
        self._pipeline: Pipeline | None = None
        self._pool = ThreadPoolExecutor(limits.threads, thread_name_prefix="ask")
        self._admitted = 0
        self._futures: set[Future[Any]] = set()
        self._stopping = False

    @property
    def admitted(self) -> int:
        """Questions that are being answered or wait for it."""
        return self._admitted

    async def ask(self, asked: Asked, listener: Listener = unheard) -> Answer:
        """The answer; `listener` is called on another thread, as `Pipeline.ask` calls it.

        Raises:
            Problem: too many wait, or it took too long.
            VouchError: as `Pipeline.ask` does.
        """
        heard = _Heard(listener)
        answer = await self._run(lambda pipeline: answered(pipeline, asked, heard), heard.given_up)
        heard.tell()
        return answer

    async def search(
        self, query: str, *, filters: Filters, today: date, limit: int
    ) -> tuple[Ranking, Pipeline]:
        """Ranked evidence, and the pipeline that found it, which knows its generation."""
        return await self._run(
            lambda pipeline: (
                pipeline.search(query, filters=filters, today=today, limit=limit, explain=True),
                pipeline,
            ),
            Event(),
        )

    def pipeline(self) -> Pipeline:
        """The pipeline at the newest generation; opened where it isn't yet.

        Raises:
            LibraryProblem: there is no library.
            ModelUnavailable: the embedding model can't be loaded.
        """
        with self._opening:
            if self._pipeline is None:
                self._pipeline = self._opens()
        return replace(self._pipeline, coverage=self._coverage())

    def warm(self) -> None:
        """Open all that a question needs, so that the first one needn't wait for it.

        Raises:
            LibraryProblem: there is no library, or nothing in it.
            ModelUnavailable: the embedding model can't be loaded.
        """
        self.pipeline().search("evidence", today=date.today(), limit=1)  # noqa: DTZ011  # any day will do

    def check_room(self) -> None:
        """Refuse one question more than may wait.

        Raises:
            Problem: too many wait already, or the server is being stopped.
        """
        if self._stopping:
            raise Problem(503, _STOPPING, kind="stopping", retry_after=10)
        if self._admitted >= self.limits.threads + self.limits.waiting:
            raise Problem(
                503, "too many questions wait already; ask again in a moment", kind="busy", retry_after=2
            )

    def stop_soon(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        """Begin nothing new, and refuse what still waits in `seconds`; may be called by a signal handler."""
        self._stopping = True
        loop.call_soon_threadsafe(loop.call_later, seconds, self._refuse_waiting)

    def close(self) -> None:
        """Let what is being answered end, and begin nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, work: Callable[[Pipeline], T], given_up: Event) -> T:
        """What `work` makes of the pipeline at its newest generation, on a thread of the pool."""
        self.check_room()
        self._admitted += 1
        loop = asyncio.get_running_loop()
        until = monotonic() + self.limits.seconds
        future = self._pool.submit(self._work, work, given_up, until)
        self._futures.add(future)
        future.add_done_callback(lambda _: self._release(loop, future))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self.limits.seconds)
        except asyncio.CancelledError:
            if self._stopping and future.cancelled():
                raise Problem(503, _STOPPING, kind="stopping", retry_after=10) from None
            raise
        except TimeoutError as error:
            raise Problem(
                503, f"no answer within {self.limits.seconds:g} s; ask again", kind="deadline", retry_after=5
            ) from error
        finally:
            given_up.set()

    def _work(self, work: Callable[[Pipeline], T], given_up: Event, until: float) -> T:
        """An answer stands on one generation: where a batch was published meanwhile, it is made again."""
        for _ in range(_TRIES):
            if given_up.is_set():
                raise Abandoned
            pipeline = replace(self.pipeline(), seconds=max(0.1, until - monotonic() - _SPARE))
            made = work(pipeline)
            if self._coverage() == pipeline.coverage:
                break
        return made

    def _release(self, loop: asyncio.AbstractEventLoop, future: Future[Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._leave, future)

    def _leave(self, future: Future[Any]) -> None:
        self._futures.discard(future)
        self._admitted -= 1

    def _refuse_waiting(self) -> None:
        for future in tuple(self._futures):
            future.cancel()


class _Heard:
    """Tells stages at once, and claims when their answer is sure; ends the work where nobody waits for it."""

    def __init__(self, listener: Listener) -> None:
        self.given_up = Event()
        self._listener = listener
        self._claims: list[Told] = []

    def __call__(self, event: Told, /) -> None:
        if self.given_up.is_set():
            raise Abandoned
        if isinstance(event, Stage):
            self._claims.clear()
            self._listener(event)
        else:
            self._claims.append(event)

    def tell(self) -> None:
        for claim in self._claims:
            self._listener(claim)


def answered(pipeline: Pipeline, asked: Asked, listener: Listener = unheard) -> Answer:
    """One question put to a pipeline, after those that it follows."""
    earlier = list(asked.earlier)
    for question in asked.questions:
        before = pipeline.ask(question, earlier, role=asked.role, filters=asked.filters, today=asked.today)
        earlier.append(Turn(question, before))
    return pipeline.ask(
        asked.question,
        earlier,
        role=asked.role,
        filters=asked.filters,
        today=asked.today,
        listener=listener,
    )
