"""How many people a study had, where its abstract says so in words that leave no doubt."""

from __future__ import annotations

import re

_COUNT = r"(\d{1,3}(?:[,\u2009\u00a0 ]\d{3})+|\d+)(?![\d.–-])"
_PEOPLE = (
    r"(?:patients|participants|people|persons|adults|women|men|children|infants|neonates|subjects|individuals"
    r"|volunteers|cases|residents|veterans|survivors|recipients|outpatients|inpatients|households)"
)
_WORDS = r"(?:(?!(?:and|or|of|in|on|to|by|for|from|with|groups?|years?|days?|weeks?|months?)\b)[A-Za-z][\w-]*,? ){0,4}?"
_ENROLLED = r"(?:enrolled|randomi[sz]ed|included|recruited|analy[sz]ed|assigned|studied|identified|reviewed|evaluated)"

# From the most to the least certain; the first that is found counts, however many others follow.
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\ba total of {_COUNT} {_WORDS}{_PEOPLE}\b",
        rf"\b(?:we )?(?:randomly assigned|randomi[sz]ed|enrolled|recruited|included) {_COUNT} {_WORDS}{_PEOPLE}\b",
        rf"(?<![\d./] )(?<![\d./]){_COUNT} {_WORDS}{_PEOPLE} (?:[^.\d]{{0,40}} )?(?:were|was|underwent) (?:\w+ )?{_ENROLLED}\b",
        rf"\b(?:trials?|studies|cohort|study|analysis|review|registry) (?:\w+ ){{0,3}}(?:of|with|involving|including|comprising|in) {_COUNT} {_WORDS}{_PEOPLE}\b",
    )
)
# Counts only where the abstract has no second number of people, such as that of an arm.
_ANY_COUNT = re.compile(
    rf"(?<![\d./–-]){_COUNT} {_WORDS}{_PEOPLE}\b|\b{_PEOPLE} \(n ?= ?{_COUNT}\)", re.IGNORECASE
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
    for cue in _CUES:
        if counts := _counts(cue, abstract):
            return counts[0]
    distinct = set(_counts(_ANY_COUNT, abstract))
    return distinct.pop() if len(distinct) == 1 else None


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
