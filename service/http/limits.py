"""How often and how many at once a caller may ask."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.http.access import Caller, Means
from service.http.problems import Problem

_KEPT = 10_000  # callers that are remembered


@dataclass(slots=True)
class _Use:
    left: float
    at: float
    running: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """A bucket of requests for each key that fills again evenly, and so many requests at once.

    Whoever is at this computer is held by the queue alone.
    """

    per_minute: int = 600
    at_once: int = 16
    now: Callable[[], float] = field(default=time.monotonic)
    _uses: dict[str, _Use] = field(default_factory=dict)

    @contextmanager
    def of(self, caller: Caller | None) -> Iterator[None]:
        """Count a request of `caller` while it lasts.

        Raises:
            Problem: there were too many; says when to try again.
        """
        if caller is None or caller.means is Means.OPEN:
            yield
            return
        use = self._use(caller.id)
        if use.running >= self.at_once:
            raise Problem(
                429,
                f"{self.at_once} requests of this key run already; wait for one to end",
                kind="rate",
                retry_after=1,
            )
        if use.left < 1:
            wait = math.ceil((1 - use.left) * 60 / self.per_minute)
            raise Problem(
                429,
                f"more than {self.per_minute} requests a minute; slow down",
                kind="rate",
                retry_after=wait,
            )
        use.left -= 1
        use.running += 1
        try:
            yield
        finally:
            use.running -= 1

    def _use(self, key: str) -> _Use:
        now = self.now()
        use = self._uses.get(key)
        if use is None:
            if len(self._uses) >= _KEPT:
                for idle in [name for name, one in self._uses.items() if not one.running]:
                    del self._uses[idle]
            use = self._uses[key] = _Use(self.per_minute, now)
        use.left = min(self.per_minute, use.left + (now - use.at) * self.per_minute / 60)
        use.at = now
        return use
