"""Red flags that somebody has, and questions that only look like them. All phrasings are made up."""

from pathlib import Path

import pytest

from rag.safety import safety_notices
from rag.types import SafetyKind

HERE = Path(__file__).parent / "questions"
EMERGENCIES = (HERE / "emergencies.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = (HERE / "harmless.txt").read_text(encoding="utf-8").splitlines()


def alarms(question, understood_as=""):
    return any(notice.kind is SafetyKind.EMERGENCY for notice in safety_notices(question, understood_as))


def test_the_tables_are_large_enough_to_mean_something():
    assert len(set(EMERGENCIES)) == len(EMERGENCIES) >= 350
    assert len(set(HARMLESS)) == len(HARMLESS) >= 330


def test_of_the_emergencies_that_somebody_has_next_to_none_is_missed():
    missed = [question for question in EMERGENCIES if not alarms(question)]

    assert len(missed) <= 0.01 * len(EMERGENCIES), missed


def test_at_most_a_tenth_of_harmless_questions_is_flagged():
    false = [question for question in HARMLESS if alarms(question)]

    assert len(false) <= 0.1 * len(HARMLESS), false


@pytest.mark.parametrize("question", ["I CAN’T BREATHE", "i can't\n breathe"])
def test_case_apostrophes_and_line_breaks_do_not_hide_an_emergency(question):
    assert alarms(question)


def test_an_emergency_that_only_the_stand_alone_question_tells_is_seen():
    assert not alarms("And what now?")
    assert alarms("And what now?", "My father is unconscious, what now?")


def test_an_emergency_goes_first_and_names_no_number_of_any_country():
    first, *_ = safety_notices("I took 30 paracetamol tablets, how much acetylcysteine should I take?")

    assert first.kind is SafetyKind.EMERGENCY
    assert "your local emergency number" in first.text
    assert not any(c.isdigit() for c in first.text)


def test_who_may_harm_themselves_is_told_where_help_is():
    (notice,) = safety_notices("I want to kill myself")

    assert notice.kind is SafetyKind.EMERGENCY
    assert "crisis line" in notice.text
    assert "local emergency number" in notice.text


def test_what_is_over_does_not_excuse_what_is_now():
    assert alarms("I have crushing chest pain, I had a stent two years ago")
    assert not alarms("My mother had crushing chest pain two years ago")


def test_an_emergency_in_a_study_is_none():
    assert not alarms("In the trial, how many patients collapsed?")
