"""Means with intervals, and two runs side by side."""

from __future__ import annotations

import pytest
from eval_kit import PROVENANCE, UNANSWERABLE, answered, asked, declined, failed
from hypothesis import given
from hypothesis import strategies as st

from eval.compare import compare
from eval.intervals import mean_of, quantile
from eval.metrics import metrics, score
from eval.run import Row, Run
from eval.summary import figures, slices

ALL = metrics()


def run_of(*pairs):
    return Run(PROVENANCE, "f", tuple(Row(gold, result, score(gold, result, ALL)) for gold, result in pairs))


def difference(comparison, name):
    return next(one for one in comparison.differences if one.metric == name)


def test_a_mean_counts_what_was_computed_alone():
    mean = mean_of([1.0, None, 0.0])

    assert (mean.value, mean.n) == (0.5, 2)
    assert (mean.low, mean.high) == (0.0, 1.0)


def test_nothing_computed_has_no_mean():
    assert mean_of([]) is None
    assert mean_of([None, None]) is None
    assert quantile([], 0.5) is None


def test_the_interval_is_that_of_the_binomial_near_enough():
    """Of 100 questions, half right: 0.5 ± 1.96 · 0.05."""
    mean = mean_of([0.0, 1.0] * 50)

    assert mean.low == pytest.approx(0.402, abs=0.015)
    assert mean.high == pytest.approx(0.598, abs=0.015)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_holds_its_mean_and_is_the_same_every_time(values):
    mean = mean_of(values)

    assert mean == mean_of(values)
    assert min(values) - 1e-9 <= mean.low <= mean.value + 1e-9
    assert mean.value - 1e-9 <= mean.high <= max(values) + 1e-9


def test_a_run_compared_with_itself_shows_zero_differences():
    run = run_of((asked(1), answered()), (asked(2), declined()), (UNANSWERABLE, failed()))

    comparison = compare(run, run, ALL)

    assert comparison.moved == comparison.only_here == comparison.only_there == ()
    known = [one for one in comparison.differences if one.difference is not None]
    assert known
    assert {(d.difference.value, d.difference.low, d.difference.high) for d in known} == {(0.0, 0.0, 0.0)}
    assert not [one for one in comparison.differences if one.better or one.worse or one.unpaired or one.clear]


def test_questions_that_moved_come_worst_first():
    before = run_of((asked(1), answered()), (asked(2), declined()), (asked(3), answered()))
    after = run_of((asked(1), answered()), (asked(2), answered()), (asked(3), failed()))

    comparison = compare(after, before, ALL)

    assert [one.row.gold.id for one in comparison.moved] == ["q3", "q2"]
    answering = difference(comparison, "answers_answerable")
    assert (answering.difference.value, answering.better, answering.worse) == (0.0, 1, 1)


def test_what_only_one_run_computed_is_counted_and_not_compared():
    comparison = compare(run_of((asked(1), declined())), run_of((asked(1), answered())), ALL)

    assert difference(comparison, "citation_precision").difference is None
    assert difference(comparison, "citation_precision").unpaired == 1
    assert difference(comparison, "must_have_coverage").difference.value == pytest.approx(-2 / 3)


def test_only_questions_of_both_runs_are_compared():
    here, there = run_of((asked(1), answered()), (asked(2), answered())), run_of((asked(2), declined()))

    comparison = compare(here, there, ALL)

    assert (comparison.only_here, comparison.only_there) == (("q1",), ())
    assert difference(comparison, "answers_answerable").difference.n == 1


def test_a_clear_difference_is_one_whose_interval_leaves_out_zero():
    gold = [asked(number) for number in range(12)]
    worse = compare(run_of(*((q, declined()) for q in gold)), run_of(*((q, answered()) for q in gold)), ALL)

    assert difference(worse, "answers_answerable").clear
    assert not difference(worse, "must_not_avoided").clear


def test_slices_part_the_questions_and_leave_out_what_all_share():
    run = run_of((asked(1, kind="reversal"), answered()), (asked(2, kind="seed"), declined()))

    found = slices(run, ALL)

    assert {(one.property, one.value, one.questions) for one in found} == {
        ("kind", "reversal", 1),
        ("kind", "seed", 1),
    }


def test_figures_count_time_errors_and_years():
    found = figures(run_of((asked(1), answered()), (asked(2), failed())))

    assert (found.questions, found.errors, found.median_year, found.tokens) == (2, 1, 2020.0, None)
    assert found.seconds_p50 == pytest.approx(0.3)
