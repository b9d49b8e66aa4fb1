"""What a sentence found."""

from __future__ import annotations

import pytest

from rag.findings import Verdict, finding_of, opposed
from rag.outcomes import ADVICE, outcomes_of


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Mortality was 10% v 20% (risk ratio 0.50, 95% CI 0.30 to 0.80).", Verdict.LESS),
        ("Mortality rose (hazard ratio, 1.40; 95% confidence interval [CI], 1.10 to 1.80).", Verdict.MORE),
        ("Mortality did not fall (HR 0.95, 95% CI 0.83-1.08).", Verdict.SAME),
        ("Mortality was 35% with plasma and 45% with usual care (P=0.03).", Verdict.LESS),
        ("Mortality was 35% with plasma and 37% with usual care (P=0.60).", Verdict.SAME),
        ("Recovery took 11 days with the drug for 6 days and 11 days with placebo.", Verdict.SAME),
        ("The number needed to treat was 140 against a number needed to harm of 518.", Verdict.GOOD),
        ("Mortality did not differ between the groups.", Verdict.SAME),
        ("Anticoagulants predicted a poor outcome.", Verdict.LINKED),
        ("Neurological function improved in 83% of patients.", None),
        ("The effect on mortality is unclear.", None),
        ("Placebo mortality was far higher than expected.", None),
        ("The trial enrolled 300 patients in 20 centres.", None),
    ],
)
def test_the_verdict(text, verdict):
    found = finding_of(text, False)

    assert (found.verdict if found else None) is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The panel recommends surgery within 24 hours.", Verdict.FOR),
        ("It may be considered in selected people.", Verdict.FOR),
        ("The panel suggests not giving steroids.", Verdict.AGAINST),
        ("People aged 60 or older should not start aspirin (grade D).", Verdict.AGAINST),
    ],
)
def test_what_a_guideline_says_is_advice_for_or_against(text, verdict):
    found = finding_of(text, True)

    assert found is not None
    assert (found.outcomes, found.verdict) == (frozenset({ADVICE}), verdict)


def test_an_update_of_a_recommendation_is_no_advice():
    assert finding_of("The recommendation on ivermectin was last updated in 2022.", True) is None


def test_the_outcome_is_that_of_the_measured_clause():
    found = finding_of("Bleeding rose (RR 1.40, 95% CI 1.07-1.83); strokes did not differ.", False)

    assert found is not None
    assert found.outcomes == {"Bleeding"}


def test_non_fatal_events_are_no_deaths():
    assert "Deaths" not in outcomes_of("Non-fatal heart attacks fell.")


@pytest.mark.parametrize(
    ("one", "other", "is_opposed"),
    [
        (Verdict.LESS, Verdict.MORE, True),
        (Verdict.LESS, Verdict.SAME, True),
        (Verdict.FOR, Verdict.AGAINST, True),
        (Verdict.SAME, Verdict.AGAINST, False),
        (Verdict.LESS, Verdict.GOOD, False),
        (Verdict.SAME, Verdict.SAME, False),
    ],
)
def test_opposed_verdicts(one, other, is_opposed):
    assert opposed(one, other) is opposed(other, one) is is_opposed
