"""Other words for each reader beside the same claims. Every answer is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_answers import answer

from rag.article import article
from rag.plain_terms import plain_terms, terms_in
from rag.roles import MOST_TERMS, wording
from rag.types import Claim, Role, SafetyKind, SafetyNotice

EACH_ROLE = pytest.mark.parametrize("role", list(Role))


def said(text, **fields):
    given = answer()
    first = given.lead[0]
    return replace(given, lead=(Claim(text, first.citations),), key_points=(), certainty=None, **fields)


def names(given, role):
    return [term.name for term in wording(given, role).terms]


@EACH_ROLE
def test_the_role_changes_no_claim_and_no_citation(role):
    given = answer()

    laid = article(replace(given, role=role))

    assert [s.text for s in laid.lead] == [s.text for s in article(given).lead]
    assert [e.reference.number for e in laid.entries] == [e.reference.number for e in article(given).entries]


@EACH_ROLE
def test_every_reader_has_a_disclaimer_and_something_to_keep_in_mind(role):
    words = wording(answer(), role)

    assert "not reviewed by a person" in words.disclaimer
    assert words.notes


def test_disclaimers_differ_by_reader():
    assert len({wording(answer(), role).disclaimer for role in Role}) == len(Role)


def test_words_are_explained_to_patients_and_students_only():
    given = said("Haemorrhagic stroke fell (HR 0.80).")

    assert names(given, Role.PATIENT) == names(given, Role.STUDENT) == ["Haemorrhagic stroke", "HR"]
    assert names(given, Role.CLINICIAN) == names(given, Role.RESEARCHER) == []


def test_no_more_words_are_explained_than_a_reader_can_hold():
    given = said(" ".join(plain_terms()))

    assert len(names(given, Role.PATIENT)) == MOST_TERMS


def test_patients_are_told_the_red_flags_of_the_subject():
    given = answer(understood_as="What is a spinal haematoma?")

    assert any("numbness between the legs" in note for note in wording(given, Role.PATIENT).notes)
    assert not any("between the legs" in note for note in wording(given, Role.CLINICIAN).notes)


def test_beside_an_emergency_no_list_of_red_flags_is_read():
    notice = SafetyNotice(SafetyKind.EMERGENCY, "Call now.")
    given = answer(understood_as="What is a spinal haematoma?", safety=(notice,))

    assert not any("between the legs" in note for note in wording(given, Role.PATIENT).notes)


def test_the_glossary_is_large_and_explains_each_name_in_other_words():
    table = plain_terms()

    assert len(set(table.values())) >= 150
    assert all(meaning and meaning != name for name, meaning in table.items())


def test_abbreviations_count_only_in_capitals():
    assert terms_in(["Bleeding or death in Asia, or none"], 9) == terms_in(["Bleeding, death"], 9)
    assert [term.name for term in terms_in(["OR 1.2"], 9)] == ["OR"]


def test_the_longest_name_is_explained_and_each_meaning_once():
    found = terms_in(["A haemorrhagic stroke is no stroke of luck; warfarin and vitamin K."], 9)

    assert [term.name for term in found] == ["haemorrhagic stroke", "stroke", "warfarin"]
