"""Provisional certainty, with its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import document

from rag.certainty import LEVELS, certainty_of
from rag.types import Design, Note, NoteKind, Status

TRIAL = Design.RANDOMISED_TRIAL
INDIRECT = (Note(NoteKind.INDIRECT, "from mice"),)


@pytest.mark.parametrize(
    ("fields", "conflicting", "level"),
    [
        ({"design": TRIAL}, False, "high"),
        ({"design": Design.META_ANALYSIS}, False, "moderate"),
        ({"design": Design.GUIDELINE}, False, "moderate"),
        ({"design": Design.COHORT}, False, "low"),
        ({"design": Design.CASE_REPORT}, False, "very low"),
        ({"design": Design.UNKNOWN}, False, "very low"),
        ({"design": TRIAL, "notes": INDIRECT}, False, "moderate"),
        ({"design": TRIAL, "sample_size": 299}, False, "moderate"),
        ({"design": TRIAL, "sample_size": 300}, False, "high"),
        ({"design": TRIAL}, True, "moderate"),
        ({"design": TRIAL, "status": Status.CONCERN}, False, "moderate"),
        ({"design": TRIAL, "notes": INDIRECT, "sample_size": 20}, True, "very low"),
        ({"design": Design.CASE_REPORT, "notes": INDIRECT, "sample_size": 1}, True, "very low"),
    ],
)
def test_the_level_of_one_source(fields, conflicting, level):
    assert certainty_of([document(**fields)], conflicting=conflicting).level == level


def test_every_step_down_is_written_out():
    found = certainty_of([document(design=TRIAL, notes=INDIRECT, sample_size=20)], conflicting=True)

    text = "; ".join(found.reasons)
    for part in ("starts at high", "indirectness: from mice", "imprecision: 20 patients", "inconsistency"):
        assert part in text


def test_it_always_says_that_it_is_provisional():
    assert "provisional" in certainty_of([document()], conflicting=False).reasons[-1]


def test_an_inferred_design_is_said():
    assert "inferred" in certainty_of([document(level_inferred=True)], conflicting=False).reasons[1]


def test_the_strongest_source_sets_the_start():
    found = certainty_of(
        [document(1, design=Design.CASE_REPORT), document(2, design=TRIAL)], conflicting=False
    )

    assert found.level == "high"


def test_fewer_indirect_than_direct_sources_cost_nothing():
    documents = [document(1, design=TRIAL), document(2, design=TRIAL), document(3, notes=INDIRECT)]

    assert certainty_of(documents, conflicting=False).level == "high"


def test_sizes_count_only_where_all_are_known():
    documents = [document(1, design=TRIAL, sample_size=20), document(2, design=TRIAL)]

    assert certainty_of(documents, conflicting=False).level == "high"


@given(st.lists(st.sampled_from(list(Design)), min_size=1, max_size=5), st.randoms())
def test_disagreement_never_raises_it_and_the_order_of_sources_changes_nothing(designs, random):
    documents = [document(number, design=design) for number, design in enumerate(designs)]
    shuffled = random.sample(documents, len(documents))

    agreed = certainty_of(documents, conflicting=False)
    assert certainty_of(shuffled, conflicting=False) == agreed
    disagreed = certainty_of(documents, conflicting=True)
    assert LEVELS.index(disagreed.level) <= LEVELS.index(agreed.level)


@pytest.mark.parametrize(
    ("design_text", "level"),
    [
        ("meta-analysis of 12 randomised trials", "high"),
        ("systematic review of published cases", "low"),
        ("systematic review", "moderate"),
    ],
)
def test_what_a_synthesis_pooled_decides_where_it_starts(design_text, level):
    pooled = document(design=Design.SYSTEMATIC_REVIEW, design_text=design_text)

    assert certainty_of([pooled], conflicting=False).level == level


def test_it_is_no_higher_than_the_sources_rate_their_own_evidence():
    said = ["Deaths fell (risk ratio 0.80, 95% CI 0.70 to 0.90; low certainty)."]

    assert certainty_of([document(design=TRIAL)], conflicting=False, said=said).level == "low"


def test_an_interval_that_leaves_benefit_and_harm_open_is_imprecise():
    said = ["Deaths did not differ (risk ratio 1.00, 95% CI 0.50 to 2.00)."]

    found = certainty_of([document(design=TRIAL)], conflicting=False, said=said)

    assert found.level == "moderate"
    assert any("0.5 to 2" in reason for reason in found.reasons)


def test_a_lead_that_rests_mostly_on_much_weaker_sources_counts_less():
    weak = [document(number, design=Design.CASE_REPORT) for number in (1, 2)]

    found = certainty_of([*weak, document(3, design=Design.GUIDELINE)], conflicting=False)

    assert found.level == "low"
    assert any("most of the lead rests on weaker sources (case report)" in r for r in found.reasons)
