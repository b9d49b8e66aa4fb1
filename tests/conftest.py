"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data, by `VOUCH_SHARED`, else beside the project; without it the test is skipped."""
    given = os.environ.get("VOUCH_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} isn't there: set VOUCH_SHARED to the folder of shared data")
    return folder
