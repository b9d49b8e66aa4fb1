"""What answers first; all records here are made up."""

from __future__ import annotations

from made_up import document, evidence

from rag.answering import ExtractiveAnswerer
from rag.question import understand
from rag.types import Design

GUIDELINE = {"design": Design.GUIDELINE}
TRIAL = {"design": Design.RANDOMISED_TRIAL}


class SameForAll:
    """An embedder for which all texts are unlike each other and none is nearer to a question."""

    name, dim = "same", 64

    def embed(self, texts):
        import numpy as np

        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for place in range(len(texts)):
            vectors[place, place % self.dim] = 1
        return vectors


def leads(question, *papers):
    """The first sentence of the answer from one sentence each of as many papers."""
    found = [
        evidence(text, document(number, **fields)) for number, (text, fields) in enumerate(papers, start=1)
    ]
    return ExtractiveAnswerer(SameForAll())(understand(question), found).lead[0].text


def test_a_question_of_what_to_do_is_led_by_what_a_guideline_advises():
    advice = "The panel recommends against starting aspirin to prevent a first heart attack."
    trial = "Aspirin lowered first heart attacks among healthy doctors by two fifths."

    assert (
        leads(
            "Should aspirin be started to prevent a first heart attack?", (trial, TRIAL), (advice, GUIDELINE)
        )
        == advice
    )


def test_advice_for_another_age_does_not_lead():
    young = "Grade C: at 40-59 years starting aspirin to prevent a heart attack is an individual choice."
    old = "Grade D: people aged 60 or older should not start aspirin against heart attacks."

    asked = "Should a 72-year-old start aspirin to prevent a heart attack?"
    assert leads(asked, (young, GUIDELINE), (old, GUIDELINE)) == old


def test_a_subgroup_does_not_lead_where_a_whole_trial_can():
    part = "In the subgroup of women aspirin lowered strokes by a quarter."
    whole = "Aspirin did not lower the number of strokes among all participants."

    assert leads("Does aspirin prevent strokes?", (part, TRIAL), (whole, TRIAL)) == whole


def test_another_treatment_does_not_lead():
    other = "Dexamethasone lowered deaths in hospital patients with pneumonia."
    asked_for = "Ivermectin did not lower deaths in hospital patients with pneumonia."

    assert (
        leads("Does ivermectin lower deaths in pneumonia?", (other, TRIAL), (asked_for, TRIAL)) == asked_for
    )


def test_that_nobody_has_compared_it_does_not_lead():
    nobody = "The panel noted that no study compares tocilizumab directly with baricitinib on mortality in COVID-19."
    found = "Tocilizumab lowered mortality at 28 days in hospital patients."

    assert (
        leads("Does tocilizumab lower mortality in COVID-19?", (nobody, GUIDELINE), (found, TRIAL)) == found
    )


def test_a_sentence_that_leans_on_the_one_before_does_not_lead():
    leaning = "It was linked to fewer colorectal cancers among people who took aspirin."
    alone = "Aspirin was linked to fewer colorectal cancers."

    assert leads("Does aspirin prevent colorectal cancer?", (leaning, TRIAL), (alone, TRIAL)) == alone


def test_a_synthesis_on_a_class_may_lead_where_its_records_say_that_the_drug_was_in_it():
    pooled = {"design": Design.META_ANALYSIS, "title": "Antagonists of interleukin-6: made-up pooled trials"}
    of_it = pooled | {"population": "patients of 27 trials of tocilizumab or sarilumab"}
    lowered = "The antagonists lowered mortality at 28 days in COVID-19."
    beside = "Tocilizumab is stored between 2 and 8 degrees."

    assert (
        leads("Does tocilizumab lower mortality in COVID-19?", (beside, TRIAL), (lowered, of_it)) == lowered
    )
