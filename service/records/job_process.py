"""The process of one job: does the work, says how far it is, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from types import FrameType, TracebackType
from typing import Self

from rag.errors import VouchError
from service.json_text import Json
from service.progress import telling
from service.records import jobs
from service.records.clock import now
from service.records.database import Database
from service.records.job_work import done
from service.records.jobs import JobKind, JobOwner, JobState
from service.settings import load_settings

_BEAT = 1.0  # seconds between two signs of life
_OPERATOR = JobOwner("", everyones=True)


class Stopped(BaseException):
    """The work is to stop here; no `except Exception` of a library may swallow it."""


class Pulse:
    """Says on a thread of its own how far a job is, and hears whether it is to go on."""

    def __init__(self, database: Database, key: str) -> None:
        """The pulse of a running job; it beats within a `with` block."""
        self._database, self._key = database, key
        self._progress = ("starting", 0, 0)
        self._parent = os.getppid()
        self._ended = Event()
        self.cancelled = False
        self.orphaned = False
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def tell(self, stage: str, number: int, total: int) -> None:
        """Take in how far the work is.

        Raises:
            Stopped: it was cancelled, or nobody is there any more who asked for it.
        """
        self._progress = (stage, number, total)
        if self.cancelled or self.orphaned:
            raise Stopped

    def once(self) -> None:
        """One sign of life; one that fails is followed by the next."""
        stage, number, total = self._progress
        try:
            with self._database.writing() as connection:
                goes_on = jobs.beat(connection, self._key, stage, number, total, at=now())
        except VouchError:
            return
        self.cancelled = not goes_on

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT):
            self.orphaned = os.getppid() != self._parent
            self.once()


def run(kind: JobKind, key: str) -> JobState | None:
    """Run a job to its end and write how it ended; None where it was put back, to be gone on with later."""
    from service.wiring import open_records

    settings = load_settings()
    database = open_records(settings)
    with database.reading() as connection:
        job = jobs.load(connection, _OPERATOR, kind, key)
    pulse = Pulse(database, key)
    try:
        with pulse, telling(pulse.tell):
            result = done(settings, job)
        pulse.once()
    except Stopped:
        return _stopped(database, key, cancelled=pulse.cancelled)
    except VouchError as error:
        return _ended(database, key, JobState.FAILED, error=str(error))
    except Exception as error:  # noqa: BLE001  # there is nobody else to tell; its words may be private
        return _ended(database, key, JobState.FAILED, error=_unforeseen(error))
    return _ended(database, key, JobState.DONE, result=result)


def main() -> None:
    """Run the job that is named on the command line; SIGTERM puts it back."""
    signal.signal(signal.SIGTERM, _stop)
    run(JobKind(sys.argv[1]), sys.argv[2])


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _unforeseen(error: Exception) -> str:
    """Where it happened and of what kind it is: enough to find it, and nothing that was read."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"something unforeseen went wrong: {type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"


def _stopped(database: Database, key: str, *, cancelled: bool) -> JobState | None:
    if cancelled:
        return _ended(database, key, JobState.CANCELLED)
    with database.writing() as connection:
        jobs.put_back(connection, key)
    return None


def _ended(
    database: Database,
    key: str,
    state: JobState,
    *,
    result: Mapping[str, Json] | None = None,
    error: str | None = None,
) -> JobState:
    with database.writing() as connection:
        jobs.end(connection, key, state, now(), result=result, error=error)
    return state


if __name__ == "__main__":
    main()
