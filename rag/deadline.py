"""The one deadline of a request, by a clock that only goes forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Protocol, TypeVar, runtime_checkable

T = TypeVar("T")
P = TypeVar("P")


class Late(Exception):
    """The deadline has passed; told to whoever waited, and turned into one of our errors there."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment that all calls of one request share."""

    at: float
    """Seconds of `time.monotonic`."""

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The moment in so many seconds from now."""
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Seconds from now; 0 where it has passed."""
        return max(0.0, self.at - monotonic())

    def run(self, work: Callable[[], T], give_up: Callable[[], None]) -> T:
        """What `work` returns or raises, or `Late` at the deadline whatever it is waiting for.

        It runs on a thread of its own: the timeout of a client is one for each read, and a server that
        sends a byte at a time never meets it. At the deadline `give_up` is called, which closes what the
        thread waits for, so that it ends soon after.

        Raises:
            Late: it wasn't done in time.
        """
        ended: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def worked() -> None:
            try:
                ended.put((work(), None))
            except BaseException as error:  # noqa: BLE001  # whatever it is, it is raised again where it is waited for
                ended.put((None, error))

        Thread(target=worked, name="model call", daemon=True).start()
        try:
            result, error = ended.get(timeout=max(self.left(), 0.001))
        except Empty:
            give_up()
            raise Late from None
        if error is not None:
            raise error
        return result  # type: ignore[return-value]  # None only where the work returned it


@runtime_checkable
class Timed(Protocol):
    """A part that can be held to a deadline."""

    def within(self, deadline: Deadline) -> Timed:
        """The same part, done with or given up by `deadline`."""


def in_time(part: P, deadline: Deadline) -> P:
    """`part` held to `deadline`, where it is one that can take long."""
    return part.within(deadline) if isinstance(part, Timed) else part  # type: ignore[return-value]  # the same kind
