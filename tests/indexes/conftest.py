"""A library of its own for every test."""

from __future__ import annotations

import pytest

from indexes.library import Library


@pytest.fixture
def library(tmp_path):
    """A library in which nothing was written yet."""
    return Library(tmp_path / "home" / "library")
