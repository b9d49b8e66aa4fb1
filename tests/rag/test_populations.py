"""Whom a question is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.populations import groups_of, older, populations
from rag.types import Population


@pytest.mark.parametrize(
    ("text", "groups", "aged"),
    [
        ("A 6-year-old with sepsis", {Population.CHILD}, False),
        ("Aspirin in infants", {Population.CHILD}, False),
        ("A 45-year-old woman", {Population.ADULT}, False),
        ("A 72 year old man", {Population.ADULT}, True),
        ("I am 76 and take aspirin", {Population.ADULT}, True),
        ("Falls in nursing homes", {Population.ADULT}, True),
        ("Statins over 75", {Population.ADULT}, True),
        ("Heparin before childbirth", {Population.PREGNANCY}, False),
        ("Clearance of blood in rats", {Population.ANIMAL}, False),
        ("Pregnant women and their newborns", {Population.PREGNANCY, Population.CHILD}, False),
        ("Does baby aspirin help?", set(), False),
        ("Is 76 mg enough?", set(), False),
    ],
)
def test_groups_are_read_from_words_and_ages(text, groups, aged):
    assert groups_of(text) == groups
    assert older(text) is aged


@given(st.text(max_size=200))
def test_groups_that_need_their_own_evidence_are_among_all_groups(text):
    own = {"children": Population.CHILD, "pregnancy": Population.PREGNANCY}

    assert {own[name] for name in populations(text)} <= groups_of(text)


@given(st.integers(1, 115))
def test_every_age_has_its_group(age):
    text = f"A {age}-year-old with sepsis"

    assert groups_of(text) == ({Population.CHILD} if age < 18 else {Population.ADULT})
    assert older(text) is (age >= 65)
