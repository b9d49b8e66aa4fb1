"""Processes that run a batch to be stopped in it: forked off one that has loaded the libraries already.

Run as a script it is that process: it reads jobs as lines of JSON, forks a child for each, and tells
its exit status. No job runs in itself, so that no thread of a library is lost at a fork.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """What a victim does, and what is to befall it at a durable step."""

    library: str
    inputs: str
    actions: tuple[str, ...]
    told: str
    """A file to which a line is added for each action that has ended, and for each step if asked."""
    fault: str = ""
    """`exit` before the step, `torn`: the same with half of the file lost that was to be made durable,
    an error's name (`ENOSPC`, `EIO`, `EROFS`) to raise in its place, `list` to tell the steps."""
    at: int = 0
    """Number of the step, from 1."""
    lasting: bool = False
    """Whether an error meets every later step too."""
    killed_after: float | None = None
    """Seconds until kill -9; no kill where it has ended by then."""
    large: bool = False
    """Whether the library counts as large, with lists and what lies beside them."""
    largest_file: int | None = None
    """Bytes that no file may exceed, as on a disk that is full."""


class Victims:
    """A source of victims, one at a time."""

    def __init__(self) -> None:
        command = [sys.executable, str(Path(__file__))]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, job: Job) -> int:
        """Run a job to its end, whatever that is: its exit code, or the negative number of what killed it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(asdict(job))}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process that makes victims has ended")
        return int(line)

    def close(self) -> None:
        """End the process that makes victims."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


@contextmanager
def victims() -> Iterator[Victims]:
    """A source of victims that is closed at the end."""
    source = Victims()
    try:
        yield source
    finally:
        source.close()


def told(path: Path) -> list[str]:
    """The lines that a job told before its end."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _serve() -> None:
    for name in ("faiss", "tantivy", "batches", "indexes.caches", "indexes.vectors"):  # all that a job needs
        import_module(name)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    for line in sys.stdin:
        job = Job(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            _be_a_victim(job)
        if job.killed_after is not None and not signal.sigtimedwait([signal.SIGCHLD], job.killed_after):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        signal.sigtimedwait([signal.SIGCHLD], 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _be_a_victim(job: Job) -> None:
    from rag.errors import VouchError

    code = 0
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        _do(job)
    except VouchError as error:
        _append(job.told, f"error {type(error).__name__}: {error}")
        code = error.exit_code
    except BaseException:  # noqa: BLE001  # the parent is told
        _append(job.told, traceback.format_exc())
        code = 70
    os._exit(code)


def _do(job: Job) -> None:
    import resource

    from batches import counted_as, run_action
    from durable_steps import listen

    from indexes.library import Library

    if job.fault:
        listen(Path(job.library), Fault(job))
    if job.largest_file is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # so that a write fails, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (job.largest_file, job.largest_file))
    with counted_as(large=job.large):
        for action in job.actions:
            run_action(action, Library(Path(job.library)), Path(job.inputs))
            _append(job.told, f"done {action}")


class Fault:
    """Counts the durable steps and does at one of them what its job says."""

    def __init__(self, job: Job) -> None:
        self._job, self._count = job, 0

    def __call__(self, kind: str, path: str) -> None:
        """Before step `kind` on `path`."""
        job = self._job
        self._count += 1
        if job.fault == "list":
            _append(job.told, f"step {self._count} {kind} {path}")
        elif self._count == job.at and job.fault in {"exit", "torn"}:
            if job.fault == "torn" and kind == "fsync":
                _lose_half(Path(job.library) / path)
            os._exit(9)
        elif self._count == job.at or (job.lasting and self._count > job.at > 0):
            import errno

            number = getattr(errno, job.fault)
            raise OSError(number, os.strerror(number), path)


def _lose_half(path: Path) -> None:
    """What was written and not yet made durable may be lost; what a link shares was made durable before."""
    if path.is_file() and path.stat().st_nlink == 1:
        os.truncate(path, path.stat().st_size // 2)


def _append(path: str, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    _serve()
