"""Tables that tell how a study was done and what level that gives, every row with its source.

`docs/study-design.md` holds the same rows for clinicians to read and correct; a test keeps the two alike.
"""

from __future__ import annotations

from typing import NamedTuple

from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short
from rag.types import EvidenceLevel

_ANY: frozenset[D] = frozenset(D) - {D.UNKNOWN}
_OBSERVATIONS = frozenset({D.COHORT, D.CASE_CONTROL, D.CROSS_SECTIONAL, D.CASE_SERIES, D.CASE_REPORT})
_TRIALS = frozenset({D.RANDOMISED_TRIAL, D.NON_RANDOMISED_TRIAL})
SYNTHESES = frozenset({D.SYSTEMATIC_REVIEW, D.META_ANALYSIS})

_TYPE = "MeSH publication type (V03), by its name"
_SCOPE = "MeSH publication type (V03), by its scope note"
_ABOUT = "house rule: what is about a study is not the study"
_BOTH = "house rule, from records that carry both types"


class TypeRow(NamedTuple):
    """What a set of publication types, all present, means."""

    types: frozenset[str]
    design: D
    source: str
    refined_to: frozenset[D] = frozenset()
    """Designs that the record's headings and words may make of it."""
    a_guess: bool = False
    """Whether the design is only the likeliest of several where no word refines it."""


def _row(
    types: str,
    design: D,
    refined_to: frozenset[D] = frozenset(),
    *,
    source: str = _TYPE,
    a_guess: bool = False,
) -> TypeRow:
    return TypeRow(frozenset(types.split(" + ")), design, source, refined_to, a_guess)


# The first row whose types are all in the record wins. What is only *about* a study comes first.
TYPE_ROWS = (
    _row("retraction of publication", D.NOTICE),
    _row("retraction notice", D.NOTICE),
    _row("expression of concern", D.NOTICE),
    _row("published erratum", D.NOTICE),
    _row("clinical trial protocol", D.PROTOCOL),
    _row("comment", D.OPINION, source=_ABOUT),
    _row("editorial", D.OPINION),
    _row("letter", D.OPINION, source=_ABOUT),  # also where it carries a trial's type
    _row("news", D.OPINION),
    _row("newspaper article", D.OPINION),
    _row("interview", D.OPINION),
    _row("personal narrative", D.OPINION),
    _row("introductory journal article", D.OPINION),
    _row("lecture", D.OPINION),
    _row("lectures", D.OPINION),  # as MeSH had it until 2008
    _row("address", D.OPINION),
    _row("biography", D.OPINION),
    _row("autobiography", D.OPINION),
    _row("patient education handout", D.OPINION),
    # Its words decide whether it is the wider kind: a "consensus statement" that nobody calls a guideline.
    _row(
        "practice guideline + consensus development conference",
        D.GUIDELINE,
        frozenset({D.CONSENSUS}),
        source=_BOTH,
    ),
    _row("practice guideline", D.GUIDELINE),
    _row("guideline", D.GUIDELINE),
    _row("consensus statement", D.CONSENSUS),
    _row("consensus development conference", D.CONSENSUS),
    _row("consensus development conference, nih", D.CONSENSUS),
    _row("randomized controlled trial, veterinary", D.PRECLINICAL),
    _row("clinical trial, veterinary", D.PRECLINICAL),
    _row("observational study, veterinary", D.PRECLINICAL),
    # A review of trials is often given the trials' type as well; a trial is not given "systematic review".
    _row("systematic review + randomized controlled trial", D.SYSTEMATIC_REVIEW, SYNTHESES, source=_BOTH),
    # Also with "meta-analysis": a trial and an update.
    _row("randomized controlled trial", D.RANDOMISED_TRIAL),
    _row("network meta-analysis", D.META_ANALYSIS),
    _row("meta-analysis", D.META_ANALYSIS),
    # A case with a look at the literature is a case, not a systematic review.
    _row("case reports", D.CASE_REPORT, frozenset({D.CASE_REPORT, D.CASE_SERIES}), source=_SCOPE),
    _row("systematic review", D.SYSTEMATIC_REVIEW),
    _row(
        "controlled clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE
    ),  # it may be random, unsaid
    _row("clinical trial, phase i", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("clinical trial, phase ii", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("clinical trial, phase iii", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("clinical trial, phase iv", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("equivalence trial", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("pragmatic clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("adaptive clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("clinical trial", D.NON_RANDOMISED_TRIAL, _TRIALS, source=_SCOPE, a_guess=True),
    _row("scoping review", D.NARRATIVE_REVIEW),
    _row("review + observational study", D.COHORT, _OBSERVATIONS, source=_BOTH, a_guess=True),
    _row("review", D.NARRATIVE_REVIEW, SYNTHESES | {D.CASE_SERIES}, source=_SCOPE),
    _row("observational study", D.COHORT, _OBSERVATIONS, source=_SCOPE, a_guess=True),
    _row("historical article", D.OPINION, source=_SCOPE),
)

VAGUE = TypeRow(frozenset(), D.UNKNOWN, "no type that tells how a study was done", _ANY)
"""The row of every record that no other row fits: `journal article`, `multicenter study`, none at all."""

# MeSH headings on method, tree E05.318; they stand in the record and are no guess.
HEADING_ROWS = (
    ("case-control studies", D.CASE_CONTROL),
    ("cross-sectional studies", D.CROSS_SECTIONAL),
    ("cohort studies", D.COHORT),
    ("longitudinal studies", D.COHORT),
    ("prospective studies", D.COHORT),
    ("retrospective studies", D.COHORT),
    ("follow-up studies", D.COHORT),
)

_ONE, _TWO, _THREE, _FOUR, _FIVE = EvidenceLevel


class LevelRow(NamedTuple):
    """The level that a design gives, for the effect of treatment."""

    level: EvidenceLevel | None
    source: str


# OCEBM Levels of Evidence 2011, the row "Does this intervention help?"; other questions are weighed in the ranking.
LEVEL_ROWS = {
    D.GUIDELINE: LevelRow(_ONE, "house rule, OCEBM has no row: it speaks for a body of evidence"),
    D.SYSTEMATIC_REVIEW: LevelRow(_ONE, "OCEBM 2011, step 1: systematic review of randomised trials"),
    D.META_ANALYSIS: LevelRow(_ONE, "OCEBM 2011, step 1: systematic review of randomised trials"),
    D.RANDOMISED_TRIAL: LevelRow(_TWO, "OCEBM 2011, step 2: randomised trial"),
    D.NON_RANDOMISED_TRIAL: LevelRow(
        _THREE, "OCEBM 2011, step 3: non-randomised controlled cohort or follow-up study"
    ),
    D.COHORT: LevelRow(_THREE, "OCEBM 2011, step 3: non-randomised controlled cohort or follow-up study"),
    D.CASE_CONTROL: LevelRow(
        _FOUR, "OCEBM 2011, step 4: case series, case-control or historically controlled study"
    ),
    D.CROSS_SECTIONAL: LevelRow(_FOUR, "house rule: without follow-up no better than step 4"),
    D.CASE_SERIES: LevelRow(
        _FOUR, "OCEBM 2011, step 4: case series, case-control or historically controlled study"
    ),
    D.CASE_REPORT: LevelRow(_FOUR, "house rule: the smallest case series"),
    D.NARRATIVE_REVIEW: LevelRow(_FIVE, "house rule: an expert's reading of the evidence"),
    D.CONSENSUS: LevelRow(_FIVE, "house rule: opinion, if of many"),
    D.OPINION: LevelRow(_FIVE, "house rule: OCEBM 2009, step 5, had expert opinion"),
    D.PRECLINICAL: LevelRow(_FIVE, "OCEBM 2011, step 5: mechanism-based reasoning"),
    D.REGULATORY: LevelRow(None, "house rule: it speaks for evidence that it doesn't show"),
    D.PROTOCOL: LevelRow(None, "house rule: it has no results"),
    D.NOTICE: LevelRow(None, "house rule: it is about a paper, and no evidence"),
    D.UNKNOWN: LevelRow(None, "what isn't known has no level"),
}
