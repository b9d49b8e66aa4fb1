"""Numbers with their units."""

import pytest

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
        ("five micrograms", "5", ""),
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
