"""What a sentence found: on which outcomes, and whether there was more, less or the same of them, or advice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag.estimates import Ratio, arms, interval, numbers_needed, ratio_of, ratio_of_arms, unlikely_by_chance
from rag.outcomes import ADVICE, outcomes_of


class Verdict(StrEnum):
    """Which way a finding points."""

    LESS = "less of it"
    MORE = "more of it"
    SAME = "no difference"
    GOOD = "a benefit"
    BAD = "a harm"
    LINKED = "a link"
    FOR = "advised"
    AGAINST = "advised against"


APART_POINTS, APART_SHARE = 3, 0.1  # percentage points, and share of the larger, by which two arms are apart
_EFFECTS = (Verdict.LESS, Verdict.MORE, Verdict.GOOD, Verdict.BAD, Verdict.LINKED)
_OPPOSED = frozenset(
    {
        frozenset({Verdict.LESS, Verdict.MORE}),
        frozenset({Verdict.GOOD, Verdict.BAD}),
        frozenset({Verdict.FOR, Verdict.AGAINST}),
        *(frozenset({Verdict.SAME, effect}) for effect in _EFFECTS),
    }
)
_NOTHING = re.compile(
    r"\bno (?:[\w-]+ ){0,5}(?:bleeds?|deaths?|complications?)\b|\bno (?:[\w-]+ ){0,4}(?:interaction|differences?|benefits?|effect|change|gain|improvement|reduction|advantage|association|link|fall|rise|increase|excess|sign of|better)\b"
    r"|\b(?:did|does|do|had|has|was|were) not (?:[\w-]+ ){0,4}(?:reduce|lower|improve|prevent|differ|help|raise|increase|change|shorten|affect|alter|predict|fall|rise|matter|benefit|reproduce|confirm|support)\w*\b"
    r"|\b(?:not|neither|nor|never) (?:[\w-]+ ){0,6}(?:reduced?|lower(?:ed)?|higher|better|superior|significant\w*|associated|associate|correlate\w*|linked|differ\w*|effective|predict\w*|prognostic)\b"
    r"|\bsimilar(?:ly)?\b|\balike\b|\bthe same\b|\bequally\b|\bin both (?:groups|arms)\b|\bnon-?significant\b|\bfutil\w*|\blittle or no\b|\bno longer significant\b|\bbenefit (?:is|was) unlikely\b|\bintervals? (?:crossed|included) (?:1|one|unity)\b|\bunchanged\b",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"\b(?:lower(?:s|ed|ing)?|reduc\w+|fell|falls?|fewer|less|decreas\w+|declin\w+|halved|prevent(?:s|ed))\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:higher|rais(?:es|ed)|rose|rises?|increas\w+|more|commoner|doubled|excess|greater)\b", re.IGNORECASE
)
_GOOD = re.compile(
    r"\b(?:improv\w+|better|best chance|benefi\w+|sooner|faster|favou?rable|effective|efficacious|superior|protect\w*|net gain|recovered)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:worse\w*|(?:net )?harm\w*|ineffective|inferior|unfavou?rable|adverse factors?|poor(?:er)? (?:outcome|recovery|prognosis))\b",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"\b(?:(?:good|poor|better|worse|favou?rable|unfavou?rable) outcomes? (?:went|came|was|were|is|are)|went with|(?:linked|related|tied) to|associated with|predict(?:s|ed|or|ors)\b|prognostic|(?:risk|adverse|mainly set|independent) factors?|mainly set)",
    re.IGNORECASE,
)
# What happened to those who were not treated, or what one group had at the start, is no finding on a treatment.
_NO_FINDING = re.compile(
    r"\b(?:placebo|control|usual-care) (?:group )?(?:mortality|event rates?|risk)\b|\b(?:starting|initial|baseline) (?:\w+ )?(?:state|status|characteristics?)\b",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    r"\bcomposite\b|\bcombined (?:end ?points?|outcomes?)\b|\b(?:admi\w+|hospitali\w+|disease|infarction|stroke|dysfunction|event)(?: [\w-]+){0,4} or (?:of )?(?:death|died|dead)\b|\bdeath or\b|\badmitted or died\b",
    re.IGNORECASE,
)
# Without one of these a sentence says how many fared how, and not what made them.
_COMPARES = re.compile(
    r"\b(?:with|on|by|than|versus|vs|v|compared|over|went|gave|linked|associated|against|lower(?:s|ed)|rais(?:es|ed)|reduc(?:es|ed)|increas(?:es|ed)|improve[sd]? (?!in\b|within\b|after\b)\w+|came out|fell|rose)\b"
    r"(?! \d)",
    re.IGNORECASE,
)
# Of these words a sentence says nothing that could be held against another.
_OPEN = re.compile(
    r"\b(?:unclear|uncertain|unknown|insufficient evidence|inconclusive|too few|if anything|cannot be ruled|not excluded|not reported)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:recommend(?:s|ed)?|recommendations? (?:for|to|against)|suggests?|suggested|advis(?:e|es|ed)|advice (?:against|to|not)|grade [a-d]|class (?:i{1,3}|iv)[ab]?|should|not routinely|(?:may|might|can) be (?:considered|given|used)|(?:is|as) an option|individual (?:choice|decision)|contraindicated)\b",
    re.IGNORECASE,
)
_ADVICE_AGAINST = re.compile(
    r"\b(?:recommend\w*|suggest\w*|advi[sc]\w+) (?:[\w-]+ ){0,5}?(?:against|not)\b|\bnot (?:[\w-]+ ){0,2}(?:recommended|advised|suggested|indicated|offer|be given|be used)\b|\bshould not\b"
    r"|\bdo(?:es)? not (?:[\w-]+ ){0,2}(?:recommend|support|suggest|advise|start|give|use)\b|\bgrade d\b|\bclass iii\b|\bcontraindicated\b|\bagainst (?:it|its use|their use|starting)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one sentence says of the outcomes that it names."""

    outcomes: frozenset[str]
    """Names of the table; `ADVICE` alone for what is advised or advised against."""
    verdict: Verdict
    combined: bool = False
    """Whether it is of several outcomes counted together."""
    measured: bool = False
    """Whether numbers that compare, and not words alone, tell the verdict."""
    ratio: Ratio | None = None
    """How large the effect was, where the sentence gives a ratio with its interval."""

    def fits(self, other: Finding) -> bool:
        """Whether both may be the same effect, measured with more and with less precision."""
        mine, theirs = self.ratio, other.ratio
        return bool(mine and theirs and (mine.holds(theirs) or theirs.holds(mine)))


@lru_cache(maxsize=10_000)
def finding_of(text: str, advises: bool) -> Finding | None:
    """What a sentence found; None where it found nothing that could be held against another.

    Args:
        text: one or two sentences of a document.
        advises: whether its document gives advice, as guidelines do.
    """
    if advises and _ADVICE.search(text):
        against = _ADVICE_AGAINST.search(text)
        return Finding(frozenset({ADVICE}), Verdict.AGAINST if against else Verdict.FOR)
    if _NO_FINDING.search(text):
        return None
    for clause in text.split("; "):
        if verdict := _measured(clause):
            named = outcomes_of(clause) or outcomes_of(text)
            return Finding(named, verdict, bool(_COMBINED.search(clause)), True, _ratio(clause))
    verdict = None if advises else _by_words(text) or _by_arms(text)
    if verdict is None:
        return None
    return Finding(outcomes_of(text), verdict, bool(_COMBINED.search(text)), False, _ratio(text))


def opposed(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts on one outcome can't both be the whole truth."""
    return frozenset({one, other}) in _OPPOSED


def _ratio(text: str) -> Ratio | None:
    return ratio_of(text) or (ratio_of_arms(text) if _by_words(text) else None)


def _measured(text: str) -> Verdict | None:
    """The verdict of an interval, else of a P value with its arms, else of the numbers needed to treat and to harm."""
    if found := interval(text):
        low, high, nothing = found
        return Verdict.SAME if low <= nothing <= high else _kind(text, less=high < nothing)
    compared, small = arms(text), unlikely_by_chance(text)
    if any(one == other for one, other in compared):
        return Verdict.SAME
    if compared and small is not None:
        return _kind(text, less=compared[0][0] < compared[0][1]) if small else Verdict.SAME
    if needed := numbers_needed(text):
        return Verdict.GOOD if needed[0] < needed[1] else Verdict.BAD
    return None


def _by_arms(text: str) -> Verdict | None:
    """The verdict of two shares that are well apart, where nothing says how sure that is."""
    shares = arms(text, "%")
    if not shares or _OPEN.search(text):
        return None
    one, other = shares[0]
    apart = abs(one - other) >= APART_POINTS and abs(one - other) >= APART_SHARE * max(one, other)
    return _kind(text, less=one < other) if apart else None


def _kind(text: str, *, less: bool) -> Verdict:
    """Less or more of an outcome; where recovery came sooner or later, a benefit or a harm."""
    if re.search(r"\b(?:sooner|faster|earlier|shorter)\b", text, re.IGNORECASE):
        return Verdict.GOOD
    return Verdict.LESS if less else Verdict.MORE


def _by_words(text: str) -> Verdict | None:
    if _NOTHING.search(text):
        return Verdict.SAME
    if _OPEN.search(text):
        return None
    if _LINKED.search(text):
        return Verdict.LINKED
    if not _COMPARES.search(text):
        return None
    for cues, verdict in ((_BAD, Verdict.BAD), (_GOOD, Verdict.GOOD)):
        if cues.search(text):
            return verdict
    less, more = bool(_LESS.search(text)), bool(_MORE.search(text))
    if less == more:
        return None
    return Verdict.LESS if less else Verdict.MORE
