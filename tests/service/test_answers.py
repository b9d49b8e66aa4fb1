"""Saved answers."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime

import pytest
from made_up_answers import abstaining_answer, answer, conflicting_answer

from rag.errors import InputError, LibraryDamaged, LibraryProblem
from rag.types import Design, Filters
from service.answers import Answers

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def answers(tmp_path):
    return Answers(tmp_path / "home" / "records.db")


@pytest.mark.parametrize(
    "saved",
    [
        answer(),
        conflicting_answer(),
        abstaining_answer(),
        answer(filters=Filters(2015, frozenset({Design.COHORT, Design.GUIDELINE}), NOW.date())),
    ],
)
def test_an_answer_comes_back_as_it_was(answers, saved):
    assert answers.load(answers.save(saved, NOW)) == saved


def test_the_start_of_an_id_is_enough(answers):
    key = answers.save(answer(), NOW)

    assert answers.load(key[:5]) == answer()


def test_the_same_answer_is_kept_once(answers):
    answers.save(answer(), NOW)
    answers.save(answer(), NOW.replace(hour=13))

    assert [saved.at for saved in answers.saved()] == ["2026-11-24T12:00:00+00:00"]


def test_the_latest_answer_is_listed_first(answers):
    answers.save(answer(question="First?"), NOW)
    answers.save(answer(question="Second?"), NOW.replace(hour=13))

    assert [saved.question for saved in answers.saved()] == ["Second?", "First?"]


@pytest.mark.parametrize("key", ["nope", "", "%"])
def test_an_unknown_id_says_how_to_find_ids(answers, key):
    answers.save(answer(), NOW)

    with pytest.raises(InputError, match="vouch export --list"):
        answers.load(key)


def test_looking_makes_no_file(answers):
    assert answers.saved() == ()
    assert not answers.file.exists()


def test_saved_questions_are_for_their_owner_alone(answers):
    answers.save(answer(), NOW)

    assert stat.S_IMODE(answers.file.stat().st_mode) == 0o600


def test_a_damaged_answer_is_said_so(answers):
    key = answers.save(answer(), NOW)
    with sqlite3.connect(answers.file) as connection:
        connection.execute("UPDATE answers SET body = '{}'")
    connection.close()

    with pytest.raises(LibraryDamaged, match=key):
        answers.load(key)


def test_a_file_that_is_no_database_is_a_library_problem(answers):
    answers.file.parent.mkdir()
    answers.file.write_bytes(b"not a database" * 100)

    with pytest.raises(LibraryProblem, match=r"records\.db"):
        answers.saved()
