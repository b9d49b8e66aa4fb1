"""The process that reads files, one after the other, within limits: `python -m corpus.reader_process`.

Each line on standard input is a path in JSON; what is read goes out in frames of `corpus.wire`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeAlias

from corpus.limits import LIMITS, ReadingLimits
from corpus.quarantine import BadRecord
from corpus.reader_guard import confine, end_at, processor_seconds
from corpus.reading import read
from corpus.wire import Kind, send, send_frame
from rag.errors import UnreadableInput
from rag.types import Document

Read: TypeAlias = Callable[[Path], Iterator[Document | BadRecord]]


def main() -> None:
    """Read what is asked for."""
    serve(read)


def serve(read: Read) -> None:
    """Answer the paths on standard input by what `read` gives of them, until there are no more."""
    out = _own_output()
    limits = ReadingLimits(**json.loads(sys.argv[1])) if len(sys.argv) > 1 else LIMITS
    confine(limits)
    send_frame(out, Kind.READY)
    for line in sys.stdin.buffer:
        path = Path(os.fsdecode(json.loads(line).encode("utf-8", "surrogateescape")))
        _answer(path, read, out, limits)


def _own_output() -> IO[bytes]:
    """Standard output for the frames alone: what a library prints would break them."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return out


def _answer(path: Path, read: Read, out: IO[bytes], limits: ReadingLimits) -> None:
    begun, documents = processor_seconds(), 0
    try:
        end_at(begun + limits.seconds)
        for record in read(path):
            send(out, record)
            documents += isinstance(record, Document)
            now = processor_seconds()
            end_at(min(now + limits.seconds, begun + limits.seconds_for(documents)))
    except UnreadableInput as error:
        _refuse(out, str(error))
    except MemoryError:
        _refuse(out, f"reading it takes more than {limits.memory / 2**30:g} GiB of memory", Kind.WORN)
    except (Exception, RecursionError) as error:  # noqa: BLE001  # a fault of a reader costs only this file
        _refuse(out, f"reading it failed: {type(error).__name__}: {error}", Kind.WORN)
    else:
        send_frame(out, Kind.END)


def _refuse(out: IO[bytes], reason: str, kind: Kind = Kind.UNREADABLE) -> None:
    send_frame(out, kind, reason.encode("utf-8", "backslashreplace"))


if __name__ == "__main__":
    main()
