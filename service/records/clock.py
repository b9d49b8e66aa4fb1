"""Times as the records keep them."""

from __future__ import annotations

from datetime import UTC, datetime


def stamp(at: datetime) -> str:
    """A time in UTC to the microsecond; such texts sort as the times follow one another."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def now() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)
