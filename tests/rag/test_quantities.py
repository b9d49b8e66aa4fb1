"""Numbers with their units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import Quantity, altered, quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10 mg", "10", "mg"),
        ("10mg", "10", "mg"),
        ("1.5 mg/kg", "1.5", "mg/kg"),
        ("73.7% of cases", "73.7", "%"),
        ("73.7 percent", "73.7", "%"),
        ("a 24-hour infusion", "24", "hour"),
        ("15,480 people", "15480", "people"),
        ("HR 0·86", "0.86", ""),
        ("p = .05", "0.05", ""),
        ("five micrograms", "5", "µg"),
        ("two-week courses", "2", "week"),
        ("75 mg a day", "75", "mg/day"),
        ("75 mg/d", "75", "mg/day"),
        ("5% per year", "5", "%/year"),
        ("P<.005", "<0.005", ""),
        ("> or = 3000 ms", "≥3000", ""),
        ("<= 5 mg", "≤5", "mg"),
        ("1.5 million people", "1.5 million", "people"),
        ("a change of -0.9 points", "-0.9", ""),
    ],
)
def test_a_number_is_read_with_its_unit(text, value, unit):
    assert Quantity(value, unit) in quantities(text)


def test_both_ends_of_a_range_carry_its_unit():
    assert set(quantities("within 4-6 weeks")) == {Quantity("4", "week"), Quantity("6", "week")}


@pytest.mark.parametrize(
    "claim",
    [
        "The dose was 60 mg daily.",  # ten times
        "The dose was 6 g daily.",  # another unit
        "The dose was 7 mg daily.",  # another digit
        "The dose was 6 daily.",  # no unit
        "The dose was 10 mg daily.",  # another number of the passage
        "The dose was 6 mg for 6 mg daily.",  # once too often
    ],
)
def test_a_changed_number_or_unit_is_seen(claim):
    assert altered(claim, "The dose was 6 mg daily for 10 days.")


def test_a_claim_that_says_less_than_its_quote_is_not_altered():
    assert not altered("The dose was 6 mg.", "The dose was 6 mg daily for 10 days.")


@pytest.mark.parametrize(
    "claim",
    [
        "Mortality was 18.0% with the drug.",  # the number of the other group
        "Mortality was 18.0% with the drug and 12.5% without it.",  # two numbers swapped
        "Mortality was 12.5% without the drug.",  # the other group
        "Mortality was 12.5% with the drug and 12.5% without it.",  # one number twice
        "The drug gave 12.5% mortality.",  # a number torn from its words
    ],
)
def test_a_number_keeps_its_order_and_the_words_beside_it(claim):
    assert altered(claim, "Mortality was 12.5% with the drug and 18.0% without it.")


def test_numbers_side_by_side_stay_together():
    quote = "Deaths fell (RR 0.91, 95% CI 0.80-1.03). Bleeds rose (RR 1.40, 95% CI 1.10-1.80)."

    assert altered("Deaths fell (RR 0.91, 95% CI 0.80-1.80).", quote)
    assert not altered("Bleeds rose (RR 1.40, 95% CI 1.10-1.80).", quote)


def test_a_parenthesis_of_the_quote_may_be_left_out():
    assert not altered("Deaths were 5% with it.", "Deaths were 5% (95% CI 2 to 9) with it.")


@given(st.text())
def test_any_text_states_what_it_states(text):
    assert not altered(text, text)


@given(st.lists(st.integers(0, 99), min_size=2, max_size=6, unique=True), st.data())
def test_numbers_of_a_sentence_in_any_other_order_are_seen(numbers, data):
    other = data.draw(st.permutations(numbers).filter(lambda order: order != numbers))

    def sentence(values):
        return "The groups had " + " and ".join(f"{value} deaths" for value in values) + "."

    assert altered(sentence(other), sentence(numbers))
