"""A batch that ends at a durable step, at a moment of a kill's choosing, or in an error of the disk."""

from __future__ import annotations

import pytest
from batches import ACTIONS
from trials import disturbed, judged, killed, steps, struck
from victims import told

EXITED = 9


def test_the_steps_that_make_a_generation_are_seen(course, source):
    """Else the tests below would stop a batch nowhere."""
    seen = steps(course, source, "update")

    assert seen[-1] == "os.remove writer.json"
    assert seen.index("os.rename caches/2") < seen.index("fsync caches") < len(seen) - 2
    assert {"sql BEGIN IMMEDIATE", "sql COMMIT"} <= set(seen)


@pytest.mark.parametrize(("action", "every"), [("update", 2), *[(action, 7) for action in ACTIONS]])
def test_an_exit_before_a_durable_step_loses_nothing_and_mixes_nothing(course, source, action, every):
    count = len(steps(course, source, action))

    found = {at: struck(course, source, (action,), fault="exit", at=at) for at in range(1, count + 1, every)}

    assert {status for status, _ in found.values()} == {EXITED}
    assert _faults(found) == {}


def test_an_exit_in_a_batch_on_a_large_library_is_as_harmless(large_course, source):
    count = len(steps(large_course, source, "update"))

    found = {
        at: struck(large_course, source, ("update",), fault="exit", at=at) for at in range(2, count + 1, 8)
    }

    assert _faults(found) == {}


def test_half_a_file_that_was_not_yet_durable_is_never_trusted(course, source):
    syncs = [at for at, step in enumerate(steps(course, source, "update"), 1) if step.startswith("fsync")]

    found = {at: struck(course, source, ("update",), fault="torn", at=at) for at in syncs[::3]}

    assert _faults(found) == {}


def test_a_kill_at_any_moment_loses_nothing_and_mixes_nothing(course, source):
    found = {seed: killed(course, source, seed) for seed in range(12)}

    assert {-9} <= {status for status, _ in found.values()} <= {-9, 0}
    assert _faults(found) == {}


@pytest.mark.parametrize("fault", ["ENOSPC", "EIO"])
def test_an_error_of_the_disk_leaves_the_generation_and_says_so(course, source, fault):
    count = len(steps(course, source, "update"))

    found = {
        at: struck(course, source, ("update",), fault=fault, at=at, lasting=True)
        for at in range(3, count + 1, 9)
    }

    assert {status for status, _ in found.values()} <= {0, 3}
    assert _faults(found) == {}


def test_a_file_that_grows_too_large_for_the_disk_leaves_the_generation_and_says_so(course, source):
    library = disturbed(course, "update")
    telling = course.folder / "trial" / "told"

    for largest in (10_000, 20_000, 100_000):
        status = source.run(_job(course, library, telling, largest))
        assert (largest, status) == (largest, 3)
        assert "check free disk space" in told(telling)[-1]

    assert judged(course, library, ("update",), 0).faults == ()


def _job(course, library, telling, largest):
    from trials import job

    return job(course, library, ("update",), telling, largest_file=largest)


def _faults(found):
    return {at: verdict.faults for at, (_, verdict) in found.items() if verdict.faults}
