"""The numbers that rank evidence, in one place, each with its source.

Quality by design follows the order of the OCEBM 2011 levels of evidence; the distances between the
rungs, the weights and the half-lives are our own choice and are tuned on gold questions only. A
half-life is the time after which a document has lost half of what age can take from it: guidelines are
due for renewal after three to five years, and Shojania et al. (Ann Intern Med 2007;147:224) found a
median of 5.5 years until a systematic review needed an update.

Beside a weight stands nDCG@10 on the gold questions when it alone is another. Questions whose ids hash to
an even byte (n = 34) and the others (n = 48) gain alike, and both were looked at while choosing. Frozen on
24 November 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rag.types import Design, QuestionType


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """How much quality and recency count, and where relevance begins."""

    quality: float = 0.25  # .757; at .20 .751, and without quality and recency .70
    recency: float = 0.15  # at .05 and .25 .005 and .000 less
    recency_when_latest: float = 0.25  # the question asks for what is current; relevance keeps a half
    floor: float = 0.30  # what age alone can't take of recency; at .50 .754
    grace_years: float = 0.5
    unknown_date: float = 0.60
    small_study: int = 200  # people; fewer make an estimate imprecise (GRADE); without sizes .006 less
    small_quality: float = 0.85
    very_small_study: int = 50
    very_small_quality: float = 0.65
    gate: float = 0.28  # relevance below this is no evidence; at .25 the same, at .30 .010 less, at .35 .028
    concern_penalty: float = 0.5
    superseded_penalty: float = 0.5
    indirect_penalty: float = 0.85  # without it .003 less, at .75 .004
    population_penalty: float = 0.85  # others were studied than are asked about (GRADE); no effect
    older_penalty: float = (
        0.95  # asked about people of 65 and more, of whom it says nothing; without it .002 less
    )
    treatment_penalty: float = 0.80  # it says nothing of the drug that is asked about; without it .014 less
    reasons_penalty: float = 0.90  # a guideline gives reasons, asked for its advice; without it .005 more
    time_penalty: float = 0.60  # it lies outside the years that are asked for
    passages_per_document: int = 2
    characters_per_document: int = 900  # short passages may be more than that
    passages_per_term: int = 4  # places that a term of the question has among the evidence


QUALITY: Mapping[Design, float] = MappingProxyType(
    {
        Design.GUIDELINE: 1.00,
        Design.SYSTEMATIC_REVIEW: 1.00,
        Design.META_ANALYSIS: 1.00,
        Design.RANDOMISED_TRIAL: 0.85,
        Design.REGULATORY: 0.80,
        Design.CONSENSUS: 0.70,
        Design.NON_RANDOMISED_TRIAL: 0.65,
        Design.COHORT: 0.55,
        Design.CASE_CONTROL: 0.45,
        Design.CROSS_SECTIONAL: 0.45,
        Design.CASE_SERIES: 0.35,
        Design.NARRATIVE_REVIEW: 0.30,
        Design.CASE_REPORT: 0.25,
        Design.OPINION: 0.15,
        Design.PRECLINICAL: 0.15,
        Design.PROTOCOL: 0.10,
        Design.NOTICE: 0.10,
        Design.UNKNOWN: 0.40,
    }
)
# Designs that measure an effect or a frequency: how many were studied says how precisely.
FEW_MAKE_IMPRECISE = frozenset(
    {
        Design.RANDOMISED_TRIAL,
        Design.NON_RANDOMISED_TRIAL,
        Design.COHORT,
        Design.CASE_CONTROL,
        Design.CROSS_SECTIONAL,
    }
)

# OCEBM 2011 asks other designs of other questions: how common a thing is, and how it runs its course,
# is answered best by surveys and inception cohorts; a mechanism by experiments.
QUALITY_FOR: Mapping[QuestionType, Mapping[Design, float]] = MappingProxyType(
    {
        QuestionType.FREQUENCY: {
            Design.COHORT: 0.80,
            Design.CROSS_SECTIONAL: 0.80,
            Design.RANDOMISED_TRIAL: 0.60,
        },
        QuestionType.PROGNOSIS: {
            Design.COHORT: 0.80,
            Design.RANDOMISED_TRIAL: 0.75,
            Design.CASE_SERIES: 0.45,
        },
        QuestionType.DIAGNOSIS: {
            Design.CROSS_SECTIONAL: 0.80,
            Design.COHORT: 0.75,
            Design.RANDOMISED_TRIAL: 0.80,
        },
        QuestionType.HARM: {Design.COHORT: 0.65, Design.REGULATORY: 0.85},
        QuestionType.MECHANISM: {Design.PRECLINICAL: 0.50, Design.CASE_SERIES: 0.45},
        QuestionType.OVERVIEW: {Design.COHORT: 0.65, Design.CASE_SERIES: 0.45},
        QuestionType.GUIDELINE: {
            Design.SYSTEMATIC_REVIEW: 0.85,
            Design.META_ANALYSIS: 0.85,
            Design.RANDOMISED_TRIAL: 0.70,
        },
    }
)
_SYNTHESIS, _STUDY, _OPINION = 5.5, 8.0, 4.0
HALF_LIFE: Mapping[Design, float] = MappingProxyType(  # years
    {
        Design.GUIDELINE: 5.0,
        Design.CONSENSUS: 5.0,
        Design.REGULATORY: 5.0,
        Design.SYSTEMATIC_REVIEW: _SYNTHESIS,
        Design.META_ANALYSIS: _SYNTHESIS,
        Design.NARRATIVE_REVIEW: _OPINION,
        Design.CASE_REPORT: _OPINION,
        Design.CASE_SERIES: _OPINION,
        Design.OPINION: _OPINION,
    }
)
DEFAULT_HALF_LIFE = _STUDY
PREPRINT_HALF_LIFE = 1.5


def quality_of(design: Design, question: QuestionType) -> float:
    """Quality of a design for a type of question, from 0 to 1."""
    return QUALITY_FOR.get(question, {}).get(design, QUALITY[design])
