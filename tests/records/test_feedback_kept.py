"""What readers say of answers, and who sees it."""

from __future__ import annotations

import pytest
from made_up_answers import COHORT, answer
from records_kit import ANN, BEN, NOW, RITA

from rag.errors import InputError, UnknownRecord
from service.records import audit, desk, feedback, kept
from service.records.desk import Asked
from service.records.feedback import FeedbackKind
from service.records.review import ReviewAction


@pytest.fixture
def key(database):
    """An answer that Ann and Ben have and for which Ann asked for a review."""
    with database.writing() as connection:
        kept.save(connection, answer(), subject="ben", at=NOW)
        key = kept.save(connection, answer(), subject="ann", at=NOW)
        desk.step(connection, ANN, key, Asked(ReviewAction.SUBMIT), NOW)
    return key


def give(database, viewer, key, kind=FeedbackKind.OUTDATED, **rest):
    with database.writing() as connection:
        return feedback.give(connection, viewer, key, kind, at=NOW, **rest)


def test_a_reader_sees_their_own_and_a_reviewer_all(database, key):
    give(database, ANN, key, comment="A newer trial is out.")
    give(database, BEN, key, FeedbackKind.WRONG_CITATION, document_id=COHORT.id)

    with database.reading() as connection:
        seen = {v.subject: feedback.given(connection, v, key) for v in (ANN, BEN, RITA)}
    assert [len(seen[name]) for name in ("ann", "ben", "rita")] == [1, 1, 2]
    assert (seen["ben"][0].kind, seen["ben"][0].document_id) == (FeedbackKind.WRONG_CITATION, COHORT.id)


def test_complaints_move_an_answer_up_the_queue(database, key):
    with database.reading() as connection:
        before = desk.queue(connection, RITA)[0].harm
    give(database, BEN, key)

    with database.reading() as connection:
        after = desk.queue(connection, RITA)[0]
    assert (after.harm > before, after.complaints) == (True, 1)


def test_what_is_not_cited_or_not_theirs_is_refused(database, key):
    with pytest.raises(InputError, match="doesn't cite"):
        give(database, ANN, key, document_id="pmid:1")
    with pytest.raises(InputError, match="at most"):
        give(database, ANN, key, comment="x" * 4_001)
    with pytest.raises(UnknownRecord):
        give(database, ANN, "nope")


def test_the_audit_tells_of_it_without_its_words(database, key):
    give(database, ANN, key, comment="CANARY")

    with database.reading() as connection:
        told = audit.entries(connection, f"answer:{key}")[-1]
    assert (told.actor, told.action) == ("ann", "feedback")
    assert "CANARY" not in told.detail
