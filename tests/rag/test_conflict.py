"""Where the evidence disagrees, and the likely reason; all records here are made up."""

from __future__ import annotations

import pytest
from made_up import document, evidence

from rag.conflict import conflicts
from rag.question import understand
from rag.types import Design, Note, NoteKind, PublicationDate, Status

FOR = "Vitamin D reduced hip fractures in older women."
AGAINST = "Vitamin D did not reduce hip fractures in older women."
ASKED = "Does vitamin D reduce hip fractures?"


def found(*texts, asked=ASKED, **fields):
    """The conflicts among one sentence each of as many papers."""
    of = [document(number, **fields) for number in range(1, len(texts) + 1)]
    return conflicts(understand(asked), [evidence(text, one) for text, one in zip(texts, of, strict=True)])


def test_a_finding_and_its_denial_in_two_papers_disagree():
    (conflict,) = found(FOR, AGAINST)

    assert [side.text for side in conflict.sides] == [FOR, AGAINST]


def test_the_effect_comes_first_whatever_the_order():
    (conflict,) = found(AGAINST, FOR)

    assert conflict.sides[0].text == FOR


def test_both_sides_are_quoted_word_for_word_with_design_and_year():
    (conflict,) = found(FOR, AGAINST)

    assert all(side.citations[0].quote == side.text for side in conflict.sides)
    assert all("cohort study 2020" in side.context for side in conflict.sides)


@pytest.mark.parametrize(
    "other",
    [
        FOR,
        "Aspirin did not reduce strokes in older men.",
        "Vitamin D was measured in older women at entry.",
        "Vitamin D did not reduce colds in older women.",
    ],
)
def test_the_same_direction_another_subject_or_another_outcome_is_no_conflict(other):
    assert found(FOR, other) == ()


def test_one_paper_does_not_disagree_with_itself():
    of = document(1)

    assert conflicts(understand(ASKED), [evidence(FOR, of), evidence(AGAINST, of)]) == ()


def test_a_superseded_document_is_no_side():
    assert found(FOR, AGAINST, status=Status.SUPERSEDED) == ()


def test_two_estimates_of_one_effect_do_not_disagree_because_one_is_less_sure():
    sure = "Vitamin D reduced hip fractures (risk ratio 0.80, 95% CI 0.70 to 0.91)."
    unsure = "Vitamin D and hip fractures: risk ratio 0.85, 95% CI 0.60 to 1.20."

    assert found(sure, unsure) == ()


def test_two_estimates_that_exclude_each_other_disagree():
    sure = "Vitamin D reduced hip fractures (risk ratio 0.80, 95% CI 0.70 to 0.91)."
    none = "Vitamin D and hip fractures: risk ratio 1.02, 95% CI 0.94 to 1.11."

    assert [side.text for side in found(sure, none)[0].sides] == [sure, none]


def test_groups_that_exclude_each_other_do_not_disagree():
    mild = "Vitamin D did not reduce hip fractures in mild disease."
    severe = "Vitamin D reduced hip fractures in severe disease."

    assert found(mild, severe) == ()


def test_advice_for_and_against_disagrees():
    give = "The panel recommends vitamin D for older women to prevent hip fractures."
    refuse = "The panel recommends against vitamin D for older women to prevent hip fractures."

    (conflict,) = found(give, refuse, design=Design.GUIDELINE)

    assert conflict.topic == "What is advised"
    assert [side.text for side in conflict.sides] == [give, refuse]


def test_a_question_on_how_common_a_thing_is_has_no_conflict_of_effects():
    assert found(FOR, AGAINST, asked="How common are hip fractures with vitamin D?") == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"design": Design.META_ANALYSIS}, "the designs differ (cohort study and meta-analysis)"),
        ({"published": PublicationDate(2022)}, "the cohort study of 2022 is newer than that of 2020"),
        ({"published": PublicationDate(2021)}, "the records do not show why"),
        ({"sample_size": 3_000}, "one is much larger (3,000 against 1,000 people)"),
        ({"sample_size": 2_999}, "the records do not show why"),
        ({"population": "men"}, "the populations differ (women; men)"),
        ({"notes": (Note(NoteKind.INDIRECT, "from mice"),)}, "one side is indirect evidence (from mice)"),
    ],
)
def test_the_likely_reason(fields, reason):
    shared = {"sample_size": 1_000, "population": "women"}
    one, other = document(1, **shared), document(2, **(shared | fields))

    (conflict,) = conflicts(understand(ASKED), [evidence(FOR, one), evidence(AGAINST, other)])

    assert conflict.reason == reason
