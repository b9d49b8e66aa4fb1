"""When: the time words of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LATEST = re.compile(
    r"\b(?:current(?:ly)?|latest|newest|most recent|recent|up[- ]to[- ]date|still|nowadays|today|state[- ]of[- ]the[- ]art"
    r"|(?:last|past) (?:few|two|three|four|five|ten|\d+) years)\b",
    re.IGNORECASE,
)
_Y = r"(?:19|20)\d{2}"
_YEAR = re.compile(
    rf"\b{_Y}\b(?!\s?(?:m?g|mcg|ml|iu|units?|kcal|people|patients|participants|women|men|children|cases)\b)"
)
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?"
_RANGE = re.compile(
    rf"\b(?:between |from )?({_Y})(?: ?[-–] ?| (?:to|until|through) )({_Y})\b|\bbetween ({_Y}) and ({_Y})\b",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\b((?:19|20)\d)0s\b")
_SINCE = re.compile(
    rf"\b(since|after|later than|newer than|from)\s(?:the year )?{_MONTH}({_Y})\b(?!\s?(?:-|–|to ))",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"\b(before|prior to|by|until|till|up to|as of|older than)\s(?:the (?:end of|year) )?{_MONTH}({_Y})\b",
    re.IGNORECASE,
)
_EXCLUSIVE = frozenset({"after", "later than", "newer than", "before", "prior to", "older than"})


@dataclass(frozen=True, slots=True)
class When:
    """The time that a question speaks of."""

    latest: bool = False
    """It asks for what is known now."""
    years: tuple[int, ...] = ()
    """Single years and editions that it names, in order."""
    since: int | None = None
    """The first year that it asks for."""
    until: int | None = None
    """The last year that it asks for."""


def when(text: str) -> When:
    """The time words of a question; amounts such as 2000 mg are no years."""
    latest, plain = bool(_LATEST.search(text)), text
    since = until = None
    if found := _RANGE.search(plain):
        since, until = sorted(int(year) for year in found.groups() if year)
    elif found := _DECADE.search(plain):
        since, until = int(found[1]) * 10, int(found[1]) * 10 + 9
    else:
        if found := _SINCE.search(plain):
            since = int(found[2]) + (found[1].lower() in _EXCLUSIVE)
            plain = plain.replace(found[0], " ")
        if found := _UNTIL.search(plain):
            until = int(found[2]) - (found[1].lower() in _EXCLUSIVE)
            plain = plain.replace(found[0], " ")
        return When(latest, _years(plain), since, until)
    return When(latest, _years(plain.replace(found[0], " ")), since, until)


def _years(text: str) -> tuple[int, ...]:
    return tuple(int(year) for year in dict.fromkeys(_YEAR.findall(text)))
