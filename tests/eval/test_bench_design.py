"""How study design is measured. Every record is made up."""

from __future__ import annotations

from eval.bench_design import KINDS, DesignRow, Told, design_rows, macro_f1
from rag.types import Design

RCT, LETTER, REVIEW = "randomized controlled trial", "letter", "review"


def told(number, design, *types):
    return Told(f"ref:made-up-{number}", frozenset(types), design)


def row(name, *records):
    return next(row for row in design_rows(records) if row.name == name)


def test_precision_recall_and_f1_are_those_of_one_kind_against_the_rest():
    found = row(
        "randomised trial",
        told(1, Design.RANDOMISED_TRIAL, RCT),
        told(2, Design.RANDOMISED_TRIAL, RCT),
        told(3, Design.UNKNOWN, RCT),
        told(4, Design.RANDOMISED_TRIAL, REVIEW),
    )

    assert (found.n, found.right, found.wrongly, found.missed) == (3, 2, 1, 1)
    assert (found.precision, found.recall, found.f1) == (2 / 3, 2 / 3, 2 / 3)


def test_a_record_counts_once_however_often_it_was_exported():
    one = told(1, Design.RANDOMISED_TRIAL, RCT)

    assert row("randomised trial", one, one).n == 1


def test_a_letter_with_a_trials_type_counts_as_both():
    one = told(1, Design.OPINION, RCT, LETTER)

    assert row("randomised trial", one).missed == 1
    assert row("letter, comment, editorial or news", one).right == 1


def test_a_randomised_trial_is_no_other_trial():
    assert row("other clinical trial", told(1, Design.RANDOMISED_TRIAL, RCT, "clinical trial")).n == 0


def test_a_cohort_without_a_type_is_not_held_against_us():
    silent, reviewed = told(1, Design.COHORT, "journal article"), told(2, Design.COHORT, REVIEW)

    assert row("observational study", silent, reviewed).wrongly == 1


def test_what_was_never_told_has_no_precision():
    assert row("randomised trial", told(1, Design.UNKNOWN, RCT)).precision == 0.0


def test_the_mean_is_over_kinds_that_there_are():
    rows = (DesignRow("a", 1, 0, 0), DesignRow("b", 0, 1, 1), DesignRow("c", 0, 3, 0))

    assert macro_f1(rows) == 0.5
    assert macro_f1(()) is None


def test_each_design_is_of_one_kind():
    designs = [design for kind in KINDS for design in kind.designs]

    assert len(designs) == len(set(designs))


def test_the_halves_are_parted_by_id_alone():
    records = [told(number, Design.UNKNOWN, RCT) for number in range(40)]
    again = [told(number, Design.COHORT) for number in range(40)]

    halves = [one.held_out for one in records]
    assert halves == [one.held_out for one in again]
    assert set(halves) == {True, False}
