"""Provisional certainty of a body of evidence, with its reasons written out.

After GRADE (Guyatt et al., BMJ 2008;336:924): it starts high for randomised evidence and low for
observational evidence, and falls for indirectness, imprecision and inconsistency. Risk of bias within
studies and publication bias can't be read from records, so no level given here is final.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import Certainty, Design, Document, Status

LEVELS = ("very low", "low", "moderate", "high")
SMALL = 300  # participants; GRADE's rule of thumb for imprecision of an event count
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


def certainty_of(documents: Sequence[Document], *, conflicting: bool) -> Certainty:
    """Certainty of what `documents`, those that the lead cites, say together."""
    best = max(documents, key=lambda d: (_START.get(d.design, 0), d.id))
    level = _START.get(best.design, 0)
    reasons = [f"it starts at {LEVELS[level]}: the strongest source in the lead is a {best.design.value}"]
    if best.level_inferred:
        reasons.append("that design was inferred from the text, not given by the record")
    for reason in _downgrades(documents, conflicting=conflicting):
        level -= 1
        reasons.append(reason)
    reasons.append("risk of bias within the studies was not assessed, so this is provisional")
    return Certainty(LEVELS[max(0, level)], tuple(reasons))


def _downgrades(documents: Sequence[Document], *, conflicting: bool) -> list[str]:
    reasons = []
    indirect = [d for d in documents if d.indirect]
    if 2 * len(indirect) >= len(documents):
        reasons.append(f"one step down for indirectness: {indirect[0].indirect}")
    sizes = [d.sample_size for d in documents if d.sample_size is not None]
    if sizes and len(sizes) == len(documents) and sum(sizes) < SMALL:
        reasons.append(f"one step down for imprecision: {sum(sizes):,} patients in all")
    if conflicting:
        reasons.append("one step down for inconsistency: the studies disagree")
    if any(d.status is Status.CONCERN for d in documents):
        reasons.append("one step down: an expression of concern stands against one of the sources")
    return reasons
