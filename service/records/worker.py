"""The worker of a server: starts a process for each job, one after the other, and lets go of what has expired."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from rag.errors import VouchError
from service.records import jobs
from service.records.clock import now
from service.records.jobs import Job, JobState
from service.records.purge import purge_expired

if TYPE_CHECKING:
    from service.records.database import Database
    from service.settings import Settings

_LOOK = 1.0  # seconds between two looks for a job
_PURGE = timedelta(hours=1)
_GRACE = 15.0  # seconds for a process to put its job back


class Worker:
    """Runs the jobs of one database, on a thread of its own, in processes that can be stopped."""

    def __init__(self, database: Database, settings: Settings) -> None:
        """A worker that has nothing to do until it is started."""
        self._database, self._settings = database, settings
        self._stopping, self._new = Event(), Event()
        self._thread = Thread(target=self._work, name="jobs", daemon=True)
        self._purged_at: datetime | None = None

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; a job that runs is put back for the next start."""
        self._stopping.set()
        self._new.set()
        self._thread.join()

    def look(self) -> None:
        """Look for a job now and not in a while."""
        self._new.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            job = self._next()
            if job is None:
                self._new.wait(_LOOK)
                self._new.clear()
            else:
                self._run(job)

    def _next(self) -> Job | None:
        """The next job; none where there are no records yet, or they can't be reached at present."""
        if not self._database.exists:
            return None
        try:
            self._purge()
            with self._database.writing() as connection:
                return jobs.claim(connection, now())
        except VouchError:
            return None

    def _purge(self) -> None:
        if self._purged_at is None or now() - self._purged_at > _PURGE:
            purge_expired(self._database, now())
            self._purged_at = now()

    def _run(self, job: Job) -> None:
        command = [sys.executable, "-P", "-m", "service.records.job_process", job.kind.value, job.id]
        process = subprocess.Popen(  # noqa: S603  # our own module, by words that we made
            command,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what it has to say stands in the job
        )
        while process.poll() is None:
            if self._stopping.wait(0.1):
                process.send_signal(signal.SIGTERM)
                break
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.returncode != 0:
            self._put_back(job)

    def _put_back(self, job: Job) -> None:
        """A process that died left its job running: another one goes on with it, for some times."""
        try:
            with self._database.writing() as connection:
                if job.attempts < jobs.MAX_ATTEMPTS:
                    jobs.put_back(connection, job.id)
                else:
                    jobs.end(connection, job.id, JobState.FAILED, now(), error=jobs.HOPELESS)
        except VouchError:
            return  # its lease runs out

    def _environment(self) -> dict[str, str]:
        """What the process has to know; secrets go by the environment alone."""
        settings = self._settings
        told = {
            "VOUCH_HOME": str(settings.data_home.absolute()),
            "VOUCH_MODEL": settings.model,
            "VOUCH_BACKEND": settings.backend,
        }
        if settings.records_url is not None:
            told["VOUCH_RECORDS_URL"] = settings.records_url.get_secret_value()
        return {**os.environ, **told}
