"""What is asked: types, time words, groups, and input that is no question."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError
from rag.question import MAX_LENGTH, populations, understand
from rag.text import terms
from rag.types import QuestionType


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does aspirin prevent stroke?", QuestionType.THERAPY),
        ("Should I stop aspirin before surgery?", QuestionType.THERAPY),
        ("What dose of dexamethasone is used in severe COVID-19?", QuestionType.THERAPY),
        ("How is a spinal epidural haematoma treated?", QuestionType.THERAPY),
        ("What is the best treatment for community-acquired pneumonia?", QuestionType.THERAPY),
        ("Is surgery better than observation for spinal epidural hematoma?", QuestionType.THERAPY),
        ("Does remdesivir work in hospitalised patients?", QuestionType.THERAPY),
        ("Do corticosteroids reduce mortality in septic shock?", QuestionType.THERAPY),
        ("Is vitamin D useful for preventing falls?", QuestionType.THERAPY),
        ("Which antibiotic for pneumonia?", QuestionType.THERAPY),
        ("Can a spinal haematoma be managed without an operation?", QuestionType.THERAPY),
        ("When should anticoagulants be restarted after an epidural haematoma?", QuestionType.THERAPY),
        ("How is spinal epidural haematoma diagnosed?", QuestionType.DIAGNOSIS),
        ("What does an epidural haematoma look like on MRI?", QuestionType.DIAGNOSIS),
        ("What are the symptoms of sepsis?", QuestionType.DIAGNOSIS),
        ("What is the sensitivity of procalcitonin for bacterial pneumonia?", QuestionType.DIAGNOSIS),
        ("How accurate is lung ultrasound for pneumonia?", QuestionType.DIAGNOSIS),
        ("What are the signs of cauda equina syndrome?", QuestionType.DIAGNOSIS),
        ("How does a spinal epidural haematoma present?", QuestionType.DIAGNOSIS),
        ("What predicts recovery after spinal epidural haematoma?", QuestionType.PROGNOSIS),
        ("What is the prognosis of spinal epidural haematoma?", QuestionType.PROGNOSIS),
        ("How long does a spinal haematoma take to resolve?", QuestionType.PROGNOSIS),
        ("What is the five-year survival of sepsis?", QuestionType.PROGNOSIS),
        ("What is the mortality of septic shock?", QuestionType.PROGNOSIS),
        ("Will my mother recover from her stroke?", QuestionType.PROGNOSIS),
        ("What are the harms of aspirin?", QuestionType.HARM),
        ("Is hydroxychloroquine safe in pregnancy?", QuestionType.HARM),
        ("What are the side effects of dexamethasone?", QuestionType.HARM),
        ("Does ibuprofen raise the risk of bleeding?", QuestionType.HARM),
        ("What is the risk of bleeding with aspirin?", QuestionType.HARM),
        ("Can methylprednisolone cause toxicity?", QuestionType.HARM),
        ("How common is spinal epidural haematoma after an epidural?", QuestionType.FREQUENCY),
        ("What is the incidence of spontaneous spinal epidural haematoma?", QuestionType.FREQUENCY),
        ("How often do spinal haematomas recur?", QuestionType.FREQUENCY),
        ("What is the prevalence of aspirin resistance?", QuestionType.FREQUENCY),
        ("How many people get sepsis each year?", QuestionType.FREQUENCY),
        ("How do macrophages clear a haematoma?", QuestionType.MECHANISM),
        ("What is the mechanism of action of remdesivir?", QuestionType.MECHANISM),
        ("Why does aspirin cause bleeding?", QuestionType.MECHANISM),
        ("What is the pathophysiology of sepsis?", QuestionType.MECHANISM),
        ("What causes spinal epidural haematoma?", QuestionType.MECHANISM),
        ("What does the USPSTF recommend on aspirin?", QuestionType.GUIDELINE),
        ("What do current guidelines say about steroids in sepsis?", QuestionType.GUIDELINE),
        ("Does WHO recommend ivermectin?", QuestionType.GUIDELINE),
        ("What is the latest edition of the Surviving Sepsis Campaign?", QuestionType.GUIDELINE),
        ("What is the process of spinal hematoma resorption?", QuestionType.OVERVIEW),
        ("Tell me about spinal epidural haematoma", QuestionType.OVERVIEW),
        ("Explain septic shock", QuestionType.OVERVIEW),
        ("How does a spinal haematoma resolve?", QuestionType.OVERVIEW),
        ("What is the natural history of spinal epidural haematoma?", QuestionType.OVERVIEW),
    ],
)
def test_the_type_of_a_question(text, expected):
    assert understand(text).type is expected


@pytest.mark.parametrize("word", ["current", "latest", "newest", "most recent", "up-to-date", "still"])
def test_a_word_of_time_asks_for_what_is_current(word):
    assert understand(f"What is the {word} advice on aspirin?").wants_latest


def test_a_question_without_a_word_of_time_does_not():
    assert not understand("Does aspirin prevent stroke?").wants_latest


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("What did the 2016 guideline and the 2021 guideline say?", (2016, 2021)),
        ("What changed in 2019 and again in 2019?", (2019,)),
        ("Is 2000 mg of paracetamol safe?", ()),
        ("What did the trial in 2000 patients find?", ()),
        ("Is a pressure of 120 safe?", ()),
    ],
)
def test_a_named_year_is_a_year_and_no_amount(text, years):
    assert understand(text).named_years == years


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What did the RECOVERY trial find?", True),
        ("What did EPIC-HR show?", True),
        ("Does COVID-19 cause clots?", False),
        ("Are NSAIDs safe?", False),
        ("DOES ASPIRIN PREVENT STROKE?", False),
        ("What does the USPSTF recommend?", False),
    ],
)
def test_a_study_is_named_by_its_capitals(text, named):
    assert understand(text).named_study is named


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Does it help children with pneumonia?", "children"),
        ("How is it treated in a 7-year-old?", "children"),
        ("How is it treated in a boy aged 12?", "children"),
        ("Are steroids safe for teenagers?", "children"),
        ("How is a paediatric haematoma treated?", "children"),
        ("Is it safe in pregnancy?", "pregnancy"),
        ("How common is it after a caesarean?", "pregnancy"),
        ("How is it treated in a 70-year-old?", None),
        ("How is it treated at 45-80 years old?", None),
        ("Is baby aspirin useful at 60?", None),
        ("Does it help adults?", None),
    ],
)
def test_a_group_in_need_of_its_own_evidence_is_seen(text, group):
    assert understand(text).population == group


def test_a_text_can_speak_of_several_groups():
    assert populations("Pregnant women and their newborns were followed.") == ("children", "pregnancy")


@pytest.mark.parametrize("text", ["How long does it last?", "What is the incidence?", "What dose was used?"])
def test_a_question_of_amount_wants_a_number(text):
    assert understand(f"{text} Haematoma").wants_number


def test_the_subject_is_what_is_asked_about_without_the_words_that_ask():
    question = understand("What is the best treatment option for spinal haematoma in patients?")

    assert question.subject == tuple(terms("spinal haematoma"))


def test_a_question_of_asking_words_alone_keeps_them_as_its_subject():
    question = understand("What treatment works best?")

    assert question.subject == question.terms


def test_only_an_overview_is_searched_for_side_by_side():
    plain = understand("Does aspirin prevent stroke?")
    overview = understand("Tell me about septic shock")

    assert plain.searches == (plain.text,)
    assert len(overview.searches) > 5
    assert all("septic shock" in search for search in overview.searches[1:])


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07", "\u200b"], ids=repr)
def test_nothing_is_no_question(text):
    with pytest.raises(InputError, match="empty"):
        understand(text)


@pytest.mark.parametrize("text", ["???", "...!", "12 + 3", "1.5 / 2", "( ) * ^", "—", "\ud800"], ids=ascii)
def test_a_question_without_a_word_is_named_and_refused(text):
    with pytest.raises(InputError, match="no word in it"):
        understand(text)


def test_a_question_of_ten_thousand_characters_is_refused_with_its_length_and_the_limit():
    with pytest.raises(InputError, match=r"10,000 characters, starting 'aaaa.*limit is 2,000"):
        understand("a" * 10_000)


def test_a_question_as_long_as_the_limit_is_read():
    assert len(understand("a" * MAX_LENGTH).text) == MAX_LENGTH


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Does\x00 aspirin\x1b[31m help?", "Does aspirin [31m help?"),
        ("Does aspirin \ud800 help?", "Does aspirin ? help?"),
        ("  Does\n\naspirin\thelp? ", "Does aspirin help?"),
        ("\u202eDoes aspirin help?\u202c", "Does aspirin help?"),
    ],
    ids=["control characters", "a lone surrogate", "white space", "a turn of direction"],
)
def test_odd_characters_are_cleaned_away(text, clean):
    assert understand(text).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "1.5 mg/kg of methylprednisolone?",
        "type-2 AND diabetes",
        'aspirin NOT "stroke"',
        "NEAR(aspirin stroke, 5)",
        "title:aspirin^2 OR *",
        "aspirin; DROP TABLE documents; --",
        "{col}: (aspirin",
    ],
)
def test_search_syntax_is_text_like_any_other(text):
    question = understand(text)

    assert question.text == text
    assert not any(set(term) & set('":*^(){}-') for term in question.terms)


def test_a_question_in_another_script_is_a_question():
    assert understand("什么是败血症?").terms


ANY_CHARACTER = st.characters(categories=("L", "M", "N", "P", "S", "Z", "C"))


@given(st.text(ANY_CHARACTER))
def test_any_text_is_understood_or_refused_as_input(text):
    with contextlib.suppress(InputError):
        question = understand(text)
        assert question.text == understand(question.text).text
        question.text.encode()


@given(st.text(ANY_CHARACTER))
def test_terms_and_subject_are_distinct_and_of_the_question(text):
    with contextlib.suppress(InputError):
        question = understand(text)
        assert len(set(question.terms)) == len(question.terms)
        assert set(question.subject) <= set(question.terms)
