"""Provisional certainty of a body of evidence, with its reasons written out.

After GRADE (Guyatt et al., BMJ 2008;336:924): it starts high for randomised evidence and low for
observational evidence, and falls for indirectness, imprecision and inconsistency; where the sources rate
their own evidence lower, it follows them. Risk of bias within studies and publication bias can't be read
from records, so no level given here is final.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.estimates import ratio_of
from rag.types import Certainty, Design, Document, Status

LEVELS = ("very low", "low", "moderate", "high")
SMALL = 300  # participants; GRADE's rule of thumb for imprecision of an event count
FAR = 2  # levels by which a source is much weaker than the strongest
APPRECIABLE = (0.75, 1.25)  # GRADE's rule of thumb: an interval beyond both leaves benefit and harm open
_TRIALS = re.compile(r"\brandomi[sz]ed|\btrials?\b", re.IGNORECASE)
_OBSERVED = re.compile(
    r"\b(?:observational|cohorts?|case[- ](?:reports?|series|control)|cases|individual patient data, \d{4}|retrospective|non-?randomi[sz]ed)\b",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?P<level>very[- ]low|low|moderate|high)(?:[- ]?(?:to|or)[- ](?:very low|low|moderate|high))?[- ](?:certainty|quality evidence)",
    re.IGNORECASE,
)
_START = {
    Design.GUIDELINE: 2,
    Design.CONSENSUS: 1,
    Design.REGULATORY: 2,
    Design.SYSTEMATIC_REVIEW: 2,
    Design.META_ANALYSIS: 2,
    Design.RANDOMISED_TRIAL: 3,
    Design.NON_RANDOMISED_TRIAL: 1,
    Design.COHORT: 1,
    Design.CASE_CONTROL: 1,
    Design.CROSS_SECTIONAL: 1,
}


def certainty_of(documents: Sequence[Document], *, conflicting: bool, said: Sequence[str] = ()) -> Certainty:
    """Certainty of what `documents`, those that the lead cites, say together.

    Args:
        documents: the cited documents, at least one.
        conflicting: whether disagreeing evidence was found.
        said: the sentences of the lead, for their intervals and for what the sources say of their certainty.
    """
    best = max(documents, key=lambda d: (_start(d), d.id))
    level = _start(best)
    reasons = [f"it starts at {LEVELS[level]}: the strongest source in the lead is a {_named(best)}"]
    weaker = [d for d in documents if _start(d) <= level - FAR]
    if 2 * len(weaker) > len(documents):
        level -= 1
        reasons.append(f"one step down: most of the lead rests on weaker sources ({_kinds(weaker)})")
    if best.level_inferred:
        reasons.append("that design was inferred from the text, not given by the record")
    for reason in _downgrades(documents, said, conflicting=conflicting):
        level -= 1
        reasons.append(reason)
    level = max(0, level)
    rated = _rated(said)
    if rated is not None and rated < level:
        level = rated
        reasons.append(f"no higher than {LEVELS[level]}: a source rates its own evidence so")
    reasons.append(
        "risk of bias within the studies and publication bias were not assessed, so this is provisional"
    )
    return Certainty(LEVELS[level], tuple(reasons))


def _start(document: Document) -> int:
    """Where the evidence of a document starts; what a synthesis pooled decides where its record tells it."""
    if document.design in {Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS}:
        pooled = f"{document.design_text or ''} {document.title} {document.population or ''}"
        if _OBSERVED.search(pooled) and not _TRIALS.search(pooled):
            return _START[Design.COHORT]
        return _START[Design.RANDOMISED_TRIAL] if _TRIALS.search(pooled) else _START[document.design]
    return _START.get(document.design, 0)


def _named(document: Document) -> str:
    """Its design, and where it pooled observations alone, that as well."""
    name = document.design.value
    synthesis = document.design in {Design.SYSTEMATIC_REVIEW, Design.META_ANALYSIS}
    return f"{name} of observational studies or cases" if synthesis and _start(document) == 1 else name


def _kinds(documents: Sequence[Document]) -> str:
    return " and ".join(sorted({d.design.value for d in documents}))


def _downgrades(documents: Sequence[Document], said: Sequence[str], *, conflicting: bool) -> list[str]:
    reasons = []
    indirect = [d for d in documents if d.indirect]
    if 2 * len(indirect) >= len(documents):
        reasons.append(f"one step down for indirectness: {indirect[0].indirect}")
    sizes = [d.sample_size for d in documents if d.sample_size is not None]
    if sizes and len(sizes) == len(documents) and sum(sizes) < SMALL:
        reasons.append(f"one step down for imprecision: {sum(sizes):,} patients in all")
    elif wide := _wide(said):
        reasons.append(f"one step down for imprecision: an interval from {wide} leaves benefit and harm open")
    if conflicting:
        reasons.append("one step down for inconsistency: the studies disagree")
    if any(d.status is Status.CONCERN for d in documents):
        reasons.append("one step down: an expression of concern stands against one of the sources")
    return reasons


def _wide(said: Sequence[str]) -> str:
    """The first interval that leaves both an appreciable benefit and an appreciable harm open, in words."""
    ratios = [ratio for ratio in map(ratio_of, said) if ratio]
    wide = [r for r in ratios if r.low < APPRECIABLE[0] and r.high > APPRECIABLE[1]]
    return f"{wide[0].low:g} to {wide[0].high:g}" if wide and len(wide) == len(ratios) else ""


def _rated(said: Sequence[str]) -> int | None:
    """The lowest certainty that the sources give to their own evidence, where they say any."""
    found = [match["level"].lower().replace("-", " ") for text in said for match in _RATED.finditer(text)]
    return min(map(LEVELS.index, found), default=None)
