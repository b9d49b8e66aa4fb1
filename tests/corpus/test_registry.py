"""Numbers of trials. All numbers are made up."""

import pytest

from corpus.registry import only_trial, trial_numbers


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Registered as NCT 00000001.", {"NCT00000001"}),
        ("NCT00000001, later NCT 00000001 again", {"NCT00000001"}),
        ("ISRCTN00000001 and DRKS00000001", {"ISRCTN00000001", "DRKS00000001"}),
        ("NCT0000001 has a figure too few", set()),
    ],
)
def test_a_blank_after_the_letters_makes_no_other_number(text, named):
    assert trial_numbers(text) == named


def test_a_text_with_two_trials_has_no_number_of_its_own():
    assert only_trial("NCT00000001 and NCT00000002") is None
    assert only_trial("NCT00000001 and NCT 00000001") == "NCT00000001"
    assert only_trial("no number") is None
