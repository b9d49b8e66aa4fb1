"""What is asked: its type, its time words, its population, and what is no question."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import InputError
from rag.question import MAX_LENGTH, populations, understand
from rag.types import QuestionType

T = QuestionType


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is the process of spinal hematoma resorption?", T.OVERVIEW),
        ("What is the natural history of disc herniation?", T.OVERVIEW),
        ("Tell me about giant cell arteritis", T.OVERVIEW),
        ("Overview of septic shock", T.OVERVIEW),
        ("Explain subdural haematoma", T.OVERVIEW),
        ("How does a haematoma resolve?", T.OVERVIEW),
        ("What do guidelines say on aspirin?", T.GUIDELINE),
        ("Is screening recommended at 45?", T.GUIDELINE),
        ("What did the 2016 USPSTF statement say?", T.GUIDELINE),
        ("Which edition is in force?", T.GUIDELINE),
        ("How common is spinal hematoma?", T.FREQUENCY),
        ("How often do strokes happen?", T.FREQUENCY),
        ("What is the incidence of epidural hematoma?", T.FREQUENCY),
        ("Prevalence of atrial fibrillation in Europe", T.FREQUENCY),
        ("Do these haematomas recur?", T.FREQUENCY),
        ("Is ibuprofen safe after surgery?", T.HARM),
        ("What are the side effects of steroids?", T.HARM),
        ("Adverse events of azithromycin", T.HARM),
        ("What are the risks of warfarin?", T.HARM),
        ("Does aspirin raise bleeding?", T.HARM),
        ("Is vitamin D toxic?", T.HARM),
        ("What is the prognosis after decompression?", T.PROGNOSIS),
        ("What predicts recovery?", T.PROGNOSIS),
        ("How long does resorption take?", T.PROGNOSIS),
        ("Survival in septic shock", T.PROGNOSIS),
        ("How is epidural hematoma diagnosed?", T.DIAGNOSIS),
        ("What does it look like on imaging?", T.DIAGNOSIS),
        ("What are the symptoms of stroke?", T.DIAGNOSIS),
        ("Sensitivity of troponin", T.DIAGNOSIS),
        ("When is MRI positive?", T.DIAGNOSIS),
        ("What is the mechanism of clearance?", T.MECHANISM),
        ("Pathophysiology of sepsis", T.MECHANISM),
        ("Why does blood clot?", T.MECHANISM),
        ("How does apixaban work?", T.MECHANISM),
        ("What causes haematoma?", T.MECHANISM),
        ("Does vitamin D prevent fractures?", T.THERAPY),
        ("Should steroids be given?", T.THERAPY),
        ("Which dose of hydrocortisone?", T.THERAPY),
        ("When should warfarin be restarted?", T.THERAPY),
        ("Is surgery useful?", T.THERAPY),
        ("Hydroxychloroquine and covid", T.THERAPY),
        ("How accurate is lung ultrasound for pneumonia?", T.DIAGNOSIS),
        ("What are the signs of cauda equina syndrome?", T.DIAGNOSIS),
        ("What is the mortality of septic shock?", T.PROGNOSIS),
        ("Do corticosteroids reduce mortality in septic shock?", T.THERAPY),
        ("Will my mother recover from her stroke?", T.PROGNOSIS),
        ("How many people get sepsis each year?", T.FREQUENCY),
        ("How do macrophages clear a haematoma?", T.MECHANISM),
        ("Why does aspirin cause bleeding?", T.MECHANISM),
        ("Does WHO recommend ivermectin?", T.GUIDELINE),
        ("What is the risk of bleeding with aspirin?", T.HARM),
    ],
)
def test_the_type_of_a_question(text, kind):
    assert understand(text).type is kind


@pytest.mark.parametrize("word", ["current", "latest", "newest", "most recent", "up-to-date", "today"])
def test_a_time_word_asks_for_the_latest(word):
    assert understand(f"What is the {word} treatment of sepsis?").wants_latest
    assert not understand("What is the treatment of sepsis?").wants_latest


def test_current_inside_another_word_is_no_time_word():
    assert not understand("Does recurrent stroke need treatment?").wants_latest


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Sepsis advice of 2021, 2016 and 2021", (2021, 2016)),
        ("Was the dose 12000 units?", ()),
        ("Is 2000 mg of paracetamol safe?", ()),
        ("What did the trial in 2000 patients find?", ()),
    ],
)
def test_years_are_named_once_and_in_order_and_amounts_are_none(text, years):
    assert understand(text).named_years == years


@pytest.mark.parametrize(("name", "named"), [("RECOVERY", True), ("EPIC-HR", True), ("COVID-19", False)])
def test_a_study_is_known_by_its_name(name, named):
    assert understand(f"What did {name} show on mortality?").named_study is named


def test_capitals_throughout_and_a_body_of_guidelines_name_no_study():
    assert not understand("DOES ASPIRIN PREVENT STROKE?").named_study
    assert not understand("What does the USPSTF recommend?").named_study


@pytest.mark.parametrize(
    "text", ["How long does it take?", "What is the incidence?", "How many patients died?"]
)
def test_a_question_may_ask_for_a_number(text):
    assert understand(text).wants_number


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("Aspirin in children with fever", "children"),
        ("Paediatric stroke care", "children"),
        ("Steroids in neonates", "children"),
        ("A 7-year-old with sepsis", "children"),
        ("A 70-year-old with sepsis", None),
        ("Statins in pregnancy", "pregnancy"),
        ("Heparin after caesarean section", "pregnancy"),
        ("Statins in older people", None),
        ("How is it treated in a boy aged 12?", "children"),
        ("Are steroids safe for teenagers?", "children"),
        ("Statins at 45-80 years old", None),
        ("Is baby aspirin useful at 60?", None),
    ],
)
def test_a_group_in_need_of_its_own_evidence_is_seen(text, population):
    assert understand(text).population == population


def test_a_text_may_speak_of_both_groups():
    assert populations("pregnant women and their infants") == ("children", "pregnancy")


def test_the_subject_leaves_out_the_words_that_only_ask():
    asked = understand("What is the current evidence on statins for stroke?")

    assert asked.subject == ("statin", "stroke")
    assert asked.words_for(asked.subject) == ("statins", "stroke")


def test_words_that_only_ask_are_the_subject_where_there_is_no_other():
    assert understand("What works best?").subject


def test_an_overview_searches_every_side_of_its_subject_and_another_question_only_itself():
    overview, plain = understand("Overview of spinal hematoma"), understand("Do statins prevent stroke?")

    assert len(overview.searches) > 5
    assert all("spinal" in search for search in overview.searches)
    assert plain.searches == (plain.text,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n\t\u00a0\u2003", "empty"),
        ("\x00\x1b\x07", "empty"),
        ("?!.,;:()", "no word"),
        ("12 34 5.6", "no word"),
        ('"*" - ^ + ~', "no word"),
        ("sepsis " * 1_500, "10,499 characters"),
        ("a" * 10_000, "10,000 characters"),
    ],
)
def test_what_is_no_question_says_so_and_what_to_do(text, message):
    with pytest.raises(InputError, match=message):
        understand(text)


def test_a_question_may_be_as_long_as_the_limit():
    assert understand("a" * MAX_LENGTH).text == "a" * MAX_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "sepsis; DROP TABLE documents; --",
        "{col}: (sepsis",
        'sepsis "1.5 mg/kg"',
        "type-2 AND",
        "sepsis NEAR/2 (dose)",
        "title:sepsis OR *",
        "sepsis^2 -shock",
    ],
)
def test_search_syntax_is_only_words(text):
    assert all(term.replace(".", "").isalnum() for term in understand(text).terms)


def test_a_lone_surrogate_is_replaced():
    understand("Does \ud800 sepsis kill?").text.encode()


def test_control_characters_become_single_spaces():
    assert understand("Does\x00\x1b\tsepsis\r\nkill?").text == "Does sepsis kill?"


def test_a_question_in_another_script_is_a_question():
    assert understand("什么是败血症?").terms


@given(st.text(st.characters(), max_size=400) | st.text("aé0.?\ud800\x00\u200b(\"' ", max_size=2_500))
def test_no_text_raises_anything_but_an_input_error(text):
    with suppress(InputError):
        asked = understand(text)
        assert understand(asked.text) == asked


@given(st.text(st.characters(), max_size=200))
def test_terms_are_distinct_and_the_subject_is_some_of_them(text):
    with suppress(InputError):
        asked = understand(text)
        assert len(set(asked.terms)) == len(asked.terms)
        assert set(asked.subject) <= set(asked.terms)
