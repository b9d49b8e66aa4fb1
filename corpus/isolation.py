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

    Use it as a context, and from one thread at a time; leaving the context ends a reading at once.
    """

    def __init__(self, limits: ReadingLimits = LIMITS, module: str = _MODULE) -> None:
        """A reader that keeps to `limits`; `module` is run to read, and speaks as `corpus.reader_process` does."""
        self._limits, self._module = limits, module
        self._process: _Process | None = None
        self._at_work = False

    def __enter__(self) -> Self:
        """Start the process, so that it is ready when the first file comes."""
        self._process = _Process(self._module, self._limits)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; a thread that reads finds it ended, and clears up after it."""
        if self._at_work and self._process is not None:
            self._process.kill()
        else:
            self._drop()

    def read(self, path: Path) -> Iterator[Document | BadRecord]:
        """What `corpus.reading.read` gives of `path`, from the other process.

        Where that process is lost over the file, what came before is kept and a `BadRecord` says why.

        Raises:
            UnreadableInput: nothing of the file can be read within the limits.
        """
        process = self._process or _Process(self._module, self._limits)
        self._process, self._at_work = process, True
        whole, count = False, 0
        try:
            for record in process.records(path):
                count += 1
                yield record
            whole = True
        except _LostProcessError as error:
            if not count:
                raise UnreadableInput(f"{path}: {error}") from error
            yield BadRecord(f"after record {count}", str(error))
        except UnreadableInput as error:
            whole = True
            if not count:
                raise
            yield BadRecord(f"after record {count}", str(error))
        finally:
            # Half of what it has to say would be taken for the start of the next file.
            if not whole or process.worn:
                self._drop()
            self._at_work = False

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
        self._ready, self._files = False, 0
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
            # An interrupt at the terminal is for us, who end it.
            process_group=0,
        )
        assert self._popen.stdin is not None
        assert self._popen.stdout is not None
        self._stdin, self._stdout = self._popen.stdin, self._popen.stdout
        self._poll = select.poll()
        self._poll.register(self._stdout, select.POLLIN | select.POLLHUP)

    @property
    def worn(self) -> bool:
        """Whether the next file should get a new one."""
        return self._files >= self._limits.files_a_process or self._popen.poll() is not None

    def records(self, path: Path) -> Iterator[Document | BadRecord]:
        """Ask for a file, and hand on what comes of it."""
        clock = _Clock(self._limits)
        if not self._ready:
            self._frame(_Clock(LIMITS))  # what starting takes is not the file's
            self._ready = True
        self._ask(path)
        while (frame := self._frame(clock)) is not None:
            record = _record(*frame)
            clock.count(record, len(frame[1]))
            yield record

    def kill(self) -> None:
        self._popen.kill()

    def end(self) -> None:
        self.kill()
        self._popen.wait()
        for pipe in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _ask(self, path: Path) -> None:
        self._files += 1
        given = os.fsencode(path).decode("utf-8", "surrogateescape")
        try:
            self._stdin.write(json.dumps(given).encode("ascii") + b"\n")
        except OSError as error:
            raise _LostProcessError(self._why_ended()) from error

    def _frame(self, clock: _Clock) -> tuple[bytes, bytes] | None:
        """Kind and body of the next frame; None at the end of the file."""
        clock.start()
        kind, size = HEADER.unpack(self._take(HEADER.size, clock))
        if size > self._limits.document_bytes:
            raise _LostProcessError(f"it holds a document of {size:,} bytes, too many for one; split it")
        body = self._take(size, clock)
        clock.stop()
        return None if kind == Kind.END.value else (kind, body)

    def _take(self, size: int, clock: _Clock) -> bytes:
        while len(self._buffer) < size:
            if not self._poll.poll(clock.left * 1000):
                raise _LostProcessError(clock.too_long)
            block = os.read(self._stdout.fileno(), _BLOCK)
            if not block:
                raise _LostProcessError(self._why_ended(clock))
            self._buffer += block
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _why_ended(self, clock: _Clock | None = None) -> str:
        code = self._popen.wait()
        if code == -signal.SIGXCPU and clock is not None:
            return clock.too_long
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        return f"{_CLOSED}, {how}; save it anew with another program, or leave it out"


class _Clock:
    """What one file has taken so far. Time in which nobody waits for the reader isn't counted."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._waited = self._since = 0.0
        self._documents = self._records = self._bytes = 0

    @property
    def left(self) -> float:
        """Seconds that the next record may still take."""
        waiting = time.monotonic() - self._since
        in_all = self._limits.seconds_for(self._documents) - self._waited
        return max(0.0, min(self._limits.seconds, in_all) - waiting)

    @property
    def too_long(self) -> str:
        return f"reading it takes more than {self._limits.seconds:g} s; split it or save it anew"

    def start(self) -> None:
        self._since = time.monotonic()

    def stop(self) -> None:
        self._waited += time.monotonic() - self._since

    def count(self, record: Document | BadRecord, size: int) -> None:
        """Count a record of so many bytes, and refuse one too many."""
        self._records += 1
        self._bytes += size
        self._documents += isinstance(record, Document)
        if self._records > self._limits.documents:
            raise _LostProcessError(f"it holds more than {self._limits.documents:,} documents; split it")
        if self._bytes > self._limits.file_bytes:
            raise _LostProcessError(f"it holds more than {self._limits.file_bytes:,} bytes of text; split it")


def _record(kind: bytes, body: bytes) -> Document | BadRecord:
    if kind == Kind.UNREADABLE.value:
        raise UnreadableInput(body.decode())
    if kind == Kind.WORN.value:
        raise _LostProcessError(body.decode())
    try:
        return received(kind, body)
    except ValueError as error:
        raise _LostProcessError(_CLOSED) from error


_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
