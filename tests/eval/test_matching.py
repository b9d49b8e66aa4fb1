"""When an answer says a statement, by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.matching import says, says_in_one

QUESTION = "Does dromedaril help against night cramps?"
STATEMENT = "Dromedaril halved night cramps in 240 adults (HR 0.52, 95% CI 0.40-0.68)"


@pytest.mark.parametrize(
    "sentences",
    [
        ("In 240 adults dromedaril halved night cramps; the hazard ratio was 0.52 (0.40 to 0.68).",),
        ("Unrelated words.", "Dromedaril halved cramps in 240 adults.", "HR 0.52 (0.40-0.68) at night."),
    ],
    ids=["one sentence", "two sentences"],
)
def test_a_statement_is_said_with_its_words_and_numbers(sentences):
    assert says(STATEMENT, sentences, QUESTION) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "In 240 adults dromedaril halved night cramps (HR 0.25, 0.40 to 0.68).",
        "In 24 adults dromedaril halved night cramps (HR 0.52, 0.40 to 0.68).",
        "In 240 adults the figures were 0.52, 0.40 and 0.68.",
        "",
    ],
    ids=["digits swapped", "a digit lost", "numbers alone", "nothing"],
)
def test_a_statement_is_not_said_without_them(sentence):
    assert says(STATEMENT, (sentence,), QUESTION) is None


def test_another_unit_is_another_number():
    assert says("Give 50 mg of dromedaril daily", ("Give 50 g of dromedaril daily.",)) is None
    assert says("Give 50 mg of dromedaril daily", ("Give 50 mg of dromedaril daily.",)) == (0,)


def test_the_words_of_the_question_alone_say_nothing():
    sentence = "Dromedaril was given against night cramps."

    assert says("Night cramps come back after stopping dromedaril", (sentence,), QUESTION) is None


def test_the_opposite_is_not_the_statement():
    assert (
        says("Dromedaril is recommended for cramps", ("Dromedaril is not recommended for cramps.",)) is None
    )


def test_a_synonym_says_it_as_well():
    assert says(
        "Steroid treatment lowers mortality", ("Prednisone treatment lowers the risk of death.",)
    ) == (0,)


def test_without_sentences_nothing_is_said():
    assert says(STATEMENT, (), QUESTION) is None
    assert says_in_one(STATEMENT, (), QUESTION) is None


@pytest.mark.parametrize(
    ("forbidden", "sentence"),
    [
        ("Take NSAIDs freely", "NSAIDs should be avoided."),
        ("NSAIDs are recommended for the pain", "NSAIDs are not recommended for the pain."),
        ("Most have a known risk factor", "Most, 83%, had no known risk factor."),
        ("Start aspirin", "Starting aspirin at this age purely against cancer is discouraged."),
        ("Resolves in 6 weeks", "It resolves in 10 weeks."),
    ],
)
def test_what_denies_a_forbidden_statement_doesn_t_say_it(forbidden, sentence):
    assert says_in_one(forbidden, (sentence,)) is None


@pytest.mark.parametrize(
    ("forbidden", "sentence"),
    [
        ("NSAIDs are recommended for the pain", "For the pain NSAIDs are recommended."),
        ("Start aspirin", "Start aspirin now."),
        ("Resolves in 6 weeks", "The haematoma resolves in 6 weeks."),
    ],
)
def test_what_affirms_a_forbidden_statement_says_it(forbidden, sentence):
    assert says_in_one(forbidden, ("Something else.", sentence)) == (1,)


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60), st.text(max_size=40))
def test_what_is_named_are_places_of_sentences_each_once(sentences, statement, question):
    for match in (says, says_in_one):
        found = match(statement, sentences, question)
        assert found is None or (
            0 < len(found) == len(set(found)) <= 3 and all(0 <= place < len(sentences) for place in found)
        )


def test_a_forbidden_number_of_another_entry_of_a_list_is_not_said():
    """A list gives each drug its own interval."""
    forbidden = "12 h is enough after high-dose heparin"
    listed = "Before a block: low-dose heparin 12 h, high-dose heparin 24 h, warfarin 5 days."

    assert says_in_one(forbidden, [listed]) is None
    assert says_in_one(forbidden, ["In most people, 12 h is enough after high-dose heparin."]) == (0,)
