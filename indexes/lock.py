"""The writer's lock: one writer at a time on a library."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import LibraryLocked, LibraryProblem

_LOCK = "writer.lock"
_HOLDER = "writer.json"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of the library in `folder`; the system frees it when the process dies.

    Raises:
        LibraryLocked: another writer holds it; the message names it.
        LibraryProblem: the folder can't be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryLocked(
            f"the library {folder} is being written by {_holder(folder)}; wait until it has finished, "
            "then try again"
        ) from error
    except OSError as error:
        raise LibraryProblem(
            f"the library {folder} can't be written: {error.strerror or error}; "
            "give write permission or choose another folder with VOUCH_HOME"
        ) from error
    try:
        # The signature is for messages alone: a disk that can't take it must not hide what the batch says of the disk.
        with suppress(OSError):
            _sign(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(folder: Path) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    signature = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    (folder / _HOLDER).write_text(json.dumps(signature), encoding="utf-8")


def _holder(folder: Path) -> str:
    try:
        signature = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f"process {signature['pid']} on {signature['host']} since {signature['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
