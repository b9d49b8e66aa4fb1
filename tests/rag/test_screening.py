"""Requests for one person's dose, other subjects and other languages. All phrasings are made up."""

from pathlib import Path

import pytest

from rag.languages_asked import language_of
from rag.safety import safety_notices
from rag.screening import asks_for_a_dose, is_elsewhere
from rag.types import SafetyKind

HERE = Path(__file__).parent / "questions"
DOSING = (HERE / "dosing.txt").read_text(encoding="utf-8").splitlines()
NOT_DOSING = (HERE / "not_dosing.txt").read_text(encoding="utf-8").splitlines()


def kinds(question, understood_as=""):
    return [notice.kind for notice in safety_notices(question, understood_as)]


@pytest.mark.parametrize("question", DOSING)
def test_who_asks_how_much_to_take_is_told_whom_to_ask(question):
    assert kinds(question) == [SafetyKind.DOSING]


@pytest.mark.parametrize("question", NOT_DOSING)
def test_what_studies_gave_is_no_request_for_a_dose(question):
    assert not asks_for_a_dose(question)


def test_a_follow_up_asks_for_a_dose_by_what_was_asked_before():
    assert kinds("And for my son?") == []
    assert kinds("And for my son?", "What dose of ibuprofen should my son have?") == [SafetyKind.DOSING]


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "Write me a poem about spring",
        "How do I fix my printer?",
        "What's the weather tomorrow?",
        "Tell me a joke",
    ],
)
def test_what_no_medical_library_holds_is_said_to_be_no_medical_question(question):
    (notice,) = safety_notices(question)

    assert notice.kind is SafetyKind.SCOPE
    assert "medical" in notice.text


@pytest.mark.parametrize(
    "question",
    [
        "Does weather affect joint pain?",
        "Do video games cause seizures in patients?",
        "Is football bad for the brain?",
    ],
)
def test_a_medical_question_may_name_anything(question):
    assert not is_elsewhere(question)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wie lange dauert es, bis ein spinales Hämatom verschwindet?", "German"),
        ("Quel est le traitement de la pneumonie sévère?", "French"),
        ("¿Cuánto tiempo tarda en desaparecer el hematoma?", "Spanish"),
        ("Qual è il rischio di emorragia con aspirina?", "Italian"),
        ("Como tratar a pneumonia grave?", "Portuguese"),
        ("Hoe lang duurt het voordat een hematoom verdwijnt?", "Dutch"),
        ("アスピリンは有効ですか", "Japanese"),
        ("阿司匹林有用吗", "Chinese"),
        ("Помогает ли аспирин?", "Russian or another language in Cyrillic letters"),
        ("هل الأسبرين مفيد؟", "Arabic or another language in Arabic letters"),
    ],
)
def test_a_question_in_another_language_is_told_that_the_answer_is_in_english(question, language):
    (notice,) = safety_notices(question)

    assert notice.kind is SafetyKind.SCOPE
    assert language in notice.text
    assert "answer is in English" in notice.text


@pytest.mark.parametrize(
    "question", ["Is TNF-α raised?", "Does aspirin work?", "Naïve T cells and β-blockers?", "pneumonia"]
)
def test_english_with_foreign_letters_is_english(question):
    assert language_of(question) is None
