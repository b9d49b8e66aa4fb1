"""Whether graded recommendations are found and read right. All are made up."""

from __future__ import annotations

import pytest

from eval.bench_grades import grades_in, worded_as


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("USPSTF grade B. It is recommended.", ("B",)),
        ("This is a grade D recommendation, once Grade C.", ("D", "C")),
        ("An I statement.", ("I",)),
        ("Vitamin D was given to group A.", ()),
    ],
)
def test_a_grade_is_read_where_it_is_called_one(text, grades):
    assert grades_in(text) == grades


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("The panel recommends made-up screening in adults.", "AB"),
        ("The panel recommends against made-up screening.", "D"),
        ("The panel concludes that the current evidence is insufficient to assess made-up screening.", "I"),
        ("The panel recommends selectively offering it.", "C"),
        ("The decision to take a made-up drug should be an individual one.", "C"),
        ("Made-up screening is common.", ""),
    ],
)
def test_each_grade_is_known_by_the_words_that_are_kept_for_it(text, grades):
    assert worded_as(text) == grades
