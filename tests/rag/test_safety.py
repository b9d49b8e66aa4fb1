"""Red flags that somebody has, and questions that only look like them. All phrasings are made up."""

from pathlib import Path

import pytest

from rag.safety import safety_notices
from rag.types import SafetyKind

HERE = Path(__file__).parent / "questions"
EMERGENCIES = (HERE / "emergencies.txt").read_text(encoding="utf-8").splitlines()
HARMLESS = (HERE / "harmless.txt").read_text(encoding="utf-8").splitlines()


def alarms(question):
    return any(notice.kind is SafetyKind.EMERGENCY for notice in safety_notices(question))


def test_the_tables_are_large_enough_to_mean_something():
    assert len(set(EMERGENCIES)) == len(EMERGENCIES) >= 150
    assert len(set(HARMLESS)) == len(HARMLESS) >= 150


def test_of_the_emergencies_that_somebody_has_next_to_none_is_missed():
    missed = [question for question in EMERGENCIES if not alarms(question)]

    assert len(missed) <= 0.01 * len(EMERGENCIES), missed


def test_at_most_a_tenth_of_harmless_questions_is_flagged():
    false = [question for question in HARMLESS if alarms(question)]

    assert len(false) <= 0.1 * len(HARMLESS), false


@pytest.mark.parametrize("question", ["I CAN’T BREATHE", "i can't\n breathe"])
def test_case_apostrophes_and_line_breaks_do_not_hide_an_emergency(question):
    assert alarms(question)


def test_a_request_for_a_dose_of_ones_own_is_told_apart_from_an_emergency():
    (notice,) = safety_notices("How much aspirin should I take?")

    assert notice.kind is SafetyKind.DOSING
