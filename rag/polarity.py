"""Which way a sentence points: whether it denies, and whether something rises or falls, helps or harms."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum

from rag.text import terms

_NEGATION = re.compile(
    r"\b(?:no|not|never|neither|nor|none|without|cannot|can't|didn't|doesn't|don't|isn't|wasn't|weren't|won't"
    r"|lack(?:s|ed|ing)?|fail(?:s|ed|ure)?|absen(?:t|ce)|unable|against|unlikely|insufficient|nonsignificant|non-significant)\b",
    re.IGNORECASE,
)
_UP = r"increas\w*|rais(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|higher|more|greater|larger|longer|faster|elevat\w*|above|exceed\w*|doubled?"
_DOWN = r"decreas\w*|reduc\w*|lower(?:s|ed|ing)?|fell|fall(?:s|en|ing)?|drop\w*|declin\w*|less|fewer|smaller|shorter|slower|below|diminish\w*|halved?|cut|shorten\w*"
_GOOD = r"benefi\w*|improv\w*|effective|better|favou?r\w*|superior|protect\w*|prevent\w*|safe|useful|recover(?:y|ed|s)"
_BAD = r"harm\w*|wors\w*|ineffective|inferior|adverse|unsafe|danger\w*|detriment\w*|futil\w*"
_FOR = r"recommend(?:s|ed)?|suggest(?:s|ed)?|advis(?:e|es|ed)|should"
_DIRECTIONS = {"up": _UP, "down": _DOWN, "good": _GOOD, "bad": _BAD, "for": _FOR}
_PATTERNS = {name: re.compile(rf"\b(?:{cues})\b", re.IGNORECASE) for name, cues in _DIRECTIONS.items()}
_ADVICE_AGAINST = re.compile(rf"\b(?:{_FOR}) (?:\w+ ){{0,4}}(?:against|not)\b", re.IGNORECASE)


class Stance(StrEnum):
    """What a sentence says of an effect or of a course of action."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


_NO_EFFECT = re.compile(
    r"\bno (?:\w+ ){0,3}(?:difference|benefit|effect|change|gain|improvement|reduction|advantage|association)\b"
    r"|\bdid not (?:\w+ ){0,2}(?:reduce|lower|improve|prevent|differ|help|raise|increase|change|shorten)\b"
    r"|\bnot (?:\w+ ){0,3}(?:reduced|lower|better|superior|significant\w*|associated|correlate\w*|recommended|linked|differ\w*|effective|useful|routinely|routine)\b"
    r"|\bnot (?:invariably|reproduced|inferior)\b|\bsimilar\b|\bthe same\b|\bfutil\w*|\bsuggests? (?:not|against)\b"
    r"|\b(?:advis\w*|recommend\w*|suggest\w*) (?:\w+ ){0,4}(?:against|not)\b|\bdo(?:es)? not (?:start|give|support|recommend)\b|\bgrade d\b",
    re.IGNORECASE,
)


def reversed_polarity(claim: str, quote: str) -> bool:
    """Whether `claim` denies, or points another way than, its `quote`.

    A claim may say less than its quote. But what it denies the quote must deny, what the quote denies it
    may not state, and it may use no direction (up, down, good, bad, for) more often than the quote.
    """
    denied_by_claim, denied_by_quote = _denied(claim), _denied(quote)
    if denied_by_claim - denied_by_quote:
        return True
    stated, quoted = Counter(terms(claim)), Counter(terms(quote))
    for term, times in denied_by_quote.items():
        lost = quoted[term] - stated[term]
        if term in stated and denied_by_claim[term] < max(1, times - lost):
            return True
    if _ADVICE_AGAINST.search(quote) and not _ADVICE_AGAINST.search(claim) and _PATTERNS["for"].search(claim):
        return True
    return any(len(p.findall(claim)) > len(p.findall(quote)) for p in _PATTERNS.values())


def _denied(text: str) -> Counter[str]:
    """The term that follows each denial, as often as it is denied."""
    following = (terms(text[match.end() : match.end() + 80])[:1] for match in _NEGATION.finditer(text))
    return Counter(term for found in following for term in found)


def stance(text: str) -> Stance:
    """Whether a sentence reports an effect or advises a thing, denies it, or does neither."""
    if _NO_EFFECT.search(text) or _PATTERNS["bad"].search(text):
        return Stance.AGAINST
    if any(_PATTERNS[name].search(text) for name in ("good", "down", "for")):
        return Stance.FOR
    return Stance.NEUTRAL
