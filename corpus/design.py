"""How a study was done and what level of evidence that is, from its record and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.design_cues import CUES
from corpus.design_tables import HEADING_ROWS, LEVEL_ROWS, SYNTHESES, TYPE_ROWS, VAGUE, TypeRow
from corpus.settling_cues import SETTLING_CUES
from rag.types import Design, EvidenceLevel

_WRITING = frozenset(
    {Design.NOTICE, Design.PROTOCOL, Design.OPINION, Design.GUIDELINE, Design.CONSENSUS, Design.PRECLINICAL}
)

# OCEBM grades down for the quality of what was studied. Words that tell it, and the level that they leave.
_LOWERED_TO_FOUR = (
    (
        SYNTHESES,
        re.compile(
            r"\b(?:published|reported|own|literature) cases\b|\bcase (?:reports?|studies|series)\b",
            re.IGNORECASE,
        ),
    ),
    (
        frozenset({Design.NON_RANDOMISED_TRIAL, Design.COHORT}),
        re.compile(
            r"\bhistorical(?:ly)?[- ]control|\bbefore[- ](?:and[- ])?after (?:study|comparison|analysis|design)\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Classification:
    """A study's design and the level of evidence that it gives."""

    design: Design
    level: EvidenceLevel | None
    """None where the level doesn't apply, as to a notice, or the design is unknown."""
    inferred: bool
    """Whether they come from words of the title or abstract, and not from the record."""


def classify(
    publication_types: Sequence[str],
    title: str,
    abstract: str,
    given: str | None = None,
    mesh_terms: Sequence[str] = (),
) -> Classification:
    """Judge a study: what settles it in the title, then its types, then finer words where those are vague.

    Args:
        publication_types: as in MEDLINE; case and British spelling don't matter.
        title: of the document.
        abstract: its text, or as much of it as tells how the study was done.
        given: the design in the words of the source, as in `retrospective cohort`; part of the record.
        mesh_terms: its MeSH descriptors.
    """
    types = frozenset(name.strip().lower().replace("randomised", "randomized") for name in publication_types)
    row = next((row for row in TYPE_ROWS if row.types <= types), VAGUE)
    design, inferred = _design(row, title, abstract, given, mesh_terms)
    if lowered := _lowered_by(design, title, given):
        return Classification(design, EvidenceLevel.FOUR, inferred or lowered == "title")
    return Classification(design, LEVEL_ROWS[design].level, inferred)


def about_animals_only(mesh_terms: Sequence[str]) -> bool:
    """Whether the headings name animals and no human being."""
    terms = {term.lower() for term in mesh_terms}
    return "animals" in terms and "humans" not in terms


def _design(
    row: TypeRow, title: str, abstract: str, given: str | None, mesh_terms: Sequence[str]
) -> tuple[Design, bool]:
    """The design, and whether it was inferred from the title or the abstract."""
    settled = next((cue.design for cue in SETTLING_CUES if cue.in_design_or_title.search(title)), None)
    if settled and row.design is not Design.NOTICE:
        return settled, row.design is not settled
    if row.design not in _WRITING and about_animals_only(mesh_terms):
        return Design.PRECLINICAL, False
    allowed = row.refined_to
    if "humans" in {term.lower() for term in mesh_terms}:
        allowed -= {Design.PRECLINICAL}
    if found := _named(given or "", allowed):
        return found, False
    if found := _named(title, allowed):
        return found, found is not row.design
    if found := _headed(mesh_terms, allowed):
        return found, False
    if found := _told(f"{title}\n{abstract}", allowed):
        return found, found is not row.design
    return row.design, row.a_guess or row.design is Design.UNKNOWN


def _named(words: str, allowed: frozenset[Design]) -> Design | None:
    return next(
        (cue.design for cue in CUES if cue.design in allowed and cue.in_design_or_title.search(words)), None
    )


def _headed(mesh_terms: Sequence[str], allowed: frozenset[Design]) -> Design | None:
    terms = {term.lower() for term in mesh_terms}
    return next((design for heading, design in HEADING_ROWS if heading in terms and design in allowed), None)


def _told(words: str, allowed: frozenset[Design]) -> Design | None:
    lowered = words.lower()
    return next((cue.design for cue in CUES if cue.design in allowed and cue.told_by(words, lowered)), None)


def _lowered_by(design: Design, title: str, given: str | None) -> str | None:
    """Which of `given` and `title` tells that the level is lower than the design's; None where neither does."""
    words = [cue for designs, cue in _LOWERED_TO_FOUR if design in designs]
    sources = (("given", given or ""), ("title", title))
    return next((name for name, text in sources if any(cue.search(text) for cue in words)), None)
