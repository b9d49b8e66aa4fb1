"""The durable steps of a batch, seen from inside: where it may be stopped, or told that the disk has failed.

A durable step is what another process or a later run can see: a file opened for writing, a file or
folder made, linked, renamed or removed, an fsync, the start and the commit of a transaction. Python
tells of the first by audit events; SQLite's statements and fsync are listened to.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

OnStep: TypeAlias = Callable[[str, str], None]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
_STATEMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "CREATE", "PRAGMA")


def listen(folder: Path, on_step: OnStep) -> None:
    """Call `on_step(kind, path)` before each durable step below `folder`; for the life of this process.

    What `on_step` raises is raised where the step would have been done, except before a statement of
    SQLite, which can't be refused from here.
    """
    below = f"{folder}{os.sep}"

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        path = _changed_path(event, arguments)
        if path is not None and path.startswith(below):
            on_step(event, path[len(below) :])

    sys.addaudithook(audited)
    _listen_to_fsync(below, on_step)
    _listen_to_statements(on_step)


def _changed_path(event: str, arguments: tuple[object, ...]) -> str | None:
    """The path that an event is about to change; None where it changes none."""
    match event:
        case "open":
            flags = arguments[2]
            changes = isinstance(flags, int) and flags & _WRITING
            target = arguments[0] if changes else None
        case "os.rename" | "os.link" | "os.symlink":
            target = arguments[1]
        case "os.mkdir" | "os.remove" | "os.rmdir" | "os.truncate":
            target = arguments[0]
        case _:
            target = None
    if not isinstance(target, str | bytes | os.PathLike):
        return None
    return os.path.abspath(os.fsdecode(target))  # noqa: PTH100  # a link itself is meant, not what it leads to


def _listen_to_statements(on_step: OnStep) -> None:
    real = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = real(*arguments, **options)

        def traced(statement: str) -> None:
            # Outside a transaction each statement that writes is durable by itself.
            alone = statement.startswith(_WRITES) and not connection.in_transaction
            if alone or (statement.startswith(_STATEMENTS) and "DEFERRED" not in statement):
                on_step("sql", " ".join(statement.split()[:3]))

        connection.set_trace_callback(traced)
        return connection

    sqlite3.connect = connect


def _listen_to_fsync(below: str, on_step: OnStep) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        path = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        if f"{path}/".startswith(below):
            on_step("fsync", path[len(below) :])
        real(descriptor)

    os.fsync = fsync
