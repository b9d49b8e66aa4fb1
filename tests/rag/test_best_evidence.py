"""What is said of the most recent and the highest-quality source."""

from __future__ import annotations

from made_up import document

from rag.best_evidence import best_evidence
from rag.citations import Reference
from rag.types import Note, NoteKind, PublicationDate, Status, Why


def cited(number, quality, *when, **fields):
    published = PublicationDate(*when) if when else None
    why = Why(0.5, quality, 0.5, 1.0, 0.5, "made up")
    return Reference(number, document(number, published=published, **fields), why)


def test_one_source_that_is_both_is_named_as_both():
    line = best_evidence([cited(1, 1.0, 2024), cited(2, 0.5, 2020)])

    assert line.startswith("The most recent and highest-quality source cited here is [1] ")


def test_two_sources_are_both_named():
    line = best_evidence([cited(1, 1.0, 2015), cited(2, 0.5, 2024)])

    assert line.startswith("The highest-quality source cited here is [1] ")
    assert "the most recent is [2] " in line


def test_of_equal_quality_the_newest_is_both():
    line = best_evidence([cited(1, 1.0, 2015), cited(2, 1.0, 2024)])

    assert line.startswith("The most recent and highest-quality source cited here is [2] ")


def test_the_newest_of_several_best_is_named_where_another_is_newer():
    line = best_evidence([cited(1, 1.0, 2015), cited(2, 1.0, 2018), cited(3, 0.2, 2024)])

    assert line.startswith("Of the 2 highest-quality sources cited here the newest is [2] ")


def test_a_year_alone_does_not_beat_a_month_of_the_same_year():
    line = best_evidence([cited(1, 1.0, 2024), cited(2, 0.5, 2024, 5)])

    assert "The most recent and" not in line
    assert "the most recent are [1], [2]" in line


def test_december_ends_with_its_last_day():
    line = best_evidence([cited(1, 1.0, 2024, 12), cited(2, 0.5, 2024, 12, 31)])

    assert "the most recent are [1], [2]" in line


def test_an_undated_source_is_never_the_most_recent():
    line = best_evidence([cited(1, 1.0), cited(2, 0.5, 2010)])

    assert "the most recent is [2] " in line


def test_without_any_date_none_is_the_most_recent():
    assert "no date of publication is known" in best_evidence([cited(1, 1.0)])


def test_superseded_sources_and_those_under_a_concern_are_never_the_best():
    old, doubted = cited(1, 1.0, 2024, status=Status.SUPERSEDED), cited(2, 1.0, 2025, status=Status.CONCERN)

    assert "[3]" in best_evidence([old, doubted, cited(3, 0.3, 2000)])
    assert best_evidence([old, doubted]) == ""


def test_an_indirect_best_source_says_so():
    line = best_evidence([cited(1, 1.0, 2024, notes=(Note(NoteKind.INDIRECT, "of the brain."),))])

    assert "indirect evidence: of the brain" in line
