"""A life of a library that nothing disturbs, and a source of processes that are disturbed."""

from __future__ import annotations

import pytest
from trials import Course
from victims import victims


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """What a small library holds and answers before and after each action."""
    return Course(tmp_path_factory.mktemp("course")).run()


@pytest.fixture(scope="session")
def large_course(tmp_path_factory):
    """The same of a library that counts as large."""
    return Course(tmp_path_factory.mktemp("large"), large=True).run()


@pytest.fixture(scope="session")
def source():
    """Makes victims."""
    with victims() as made:
        yield made
