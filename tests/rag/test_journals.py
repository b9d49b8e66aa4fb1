"""Names of journals and their abbreviations."""

from __future__ import annotations

import pytest

from rag.journals import same_journal


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("The Lancet", "lancet"),
        ("N Engl J Med", "The New England Journal of Medicine"),
        ("N. Engl. J. Med.", "New England journal of medicine"),
        ("Eur Spine J", "European Spine Journal"),
        ("Br J Surg", "British Journal of Surgery"),
        ("Cramps & Spasms", "Cramps and Spasms"),
        ("Z Kardiol", "Zeitschrift für Kardiologie"),
    ],
)
def test_a_journal_is_one_in_full_and_abbreviated(name, other):
    assert same_journal(name, other)
    assert same_journal(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("J Surg", "JAMA Surg"),
        ("BMJ", "BMJ Open"),
        ("Lancet", "Lancet Neurol"),
        ("Crit Care", "Crit Care Med"),
        ("Spine J", "Spine"),
        ("A", "B"),
        ("Pain", "Painful"),
        ("Made-up Lancet", "Made-up Lancets"),
    ],
)
def test_another_journal_is_another(name, other):
    assert not same_journal(name, other)
    assert not same_journal(other, name)
