"""Ends for the process that reads files: set by the system, and by Python before it does anything."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any

from corpus.limits import ReadingLimits

try:
    import resource
except ImportError:  # a system without such limits: the parent's clock still holds
    resource = None  # type: ignore[assignment]

_NEVER = frozenset(
    """
    os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile os.system pty.spawn subprocess.Popen
    socket.bind socket.connect socket.getaddrinfo socket.gethostbyname socket.sendmsg socket.sendto
    os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.symlink os.truncate shutil.rmtree
    """.split()
)


def confine(limits: ReadingLimits) -> None:
    """Take from this process what no reader needs: memory without end, the network, other programs, writing."""
    if resource is not None:
        _set(resource.RLIMIT_CORE, 0)
        _set(resource.RLIMIT_FSIZE, 0)
        _set(resource.RLIMIT_NOFILE, limits.files_open)
        _set(resource.RLIMIT_AS, _size() + limits.memory)
    sys.addaudithook(_refuse)


def processor_seconds() -> float:
    """What this process has used of the processor since it began."""
    if resource is None:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def end_at(seconds: float) -> None:
    """Have the system end this process when it has used so many seconds of the processor."""
    if resource is not None:
        _set(resource.RLIMIT_CPU, int(seconds) + 1)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in _NEVER:
        raise PermissionError(f"a reader may not do {event}")


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
