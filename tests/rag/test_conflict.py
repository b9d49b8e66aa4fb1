"""Where the evidence disagrees, and the likely reason."""

from __future__ import annotations

import pytest
from made_up import document

from rag.conflict import conflicts
from rag.types import Citation, Claim, Design, Note, NoteKind, PublicationDate

FOR = "Vitamin D reduced hip fractures in older women."
AGAINST = "Vitamin D did not reduce hip fractures in older women."
SUBJECT = ("vitamin", "fractur")


def claim(text, of):
    return Claim(text, (Citation(of.id, f"{of.id}#1", text, "Results", 0, len(text)),))


def found(one=FOR, other=AGAINST, of=None, other_of=None, subject=SUBJECT):
    of, other_of = of or document(1), other_of or document(2)
    return conflicts([claim(one, of), claim(other, other_of)], {of.id: of, other_of.id: other_of}, subject)


def test_a_finding_and_its_denial_in_two_papers_disagree():
    (conflict,) = found()

    assert [side.text for side in conflict.sides] == [FOR, AGAINST]


def test_the_side_for_comes_first_whatever_the_order():
    (conflict,) = found(AGAINST, FOR)

    assert conflict.sides[0].text == FOR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FOR, FOR),
        (AGAINST, AGAINST),
        (FOR, "Aspirin did not reduce stroke."),
        (FOR, "Vitamin D was measured."),
    ],
)
def test_the_same_direction_or_another_subject_is_no_conflict(one, other):
    assert found(one, other) == ()


def test_one_paper_does_not_disagree_with_itself():
    of = document(1)

    assert found(of=of, other_of=of) == ()


def test_what_is_shared_must_touch_the_question():
    assert found(subject=("aspirin",)) == ()


def test_a_paper_stands_in_one_conflict_only():
    papers = [document(number) for number in range(5)]
    claims = [claim(AGAINST if number else FOR, of) for number, of in enumerate(papers)]

    assert len(conflicts(claims, {of.id: of for of in papers}, SUBJECT)) == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"design": Design.META_ANALYSIS}, "the designs differ (cohort study and meta-analysis)"),
        ({"published": PublicationDate(2022)}, "the cohort study of 2022 is newer"),
        ({"published": PublicationDate(2021)}, "the records do not show why"),
        ({"sample_size": 3_000}, "one is much larger (3,000 against 1,000 patients)"),
        ({"sample_size": 2_999}, "the records do not show why"),
        ({"population": "men"}, "the populations differ (women; men)"),
        ({"notes": (Note(NoteKind.INDIRECT, "from mice"),)}, "one side is indirect (from mice)"),
    ],
)
def test_the_likely_reason(fields, reason):
    shared = {"sample_size": 1_000, "population": "women"}

    (conflict,) = found(of=document(1, **shared), other_of=document(2, **(shared | fields)))

    assert conflict.reason == reason
