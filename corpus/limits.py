"""What reading one file may cost, in one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Ends to what a reader may take; a file that needs more is quarantined."""

    seconds: float = 60.0
    """Of waiting for the next document, and of processor time for it; a file of many documents may take longer."""
    memory: int = 2**30
    """Bytes beyond what the reading process has when it starts."""
    record_bytes: int = 256 * 2**20
    """Bytes of one document, as it is handed over."""
    files_open: int = 64


LIMITS = ReadingLimits()
