"""Reading further on a second thread."""

from __future__ import annotations

import threading
from time import monotonic, sleep

import pytest

from indexes.read_ahead import read_ahead


def test_everything_comes_in_its_order():
    assert list(read_ahead(range(200), lambda n: n * 2, lambda _: 1, 3)) == list(range(0, 400, 2))


def test_no_more_is_made_ahead_than_is_allowed():
    made = []

    def make(number):
        made.append(number)
        return number

    ahead = read_ahead(range(100), make, lambda _: 1, 3)
    next(ahead)
    settle(lambda: len(made) >= 5)

    # One was taken, three wait, and one more is made before the second thread sees that it must wait.
    assert len(made) == 5
    ahead.close()


def test_what_is_heavier_than_allowed_still_comes():
    assert list(read_ahead([1, 2], lambda n: n, lambda _: 1000, 3)) == [1, 2]


def test_a_fault_is_raised_after_what_came_before_it():
    taken = []

    with pytest.raises(ZeroDivisionError):
        taken.extend(read_ahead([1, 0, 2], lambda n: taken.append(n) or 1 // n, lambda _: 1, 9))


def test_closing_ends_the_second_thread():
    ahead = read_ahead(range(10**9), lambda n: n, lambda _: 1, 3)
    next(ahead)

    ahead.close()

    settle(lambda: not reading())
    assert not reading()


def reading():
    return [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


def settle(reached):
    """Wait until something holds, and a little longer, so that more would have come."""
    end = monotonic() + 5
    while not reached() and monotonic() < end:
        sleep(0.01)
    sleep(0.1)
