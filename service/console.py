"""Where output goes: results to standard output, messages and progress to standard error."""

from __future__ import annotations

import sys

from rich.console import Console


def results() -> Console:
    """A console for results; plain text unless standard output is a terminal and NO_COLOR is unset."""
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def messages() -> Console:
    """A console for messages and progress, on standard error."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)
