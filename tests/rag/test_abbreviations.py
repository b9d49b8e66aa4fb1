"""Abbreviations with what they stand for."""

from __future__ import annotations

import pytest

from rag.abbreviations import abbreviations, defined


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "low-molecular-weight heparin (LMWH) was given",
            "LMWH",
            "low-molecular-weight heparin",
        ),
        ("the Made-up Clot Society (MCS) met", "MCS", "Made-up Clot Society"),
        ("acute respiratory distress syndrome (ARDS)", "ARDS", "acute respiratory distress syndrome"),
    ],
)
def test_a_source_defines_its_abbreviations(text, short, long):
    assert defined(text) == {short: long}


@pytest.mark.parametrize("text", ["in 12 patients (CAPE)", "no parenthesis", "deaths (HR 0.9)"])
def test_a_parenthesis_that_is_not_spelt_by_the_words_before_it_defines_nothing(text):
    assert defined(text) == {}


def test_what_is_used_and_known_is_explained_in_order():
    told = abbreviations(["Deaths fell (HR 0.9, 95% CI 0.8-1.0) with XYZ."], [])

    assert told == (("CI", "confidence interval"), ("HR", "hazard ratio"))


def test_the_words_of_a_source_go_before_the_table():
    told = abbreviations(["The CI closed."], ["the clot index (CI) of the study"])

    assert told == (("CI", "clot index"),)


def test_what_the_sentences_explain_themselves_is_not_explained_again():
    assert abbreviations(["A confidence interval (CI) says how sure a CI is."], []) == ()
