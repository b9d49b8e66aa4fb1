"""The numbers that rank evidence hold together."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rag.types import Design, QuestionType
from rag.weights import DEFAULT_HALF_LIFE, HALF_LIFE, PREPRINT_HALF_LIFE, QUALITY, RankingWeights, quality_of

WEIGHTS = RankingWeights()
EACH_TYPE = pytest.mark.parametrize("kind", QuestionType)


@EACH_TYPE
@pytest.mark.parametrize("design", Design)
def test_every_design_has_a_quality_for_every_type_of_question(design, kind):
    assert 0 < quality_of(design, kind) <= 1


def test_quality_falls_along_the_levels_of_evidence():
    """OCEBM 2011, for treatment."""
    ladder = [
        Design.SYSTEMATIC_REVIEW,
        Design.RANDOMISED_TRIAL,
        Design.NON_RANDOMISED_TRIAL,
        Design.COHORT,
        Design.CASE_CONTROL,
        Design.CASE_SERIES,
        Design.CASE_REPORT,
        Design.OPINION,
    ]

    assert all(
        quality_of(a, QuestionType.THERAPY) > quality_of(b, QuestionType.THERAPY) for a, b in pairwise(ladder)
    )


@EACH_TYPE
def test_no_single_study_is_rated_above_a_guideline(kind):
    assert all(quality_of(design, kind) <= quality_of(Design.GUIDELINE, kind) for design in Design)


@pytest.mark.parametrize("kind", [QuestionType.FREQUENCY, QuestionType.PROGNOSIS])
def test_how_common_a_thing_is_and_how_it_goes_on_is_answered_by_cohorts(kind):
    assert quality_of(Design.COHORT, kind) > quality_of(Design.RANDOMISED_TRIAL, kind)


@pytest.mark.parametrize("recency", [WEIGHTS.recency, WEIGHTS.recency_when_latest])
def test_relevance_always_counts_for_at_least_half(recency):
    assert WEIGHTS.quality + recency <= 0.5


def test_what_is_unknown_counts_as_neither_best_nor_worst():
    assert WEIGHTS.floor < WEIGHTS.unknown_date < 1
    assert min(QUALITY.values()) < QUALITY[Design.UNKNOWN] < max(QUALITY.values())


def test_what_is_renewed_ages_faster_than_a_study_and_a_preprint_fastest():
    assert PREPRINT_HALF_LIFE < min(HALF_LIFE.values()) <= max(HALF_LIFE.values()) < DEFAULT_HALF_LIFE


def test_no_one_can_change_the_tables():
    with pytest.raises(TypeError):
        QUALITY[Design.OPINION] = 1.0
