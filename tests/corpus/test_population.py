"""Whom a study was done on. Every record is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.appraisal import appraised
from corpus.population import with_populations
from rag.types import Document, Population, Section

ADULT, CHILD, PREGNANCY, ANIMAL = Population


def groups(title: str = "A made-up study", text: str = "", **fields: object) -> set[Population]:
    sections = (Section("", text),) if text else ()
    return set(appraised(replace(Document("ref:made-up", title, sections), **fields)).populations)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Humans", "Aged", "Middle Aged"), {ADULT}),
        (("Humans", "Infant, Newborn"), {CHILD}),
        (("Humans", "Adolescent", "Young Adult"), {CHILD, ADULT}),
        (("Humans", "Adult", "Pregnancy"), {ADULT, PREGNANCY}),
        (("Animals", "Rats"), {ANIMAL}),
        (("Humans", "Animals", "Child"), {ANIMAL, CHILD}),
    ],
)
def test_headings_name_the_groups(headings, expected):
    assert groups("Aspirin in older women and children", mesh_terms=headings) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Aspirin in older people", {ADULT}),
        ("Paediatric stroke", {CHILD}),
        ("Aspirin to prevent pre-eclampsia", {PREGNANCY}),
        ("Aspirin in pregnant women", {PREGNANCY}),
        ("Aspirin in rats", {ANIMAL}),
        ("Animal models of stroke", {ANIMAL}),
        ("A 7-year-old boy with a made-up illness", {CHILD}),
        ("A 71-year-old with a made-up illness", {ADULT}),
        ("Child-Pugh class and mortality", set()),
        ("Small for gestational age and retinopathy of preterms", {CHILD}),
        ("A made-up study of a made-up drug", set()),
    ],
)
def test_a_title_names_the_groups(title, expected):
    assert groups(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We enrolled 40 women.", {ADULT}),
        ("Patients were 40 to 75 years old.", {ADULT}),
        ("Participants were aged 12-16 years.", {CHILD}),
        ("Participants were aged 1 to 18 years.", {CHILD}),
        ("Participants were aged 18 to 40 years.", {ADULT}),
        ("Participants were aged 16 to 40 years.", {CHILD, ADULT}),
        ("The mean age was 54.2 years.", {ADULT}),
        ("The median age was 14 weeks.", set()),
        ("The median age was 9 years.", {CHILD}),
        ("Stroke is rare in childhood.", set()),
        ("It is known in children. We enrolled 90 adults.", {ADULT}),
        ("Of 90 patients, 12 had been bitten by dogs.", set()),
    ],
)
def test_an_abstract_counts_where_it_says_who_was_studied(text, expected):
    assert groups(text=text) == expected


def test_an_experiment_is_on_animals():
    assert groups(text="C57BL/6 mice were given aspirin, as women are.") == {ANIMAL}


def test_cells_in_a_dish_are_no_animals():
    assert groups(text="Aspirin lowered it in a cell line.") == set()


def test_what_headings_call_human_is_not_made_an_animal():
    assert groups("Bites of dogs", mesh_terms=("Humans",)) == set()


def test_the_sources_own_words_on_its_population_count_as_the_record():
    of = with_populations(Document("ref:made-up", "Aspirin in rats", (), population="adults with stroke"))

    assert (of.populations, of.populations_inferred) == ({ADULT}, False)


def test_a_title_says_what_the_sources_own_words_leave_out():
    of = with_populations(
        Document("ref:made-up", "Headache in pregnancy after a bite of dogs", (), population="a 27-year-old")
    )

    assert (of.populations, of.populations_inferred) == ({ADULT, PREGNANCY}, False)


@pytest.mark.parametrize(
    ("fields", "inferred"),
    [({}, True), ({"mesh_terms": ("Humans",)}, True), ({"mesh_terms": ("Humans", "Child")}, False)],
)
def test_only_groups_from_words_are_inferred(fields, inferred):
    of = with_populations(Document("ref:made-up", "Aspirin in children", (), **fields))

    assert (of.populations, of.populations_inferred) == ({CHILD}, inferred)


def test_groups_that_nobody_names_are_not_inferred():
    assert not with_populations(Document("ref:made-up", "Aspirin", ())).populations_inferred
