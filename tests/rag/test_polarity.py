"""Which way a sentence points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.polarity import Stance, reversed_polarity, stance

WORDS = "not no the drug lower higher deaths never without than against recommended before after .".split()


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Steroids reduced mortality.", "Steroids did not reduce mortality."),
        ("Steroids did not reduce mortality.", "Steroids reduced mortality."),
        ("Mortality was higher with steroids.", "Mortality was lower with steroids."),
        ("Bleeding increased.", "Bleeding decreased."),
        ("It is recommended.", "It is recommended against."),
        ("The drug worsened survival.", "The drug improved survival."),
        ("Major bleeding was frequent.", "Minor bleeding was frequent."),
        ("It is given before surgery.", "It is given after surgery."),
        ("Half of them survived.", "Half of them died."),
        ("The others did not.", "The others did."),
        ("SONIA is in it.", "SONIA is not in it."),
        ("Warfarin is better than aspirin.", "Aspirin is better than warfarin."),
        ("Aspirin was inferior to warfarin.", "Warfarin was inferior to aspirin."),
        ("Deaths rose and bleeds fell.", "Deaths fell and bleeds rose."),
        ("Deaths rose.", "Deaths fell in all of the many centres, and bleeds rose."),
        (
            "Grafts were 33 for patients without diabetes and 29 for patients with diabetes.",
            "Grafts were 33 for patients with diabetes and 29 for patients without diabetes.",
        ),
        ("It was non-inferior.", "It was inferior."),
        ("Drug A was inferior.", "Drug A was non-inferior."),
        ("Warfarin was not stopped.", "Warfarin was stopped; aspirin was not stopped."),
    ],
)
def test_a_denial_or_a_turn_of_direction_is_seen(claim, quote):
    assert reversed_polarity(claim, quote)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Mortality was reduced by the drug.", "The drug reduced mortality."),
        ("Bleeding increased.", "Mortality was not lower, although bleeding increased."),
        ("The drug did not lower mortality.", "In 80 centres the drug did not lower mortality at day 28."),
    ],
)
def test_a_claim_may_say_less_or_the_same_in_another_order(claim, quote):
    assert not reversed_polarity(claim, quote)


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_points_the_way_it_points(text):
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
