"""How many people a study had, where its abstract says so in words that leave no doubt."""

from __future__ import annotations

import re
from typing import NamedTuple

_COUNT = r"(\d{1,3}(?:[,\u2009\u00a0 ]\d{3})+|\d+)(?![\d.–-])"
_PEOPLE = (
    r"(?:patients|participants|people|persons|adults|women|men|children|infants|neonates|subjects|individuals"
    r"|volunteers|cases|residents|veterans|survivors|recipients|outpatients|inpatients|households)"
)
_WORDS = r"(?:(?!(?:and|or|of|in|on|to|by|for|from|with|groups?|years?|days?|weeks?|months?)\b)[A-Za-z][\w-]*,? ){0,4}?"
_ENROLLED = r"(?:enrolled|randomi[sz]ed|included|recruited|analy[sz]ed|assigned|studied|identified|reviewed|evaluated)"

_STEMS_OF_PEOPLE = tuple(
    """patients participants people persons adults women men children infants neonates subjects individuals
    volunteers cases residents veterans survivors recipients households""".split()
)
"""What words of `_PEOPLE` hold, `outpatients` for one; an abstract without any of them names no number of people."""


class _Cue(NamedTuple):
    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    """Of which a text that the pattern fits holds at least one, in lower case; told far faster than by the pattern."""


# From the most to the least certain; the first that is found counts, however many others follow.
_CUES = tuple(
    _Cue(re.compile(pattern, re.IGNORECASE), tuple(stems.split("|")))
    for pattern, stems in (
        (rf"\ba total of {_COUNT} {_WORDS}{_PEOPLE}\b", "a total of "),
        (
            rf"\b(?:we )?(?:randomly assigned|randomi[sz]ed|enrolled|recruited|included) {_COUNT} {_WORDS}{_PEOPLE}\b",
            "assigned |randomised |randomized |enrolled |recruited |included ",
        ),
        (
            rf"(?<![\d./] )(?<![\d./]){_COUNT} {_WORDS}{_PEOPLE} (?:[^.\d]{{0,40}} )?(?:were|was|underwent) (?:\w+ )?{_ENROLLED}\b",
            "enrolled|randomised|randomized|included|recruited|analysed|analyzed|assigned|studied|identified|reviewed|evaluated",
        ),
        (
            rf"\b(?:trials?|studies|cohort|study|analysis|review|registry) (?:\w+ ){{0,3}}(?:of|with|involving|including|comprising|in) {_COUNT} {_WORDS}{_PEOPLE}\b",
            "trial|studies |study |cohort |analysis |review |registry ",
        ),
    )
)
# Counts only where the abstract has no second number of people, such as that of an arm.
_COUNT_BEFORE = rf"(?<![\d./–-]){_COUNT} {_WORDS}{_PEOPLE}\b"
_ANY_COUNT = (
    _Cue(re.compile(rf"{_COUNT_BEFORE}|\b{_PEOPLE} \(n ?= ?{_COUNT}\)", re.IGNORECASE), ("(n",)),
    _Cue(re.compile(_COUNT_BEFORE, re.IGNORECASE), ("",)),
)
_A_RATE = re.compile(r"(?:\bper|\d of|\bout of|/|%|\bevery)\s*$", re.IGNORECASE)
# The number of one arm among others, or of those who had an outcome, is not the number in the study.
_AN_ARM_AFTER = re.compile(
    r"\d[^.;]{0,60}(?:\band|\bor|\bas well as|\bplus|\bversus|\bvs)\s*$", re.IGNORECASE
)
_AN_ARM_BEFORE = re.compile(
    r"[^.;\d]{0,80}\b(?:and|or|as well as|plus|versus|vs\.?) \d|[^.;\d]{0,20}\(\d[\d.]*\s?%", re.IGNORECASE
)


def sample_size(abstract: str) -> int | None:
    """Number of people in the study that `abstract` reports; None where it doesn't say so plainly."""
    folded = abstract.casefold()
    if not _holds(folded, _STEMS_OF_PEOPLE):
        return None
    for cue in _CUES:
        if _holds(folded, cue.stems) and (counts := _counts(cue.pattern, abstract)):
            return counts[0]
    any_count = next(cue.pattern for cue in _ANY_COUNT if _holds(folded, cue.stems))
    distinct = set(_counts(any_count, abstract))
    return distinct.pop() if len(distinct) == 1 else None


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    return any(stem in text for stem in stems)


def _counts(cue: re.Pattern[str], abstract: str) -> list[int]:
    """The numbers of people that `cue` finds; none of them where one may be an arm, an outcome or a rate."""
    counts = []
    for found in cue.finditer(abstract):
        group = found.lastindex or 0
        before, after = abstract[: found.start(group)], abstract[found.end() :]
        if _A_RATE.search(before):
            continue
        if _AN_ARM_AFTER.search(before[-80:]) or _AN_ARM_BEFORE.match(after):
            return []
        counts.append(int(re.sub(r"\D", "", found[group])))
    return [count for count in counts if count]
