"""Reading further on one thread while another works on what was read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from threading import Condition, Thread
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def read_ahead(
    items: Iterable[Given], make: Callable[[Given], Made], weight: Callable[[Made], int], most: int
) -> Generator[Made, None, None]:
    """`make(item)` for each of `items`, in order, made on a second thread ahead of their use.

    Args:
        items: taken on the second thread.
        make: called on the second thread; what it raises is raised here in its turn.
        weight: of what was made, in any unit.
        most: the second thread waits while what is unused weighs as much.
    """
    ahead = _Ahead(weight, most)
    thread = Thread(target=ahead.fill, args=(items, make), name="read-ahead", daemon=True)
    thread.start()
    try:
        yield from ahead.taken()
    finally:
        # Not joined: it may be in the midst of a long one that nobody wants any more.
        ahead.stop()


class _Ahead(Generic[Made]):
    """What was made and not yet used."""

    def __init__(self, weight: Callable[[Made], int], most: int) -> None:
        self._weight, self._most = weight, most
        self._changed = Condition()
        self._made: deque[tuple[Made, int]] = deque()
        self._held = 0
        self._stopped = self._finished = False
        self._error: BaseException | None = None

    def fill(self, items: Iterable[Given], make: Callable[[Given], Made]) -> None:
        try:
            for item in items:
                if not self._put(make(item)):
                    return
        except BaseException as error:  # noqa: BLE001  # it is raised where the results are used
            self._error = error
        finally:
            with self._changed:
                self._finished = True
                self._changed.notify_all()

    def taken(self) -> Iterator[Made]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._made or self._finished)
                if not self._made:
                    break
                made, weight = self._made.popleft()
                self._held -= weight
                self._changed.notify_all()
            yield made
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _put(self, made: Made) -> bool:
        weight = self._weight(made)
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._held < self._most)
            if self._stopped:
                return False
            self._made.append((made, weight))
            self._held += weight
            self._changed.notify_all()
        return True
