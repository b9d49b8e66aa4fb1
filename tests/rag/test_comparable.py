"""Whether two sentences may be held against each other."""

from __future__ import annotations

import pytest

from rag.comparable import Saying, comparable, of_other_age, of_others, of_subgroup


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Deaths fell in severe disease.", "Deaths did not fall in severe disease.", True),
        ("Deaths fell in severe disease.", "Deaths did not fall in mild disease.", False),
        ("Outpatients recovered sooner.", "Inpatients did not recover sooner.", False),
        ("The higher dose lowered deaths.", "The drug did not lower deaths.", False),
        ("Stopping raised events.", "Stopping did not raise events.", True),
        ("Stopping raised events.", "The drug did not lower events.", False),
        ("Haemorrhagic strokes rose.", "Severe bleeding did not rise.", False),
    ],
)
def test_groups_times_doses_and_sites_must_be_the_same(one, other, may):
    first, second = Saying("A made-up study", one), Saying("A made-up study", other)

    assert comparable(first, second) is comparable(second, first) is may


def test_the_title_tells_of_what_disease_a_sentence_speaks():
    assert not comparable(Saying("Influenza", "Deaths rose."), Saying("Pneumonia", "Deaths did not rise."))


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Grade C: at 40-59 it is an individual choice.", True),
        ("People aged 60 or older should not start.", False),
        ("It should not be started.", False),
    ],
)
def test_the_age_of_the_question_is_looked_for(text, other):
    assert of_other_age("Should a 72-year-old start aspirin?", text) is other
    assert not of_other_age("Should anybody start aspirin?", text)


def test_stopping_is_another_matter_than_starting():
    assert of_others("Should she start aspirin?", "Stopping at 75 is suggested.")
    assert not of_others("Should she be stopping aspirin?", "Stopping at 75 is suggested.")


def test_a_subgroup_is_told_by_its_words():
    assert of_subgroup("In the subgroup aged 65 or more, events were reduced.")
    assert not of_subgroup("Events were reduced.")
