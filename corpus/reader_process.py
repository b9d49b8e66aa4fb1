"""The process that reads files, one after the other, within limits: `python -m corpus.reader_process`.

Each line on standard input is a path in JSON; what is read goes out in frames of `corpus.wire`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import IO

from corpus.limits import LIMITS, ReadingLimits
from corpus.reading import read
from corpus.wire import Kind, send, send_frame
from rag.errors import UnreadableInput

try:
    import resource
except ImportError:  # a system without such limits: the parent's clock still holds
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Serve until standard input ends."""
    out = _own_output()
    limits = ReadingLimits(**json.loads(sys.argv[1])) if len(sys.argv) > 1 else LIMITS
    _limit(limits)
    for line in sys.stdin.buffer:
        _serve(Path(os.fsdecode(json.loads(line).encode("utf-8", "surrogateescape"))), out, limits)


def _own_output() -> IO[bytes]:
    """Standard output for the frames alone: what a library prints would break them."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return out


def _serve(path: Path, out: IO[bytes], limits: ReadingLimits) -> None:
    try:
        _more_time(limits)
        for record in read(path):
            send(out, record)
            _more_time(limits)
    except UnreadableInput as error:
        _refuse(out, str(error))
    except MemoryError:
        # What is left of the memory is in pieces: the next file gets a new process.
        _refuse(out, f"reading it takes more than {limits.memory // 2**20:,} MiB of memory", Kind.LAST)
        sys.exit(1)
    except (Exception, RecursionError) as error:  # noqa: BLE001  # a fault of a reader costs only this file
        _refuse(out, f"reading it failed: {type(error).__name__}: {error}")
    else:
        send_frame(out, Kind.END)


def _refuse(out: IO[bytes], reason: str, kind: Kind = Kind.UNREADABLE) -> None:
    send_frame(out, kind, reason.encode("utf-8", "backslashreplace"))


def _limit(limits: ReadingLimits) -> None:
    if resource is None:
        return
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_NOFILE, limits.files_open)
    _set(resource.RLIMIT_AS, _size() + limits.memory)


def _set(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # what a system doesn't limit, the parent's clock does
        resource.setrlimit(what, (least, hard))


def _size() -> int:
    """Bytes of address space of this process."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return 2**30
    return pages * resource.getpagesize()


def _more_time(limits: ReadingLimits) -> None:
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + limits.seconds) + 1)


if __name__ == "__main__":
    main()
