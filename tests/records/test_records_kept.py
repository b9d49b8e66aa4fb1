"""Answers that are kept: who has them, who sees them, how they are listed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from made_up_answers import abstaining_answer, answer, conflicting_answer
from records_kit import ANN, BEN, NOW, RITA

from rag.errors import InputError, UnknownRecord
from service.answer_json import answer_json
from service.records import desk, kept
from service.records.desk import Asked
from service.records.kept import Wanted
from service.records.review import ReviewAction, ReviewState
from service.records.stored import risk_of, stored_json


def saved(database, of, subject="ann", at=NOW, expires=None):
    with database.writing() as connection:
        return kept.save(connection, of, subject=subject, at=at, expires=expires)


@pytest.mark.parametrize("of", [answer(), conflicting_answer(), abstaining_answer()])
def test_an_answer_comes_back_with_its_evidence(database, of):
    key = saved(database, of)

    with database.reading() as connection:
        assert kept.load(connection, ANN, key).answer == of


def test_its_json_is_that_of_the_answer_until_something_becomes_of_it(database):
    key = saved(database, answer())

    with database.reading() as connection:
        told = stored_json(kept.load(connection, ANN, key))

    fresh = answer_json(answer())
    assert {name: told[name] for name in fresh if name != "review"} == {
        name: value for name, value in fresh.items() if name != "review"
    }
    assert (told["review"]["state"], told["review"]["requested"]) == ("submitted", False)


def test_the_same_bytes_for_two_people_are_one_answer_that_both_see(database):
    keys = {saved(database, answer(), "ann"), saved(database, answer(), "ben")}

    with database.reading() as connection:
        assert len(keys) == 1
        assert [kept.count(connection, viewer) for viewer in (ANN, BEN, RITA)] == [1, 1, 0]


def test_what_isnt_ones_own_doesnt_exist(database):
    key = saved(database, answer(), "ann")

    with database.reading() as connection, pytest.raises(UnknownRecord):
        kept.load(connection, BEN, key)


def test_a_reviewer_sees_an_answer_once_a_review_is_asked_for(database):
    key = saved(database, answer(), "ann")
    with database.reading() as connection, pytest.raises(UnknownRecord):
        kept.load(connection, RITA, key)

    with database.writing() as connection:
        desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW)

    with database.reading() as connection:
        assert kept.load(connection, RITA, key).summary.review.requested_by == "ann"


def test_pages_follow_one_another_without_a_gap(database):
    for number in range(5):
        saved(database, answer(question=f"Question {number}?"), at=NOW + timedelta(seconds=number // 2))
    asked, cursor = [], None
    while True:
        with database.reading() as connection:
            page = kept.page(connection, ANN, Wanted(limit=2, cursor=cursor))
        asked += [one.question for one in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert len(asked) == 5
    assert asked[0] == "Question 4?"
    assert sorted(asked) == [f"Question {number}?" for number in range(5)]


def test_a_list_can_be_restricted_to_a_state_and_to_what_is_stale(database):
    saved(database, answer())

    with database.reading() as connection:
        found = [
            len(kept.page(connection, ANN, wanted).items)
            for wanted in (
                Wanted(state=ReviewState.SUBMITTED),
                Wanted(state=ReviewState.APPROVED),
                Wanted(stale=True),
                Wanted(stale=False, requested=False),
            )
        ]

    assert found == [1, 0, 0, 1]


def test_a_cursor_that_no_page_gave_is_refused(database):
    with database.reading() as connection, pytest.raises(InputError, match="cursor"):
        kept.page(connection, ANN, Wanted(cursor="nonsense"))


def test_reading_is_counted(database):
    key = saved(database, answer())

    for _ in range(3):
        with database.writing() as connection:
            kept.count_read(connection, key)

    with database.reading() as connection:
        assert kept.summary(connection, ANN, key).reads == 3


def test_the_etag_changes_with_the_review(database):
    key = saved(database, answer())
    with database.reading() as connection:
        before = kept.summary(connection, ANN, key).etag

    with database.writing() as connection:
        after = desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW).etag

    assert before != after


def test_two_answers_whose_hashes_begin_alike_have_ids_of_their_own(database):
    key = saved(database, answer())
    with database.writing() as connection:
        connection.execute(
            kept.answers.update().where(kept.answers.c.id == key).values(content_hash="another")
        )

    assert saved(database, answer()) != key


def test_an_emergency_is_riskier_than_the_same_question_without():
    assert risk_of(conflicting_answer()) == risk_of(answer()) + 1
