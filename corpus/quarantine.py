"""What couldn't be read, and why: it is reported, never dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadRecord:
    """One record of a file that can't be used; the others of the file can."""

    where: str
    """Its place in the file, as in `record 12, PMID 993` or `line 7`."""
    reason: str
