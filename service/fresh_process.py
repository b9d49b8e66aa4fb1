"""A module of ours run in a process of its own, so that what it measures is its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from rag.errors import LibraryProblem

_PROJECT = Path(__file__).resolve().parents[1]


def printed_by(module: str, *arguments: str) -> dict[str, Any]:
    """The JSON object in the last line that `python -m module arguments` prints.

    Raises:
        LibraryProblem: it failed; with the end of what it said.
    """
    done = subprocess.run(  # noqa: S603  # our own module
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
        cwd=_PROJECT,
    )
    if done.returncode:
        raise LibraryProblem(f"measuring by {module} failed: {done.stderr.strip()[-500:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
