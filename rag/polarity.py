"""Which way a sentence points: whether it denies, and whether something rises or falls, helps or harms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rag.text import sentence_spans, telling

_NEGATION = re.compile(
    r"\b(?:no|not|never|neither|nor|none|(?P<without>without)|cannot|(?:can|did|does|do|is|was|are|were|wo|would|could|should|has|had|have)n't"
    r"|lack(?:s|ed|ing)?|fail(?:s|ed|ure)?|absen(?:t|ce)|unable|against|unlikely|rarely|seldom|hardly"
    r"|insufficient|insignificant|non-?significant|non(?=-\w))\b",
    re.IGNORECASE,
)
_UP = r"increas\w*|rais(?:e|es|ed|ing)|ris(?:e|es|en|ing)|rose|higher|more|greater|larger|longer|faster|elevat\w*|above|exceed\w*|doubled?"
_DOWN = r"decreas\w*|reduc\w*|lower(?:s|ed|ing)?|fell|fall(?:s|en|ing)?|drop\w*|declin\w*|less|fewer|smaller|shorter|slower|below|diminish\w*|halved?|cut|shorten\w*"
_GOOD = r"benefi\w*|improv\w*|effective|better|favou?r\w*|superior|protect\w*|prevent\w*|safe|useful|recover(?:y|ed|s)"
_BAD = r"harm\w*|wors\w*|ineffective|inferior|adverse|unsafe|danger\w*|detriment\w*|futil\w*"
_FOR = r"recommend(?:s|ed)?|suggest(?:s|ed)?|advis(?:e|es|ed)|should"
_DIRECTIONS = {
    "up": _UP,
    "down": _DOWN,
    "good": _GOOD,
    "bad": _BAD,
    "for": _FOR,
    "much": r"high(?:est)?|large(?:st)?|long(?:est)?|major|severe\w*|many|most|positive|old(?:er|est)?",
    "little": r"low(?:est)?|small(?:est)?|short(?:est)?|minor|mild\w*|few(?:est)?|least|negative|young(?:er|est)?",
    "early": r"early|earli(?:er|est)|before|prior|start(?:ed|ing|s)?",
    "late": r"late(?:r|st)?|after|following|stop(?:ped|ping|s)?|discontinu\w*",
    "alive": r"alive|surviv\w*",
    "dead": r"dead|died?|dies|deaths?|fatal\w*",
    "sure": r"always|likely|significant(?:ly)?",
}
_DIRECTION = re.compile(
    "|".join(rf"\b(?P<{name}>{cues})\b" for name, cues in _DIRECTIONS.items()), re.IGNORECASE
)
_ADVICE_AGAINST = re.compile(rf"\b(?:{_FOR}) (?:\w+ ){{0,4}}(?:against|not)\b", re.IGNORECASE)
_FOR_IT = re.compile(rf"\b(?:{_FOR})\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:than|versus|vs?|compared (?:with|to)|(?:superior|inferior|preferable|equivalent) to)\b\.?",
    re.IGNORECASE,
)
# Terms of a claim beside a word that must be among the terms of the quote near it, on either side of a
# direction and in front of a denial, as far as the quote says them at all. Groups are told apart in front.
BESIDE, NEAR = 1, 4
BESIDE_DENIAL, NEAR_DENIAL = 3, 6


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
_HARMS = re.compile(rf"\b(?:{_BAD})\b", re.IGNORECASE)
# A harm that is denied is none, and it is no benefit either: the words are taken out before a sentence is judged.
_NO_HARM = re.compile(
    rf"\b(?:no|without(?: any)?|free of|absence of|nor|neither) (?:[\w-]+ ){{0,3}}(?:{_BAD})\b(?: (?:effects?|events?|reactions?|outcomes?))?"
    rf"|\bnot (?:[\w-]+ ){{0,2}}(?:{_BAD})\b",
    re.IGNORECASE,
)
_HELPS = re.compile(rf"\b(?:{_GOOD}|{_DOWN}|{_FOR})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A denial or a word of direction at its place in a clause."""

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def denied(self) -> str:
        """The term that follows a denial; the one before where none does, as in `the others did not`.

        What is done without is named by `it` alone where no term follows: nothing is known to be denied.
        """
        if self.kind == "without" and not self.after:
            return ""
        earlier = (term for term in reversed(self.before) if not term[0].isdigit())
        return self.after[0] if self.after else next(earlier, "")

    @property
    def beside(self) -> set[str]:
        return {*self.before[-BESIDE:], *self.after[:BESIDE]}

    @property
    def near(self) -> set[str]:
        return {*self.before[-NEAR:], *self.after[:NEAR]}


def reversed_polarity(claim: str, quote: str) -> bool:
    """Whether `claim` denies, or points another way than, its `quote`.

    A claim may say less than its quote, in the same order. But what it denies the quote must deny
    of the same thing, and what the quote denies it may not state; its words of direction (up, down, good,
    early ...) must be among the quote's and near the same words, and a comparison must be with the same thing.
    """
    if _ADVICE_AGAINST.search(quote) and not _ADVICE_AGAINST.search(claim) and _FOR_IT.search(claim):
        return True
    return (
        _denies_more(claim, quote)
        or _states_what_is_denied(claim, quote)
        or _points_elsewhere(claim, quote)
        or not _compared(claim) <= _compared(quote)
    )


def stance(text: str) -> Stance:
    """Whether a sentence reports an effect or advises a thing, denies it, or does neither."""
    if _NO_EFFECT.search(text) or _HARMS.search(_NO_HARM.sub(" ", text)):
        return Stance.AGAINST
    return Stance.FOR if _HELPS.search(text) else Stance.NEUTRAL


def _denies_more(claim: str, quote: str) -> bool:
    left = list(_marks(_NEGATION, quote))
    said = set(telling(quote))
    for mark in _marks(_NEGATION, claim):
        beside = said.intersection(mark.before[-BESIDE_DENIAL:])
        same = (q for q in left if q.denied == mark.denied and beside.issubset(q.before[-NEAR_DENIAL:]))
        quoted = next(same, None)
        if quoted is None:
            return True
        left.remove(quoted)
    return False


def _states_what_is_denied(claim: str, quote: str) -> bool:
    stated, quoted = Counter(telling(claim)), Counter(telling(quote))
    denied_by_claim = Counter(mark.denied for mark in _marks(_NEGATION, claim))
    for term, times in Counter(mark.denied for mark in _marks(_NEGATION, quote)).items():
        left_out = quoted[term] - stated[term]
        if term in stated and denied_by_claim[term] < max(1, times - left_out):
            return True
    return False


def _points_elsewhere(claim: str, quote: str) -> bool:
    quoted = iter(_marks(_DIRECTION, quote))
    said = set(telling(quote))
    # The search for each goes on behind the one found before it: that keeps the order.
    return not all(
        any(mark.kind == q.kind and mark.beside & said <= q.near for q in quoted)
        for mark in _marks(_DIRECTION, claim)
    )


@lru_cache(maxsize=10_000)
def _marks(cues: re.Pattern[str], text: str) -> tuple[_Mark, ...]:
    return tuple(
        _Mark(match.lastgroup or "", telling(text[start : match.start()]), telling(text[match.end() : end]))
        for start, end in _clauses(text)
        for match in cues.finditer(text, start, end)
    )


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentence_spans(text):
        cuts = [start, *(match.end() for match in re.finditer(";", text[:end]) if match.end() > start), end]
        yield from pairwise(cuts)


def _compared(text: str) -> Counter[str]:
    """What a text compares with: the first term behind each word of comparison."""
    found = (telling(text[match.end() : match.end() + 80])[:1] for match in _COMPARED.finditer(text))
    return Counter(term for first in found for term in first)
