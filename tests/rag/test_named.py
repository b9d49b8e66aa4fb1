"""What a question names: a study, drugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.named import drugs_in, names_a_study, treatments_in
from rag.question import understand


@pytest.mark.parametrize(
    "text",
    [
        "What did SPRINT find?",
        "Was stroke rarer in RE-LY?",
        "In ASPREE, what happened to people over 70?",
        "What did the Lake Placid trial show?",
        "Did the Nurses' Health Study look at aspirin?",
        "Does the NORDIC-9 trial hold in women?",
        "What did NORDIC-9 show?",
        "Are the results of MADE-UP-HF robust?",
        "Is the Lancet paper on hydroxychloroquine reliable?",
        "How many died in the randomised trial in Lebanon?",
    ],
)
def test_a_study_is_named_by_its_name_or_by_where_it_was_published(text):
    assert names_a_study(text)


@pytest.mark.parametrize(
    "text",
    [
        "Does IL-6 predict death in sepsis?",
        "Is RT-PCR better than a rapid test?",
        "Are PD-L1 inhibitors safe?",
        "Does HPV-16 cause cancer?",
        "What is the function of the gene GFRAL?",
        "Is the PHQ-9 valid after stroke?",
        "Was CPX-351 tested in a phase II clinical trial?",
        "Is there a trial of aspirin in children?",
        "Which randomised trials studied aspirin?",
        "WAS ASPIRIN BETTER IN SPRINT?",
        "What did COVID-19 do to stroke care?",
    ],
)
def test_genes_tests_viruses_drugs_and_trials_in_general_are_no_named_study(text):
    assert not names_a_study(text)


def test_whether_a_study_still_holds_asks_for_the_newest_and_not_for_that_study():
    assert understand("What did SPRINT find?").named_study
    assert not understand("Does what SPRINT found still hold?").named_study


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Is Olaparib better than aspirin?", ("olaparib", "aspirin")),
        ("Does LB-100 help?", ("lb-100",)),
        ("What is the indication for KYMRIAH?", ("kymriah",)),
        ("Is apixaban or apixaban with aspirin safer?", ("apixaban", "aspirin")),
        ("Can we combine them in the next season?", ()),
        ("Is HPV-16 a virus?", ()),
    ],
)
def test_drugs_are_known_by_their_stems_codes_and_names(text, drugs):
    assert drugs_in(text) == drugs


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("Are corticosteroids better than ibuprofen?", ("ibuprofen", "corticosteroids")),
        ("Do ACE inhibitors help?", ("ace inhibitors",)),
        ("Would Paxlovid help her too? (covid dexamethasone)", ("paxlovid",)),
        ("Would it help her too? (covid dexamethasone)", ("dexamethasone",)),
        ("How common is a stroke?", ()),
    ],
)
def test_treatments_are_drugs_and_classes_and_those_of_the_question_itself_go_first(text, treatments):
    assert treatments_in(text) == treatments


@given(st.text(max_size=300))
def test_any_text_may_be_asked(text):
    names_a_study(text)
    assert len(set(drugs_in(text))) == len(drugs_in(text))
