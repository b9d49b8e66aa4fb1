"""Reading files in a process of its own, so that a bad one can cost no more than itself."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

import corpus
from corpus.limits import LIMITS, ReadingLimits
from corpus.quarantine import BadRecord
from corpus.wire import HEADER, Kind, received
from rag.errors import UnreadableInput
from rag.types import Document

_BLOCK = 2**20
_CLOSED = "reading it ended the process that reads"
_MODULE = "corpus.reader_process"


class IsolatedReader:
    """Reads files in one process after the other: a new one only where the last was lost.

    Use it as a context, and from one thread at a time.
    """

    def __init__(self, limits: ReadingLimits = LIMITS, module: str = _MODULE) -> None:
        """A reader that keeps to `limits`; `module` is run to read, and speaks as `corpus.reader_process` does."""
        self._limits, self._module = limits, module
        self._process: _Process | None = None

    def __enter__(self) -> Self:
        """Start the process, so that it is ready when the first file comes."""
        self._process = _Process(self._module, self._limits)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._drop()

    def read(self, path: Path) -> Iterator[Document | BadRecord]:
        """What `corpus.reading.read` gives of `path`, from the other process.

        Where that process is lost over the file, what came before is kept and a `BadRecord` says why.

        Raises:
            UnreadableInput: nothing of the file can be read within the limits.
        """
        process = self._process or _Process(self._module, self._limits)
        self._process, whole, count = process, False, 0
        try:
            process.ask(path)
            while (record := process.next_record()) is not None:
                count += 1
                yield record
            whole = True
        except _LostProcessError as error:
            if not count:
                raise UnreadableInput(f"{path}: {error}") from error
            yield BadRecord(f"after record {count}", str(error))
        except UnreadableInput:
            whole = True
            raise
        finally:
            # Half of what it has to say would be taken for the start of the next file.
            if not whole or process.spent:
                self._drop()

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _LostProcessError(Exception):
    """The process can't go on with the file; the message says why."""


class _Process:
    """The other process and its two pipes."""

    def __init__(self, module: str, limits: ReadingLimits) -> None:
        self._limits = limits
        self._buffer = bytearray()
        self.spent = False
        # Nothing of our environment: a reader has no use for keys and settings.
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join([str(Path(str(corpus.__file__)).parents[1]), *sys.path])
        self._popen = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", module, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
        )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._stdin, self._stdout = self._popen.stdin, self._popen.stdout
        self._poll = select.poll()
        self._poll.register(self._stdout, select.POLLIN | select.POLLHUP)

    def ask(self, path: Path) -> None:
        given = os.fsencode(path).decode("utf-8", "surrogateescape")
        try:
            self._stdin.write(json.dumps(given).encode("ascii") + b"\n")
        except OSError as error:
            raise _LostProcessError(self._why_ended()) from error

    def next_record(self) -> Document | BadRecord | None:
        """The next record; None at the end of the file."""
        deadline = time.monotonic() + self._limits.seconds
        kind, size = HEADER.unpack(self._take(HEADER.size, deadline))
        if size > self._limits.record_bytes:
            raise _LostProcessError(f"it holds a document of {size:,} bytes, too many for one")
        body = self._take(size, deadline)
        if kind == Kind.END.value:
            return None
        if kind in {Kind.UNREADABLE.value, Kind.LAST.value}:
            self.spent = kind == Kind.LAST.value
            raise UnreadableInput(body.decode())
        try:
            return received(kind, body)
        except ValueError as error:
            raise _LostProcessError(_CLOSED) from error

    def end(self) -> None:
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _take(self, size: int, deadline: float) -> bytes:
        while len(self._buffer) < size:
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                raise _LostProcessError(self._too_long())
            block = os.read(self._stdout.fileno(), _BLOCK)
            if not block:
                raise _LostProcessError(self._why_ended())
            self._buffer += block
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _too_long(self) -> str:
        return f"reading it takes more than {self._limits.seconds:g} s; split it or save it anew"

    def _why_ended(self) -> str:
        code = self._popen.wait()
        if code == -signal.SIGXCPU:
            return self._too_long()
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        return f"{_CLOSED}, {how}; save it anew with another program, or leave it out"


_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
