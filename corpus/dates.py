"""Publication dates as sources write them, with no more precision than they have."""

from __future__ import annotations

import re
from datetime import date

from rag.types import PublicationDate

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?")


def publication_date(year: str, month: str | None = None, day: str | None = None) -> PublicationDate:
    """A date of its parts; a month or day that can't be is left out, for the year still holds.

    Args:
        year: four digits.
        month: a number, or a name such as `Jul` or `Apr-Jun`, of which the first counts.
        day: a number.

    Raises:
        ValueError: `year` is no year.
    """
    if not _YEAR.fullmatch(year.strip()):
        raise ValueError(f"year {year.strip()!r} is no year of four digits")
    known_month = _month(month or "")
    known_day = int(day) if known_month and day and re.fullmatch(r"\s*[0-9]{1,2}\s*", day) else None
    if known_day is not None and not _exists(int(year), known_month, known_day):
        known_day = None
    return PublicationDate(int(year), known_month, known_day)


def free_date(text: str) -> PublicationDate | None:
    """The first year, and month where named, of a date in words: `1998 Dec-1999 Jan`, `2000 Spring`."""
    year = _YEAR.search(text)
    return publication_date(year[1], text) if year else None


def iso_date(text: str) -> PublicationDate:
    """`2019`, `2019-03` or `2019-03-07`, a time of day left off.

    Raises:
        ValueError: it is none of these, or no day of the calendar.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"date {text.strip()!r} isn't written as 2019, 2019-03 or 2019-03-07")
    published = publication_date(*found.groups())
    if str(published).count("-") != sum(part is not None for part in found.groups()) - 1:
        raise ValueError(f"date {text.strip()!r} is not in the calendar")
    return published


def _month(text: str) -> int | None:
    if re.fullmatch(r"\s*[0-9]{1,2}\s*", text):
        return int(text) if 1 <= int(text) <= 12 else None
    name = _MONTH_NAME.search(text)
    return _MONTHS.index(name[1].lower()) + 1 if name else None


def _exists(year: int, month: int | None, day: int) -> bool:
    try:
        date(year, month or 1, day)
    except ValueError:
        return False
    return True
