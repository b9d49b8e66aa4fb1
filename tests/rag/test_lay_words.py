"""What people say, in the words of the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.lay_words import _MESH, _PLAIN, in_field_words
from rag.question import understand

ROWS = [(row[0], lay) for row in (*_MESH, *_PLAIN) for lay in row[1:]]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Will the blood clot in my spine go away?", "Will the spinal haematoma go away?"),
        ("I take a water pill for high blood pressure", "I take a diuretics for hypertension"),
        ("aspirin after a HEART  ATTACK", "aspirin after a myocardial infarction"),
        ("Do heart attacks run in families?", "Do myocardial infarction run in families?"),
        ("I can’t pee", "I urinary retention"),
        ("Is it a mini-stroke?", "Is it a ischaemic attack, transient?"),
    ],
)
def test_what_people_say_is_put_in_the_words_of_the_field(said, meant):
    assert in_field_words(said) == meant


def test_the_longest_of_several_names_counts():
    assert in_field_words("blood clot in the leg") == "venous thrombosis"
    assert in_field_words("blood clot") == "thrombus haematoma"


@pytest.mark.parametrize("text", ["influenza", "fluid balance", "heart attackers", "unitching"])
def test_a_name_inside_another_word_is_none(text):
    assert in_field_words(text) == text


@pytest.mark.parametrize(("field", "lay"), ROWS)
def test_each_row_is_applied_whole(field, lay):
    assert in_field_words(f"Is {lay} treated?") == f"Is {field} treated?"


def test_nothing_that_people_say_has_two_meanings():
    said = [lay for _, lay in ROWS]

    assert len(said) == len(set(said))


def test_a_question_in_lay_words_is_searched_for_in_both_and_another_once():
    assert understand("Is a brain bleed deadly?").searches == (
        "Is a brain bleed deadly?",
        "Is a intracranial haemorrhage deadly?",
    )
    assert understand("Is sepsis deadly?").searches == ("Is sepsis deadly?",)


def test_two_ways_to_say_a_thing_make_no_overview():
    assert not understand("Is a brain bleed deadly?").broad
    assert understand("What is the natural history of a brain bleed?").broad


@given(st.text(max_size=200))
def test_any_text_may_be_put_in_field_words(text):
    in_field_words(text)
