"""Which way a sentence points."""

import pytest

from rag.polarity import Stance, reversed_polarity, stance


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Steroids reduced mortality.", "Steroids did not reduce mortality."),
        ("Steroids did not reduce mortality.", "Steroids reduced mortality."),
        ("Mortality was higher with steroids.", "Mortality was lower with steroids."),
        ("Bleeding increased.", "Bleeding decreased."),
        ("It is recommended.", "It is recommended against."),
        ("The drug worsened survival.", "The drug improved survival."),
    ],
)
def test_a_denial_or_a_turn_of_direction_is_seen(claim, quote):
    assert reversed_polarity(claim, quote)


def test_the_same_sentence_points_the_same_way():
    text = "Mortality was not lower, although bleeding increased."

    assert not reversed_polarity(text, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No benefit of the drug was found.", Stance.AGAINST),
        ("Mortality did not differ between the groups.", Stance.AGAINST),
        ("The panel recommends against it.", Stance.AGAINST),
        ("Mortality was lower with the drug.", Stance.FOR),
        ("The guideline suggests corticosteroids.", Stance.FOR),
        ("The study enrolled 80 patients.", Stance.NEUTRAL),
    ],
)
def test_the_stance_of_a_sentence(text, expected):
    assert stance(text) is expected
