"""What reading one file may cost, in one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Ends to what a reader may take; a file that needs more is quarantined, or kept as far as it was read."""

    seconds: float = 60.0
    """Of waiting and of processor time, before the first document and between two."""
    seconds_a_document: float = 10.0
    """What each document adds to the time that its file may take in all, so that large files can be read."""
    memory: int = 2**30
    """Bytes beyond what the reading process has when it starts."""
    document_bytes: int = 256 * 2**20
    """Of one document, as it is handed over."""
    file_bytes: int = 2**30
    """Of all documents of a file, for they become one generation."""
    documents: int = 1_000_000
    """Documents and bad records of one file."""
    files_open: int = 64
    files_a_process: int = 500
    """Then a new one takes over, so that what libraries forget to give back doesn't add up."""

    def seconds_for(self, documents: int) -> float:
        """What a file may take that gave so many documents."""
        return self.seconds + self.seconds_a_document * documents


LIMITS = ReadingLimits()
