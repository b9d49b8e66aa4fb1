"""The review: from which state which action leads where, and who may take it."""

from __future__ import annotations

import random

import pytest
from made_up_answers import answer
from records_kit import ANN, BEN, NOW, RITA, ROB

from rag.errors import InputError, NotAllowed, UnknownRecord, VouchError, WrongState
from service.records import audit, desk, kept
from service.records.database import Database
from service.records.desk import Asked
from service.records.review import ReviewAction, ReviewState
from service.records.schema import answers, stale_marks
from service.records.viewer import Viewer

SUBMIT, TAKE, APPROVE, RETURN, REOPEN = ReviewAction


@pytest.fixture
def key(database):
    with database.writing() as connection:
        return kept.save(connection, answer(), subject="ann", at=NOW)


def read_hash(database, key):
    with database.reading() as connection:
        return kept.summary(connection, Viewer("x", operator=True), key).content_hash


def step(database, viewer, key, action, **asked):
    with database.writing() as connection:
        return desk.step(connection, viewer, key, Asked(action, **asked), NOW)


def approved(database, key):
    step(database, ANN, key, SUBMIT)
    step(database, RITA, key, TAKE)
    return step(database, RITA, key, APPROVE, content_hash=read_hash(database, key))


def test_an_answer_goes_from_submitted_over_under_review_to_approved(database, key):
    states = [
        step(database, ANN, key, SUBMIT).review.state,
        step(database, RITA, key, TAKE).review.state,
        step(database, RITA, key, APPROVE, content_hash=read_hash(database, key)).review.state,
    ]

    assert [state.value for state in states] == ["submitted", "under_review", "approved"]


def test_every_step_is_kept_with_who_when_why_and_what_was_read(database, key):
    step(database, ANN, key, SUBMIT, comment="Please look at the dose.")
    step(database, RITA, key, TAKE)
    step(database, RITA, key, RETURN, comment="No dose is cited.")

    with database.reading() as connection:
        events = desk.history(connection, key)
        told = audit.entries(connection, f"answer:{key}")
    assert [(e.actor, e.action, e.after, e.version) for e in events] == [
        ("ann", "submit", "submitted", 1),
        ("rita", "take", "under_review", 2),
        ("rita", "return", "submitted", 3),
    ]
    assert events[2].comment == "No dose is cited."
    assert [entry.action for entry in told] == ["issue", "submit", "take", "return"]


def test_the_audit_holds_no_words_of_a_comment(database, key):
    step(database, ANN, key, SUBMIT, comment="CANARY")

    with database.reading() as connection:
        assert "CANARY" not in str(audit.entries(connection))


def test_an_approval_is_of_what_was_read(database, key):
    step(database, ANN, key, SUBMIT)
    step(database, RITA, key, TAKE)

    with pytest.raises(WrongState, match="read it again"):
        step(database, RITA, key, APPROVE, content_hash="0" * 64)
    with pytest.raises(InputError, match="content_hash"):
        step(database, RITA, key, APPROVE)


def test_who_asked_for_a_review_cannot_approve(database, key):
    both = Viewer("ann", reviewer=True)
    step(database, both, key, SUBMIT)
    step(database, both, key, TAKE)

    with pytest.raises(NotAllowed, match="another reviewer"):
        step(database, both, key, APPROVE, content_hash=read_hash(database, key))


def test_one_person_alone_may_approve_what_they_asked(database, key):
    both = Viewer("ann", reviewer=True)
    step(database, both, key, SUBMIT)
    step(database, both, key, TAKE)

    moved = step(database, both, key, APPROVE, content_hash=read_hash(database, key), alone=True)

    assert moved.review.state is ReviewState.APPROVED


@pytest.mark.parametrize("action", [TAKE, APPROVE, RETURN, REOPEN])
def test_a_reader_cannot_review(database, key, action):
    step(database, ANN, key, SUBMIT)
    if action is not TAKE:
        step(database, RITA, key, TAKE)
    if action is REOPEN:
        step(database, RITA, key, APPROVE, content_hash=read_hash(database, key))

    with pytest.raises(NotAllowed, match="role reviewer"):
        step(database, ANN, key, action, comment="why", content_hash=read_hash(database, key))


@pytest.mark.parametrize("action", [RETURN, REOPEN])
def test_giving_back_and_taking_back_need_a_reason(database, key, action):
    step(database, ANN, key, SUBMIT)
    step(database, RITA, key, TAKE)
    if action is REOPEN:
        step(database, ROB, key, APPROVE, content_hash=read_hash(database, key))

    with pytest.raises(InputError, match="says why"):
        step(database, RITA, key, action)


def test_a_review_that_moved_on_meanwhile_is_seen(database, key):
    seen = step(database, ANN, key, SUBMIT).review.version
    step(database, RITA, key, TAKE, version=seen)

    with pytest.raises(WrongState):
        step(database, ROB, key, TAKE, version=seen)


def test_what_fails_changes_nothing(database, key):
    with pytest.raises(WrongState):
        step(database, Viewer("ann", reviewer=True), key, APPROVE, content_hash=read_hash(database, key))

    with database.reading() as connection:
        assert kept.summary(connection, ANN, key).review.version == 0
        assert [entry.action for entry in audit.entries(connection)] == ["issue"]


def test_a_stale_answer_cannot_be_approved(database, key):
    step(database, ANN, key, SUBMIT)
    step(database, RITA, key, TAKE)
    with database.writing() as connection:
        mark = {"answer_id": key, "kind": "retracted", "document_id": "d", "reason": "r", "at": "t"}
        connection.execute(stale_marks.insert().values(**mark))

    with pytest.raises(WrongState, match="re-issue"):
        step(database, RITA, key, APPROVE, content_hash=read_hash(database, key))


def test_an_approved_answer_falls_back_and_an_open_one_stays(database, key):
    before = approved(database, key)
    with database.writing() as connection:
        assert desk.fall_back(connection, before, NOW, "a source was retracted")

    with database.writing() as connection:
        now = kept.summary(connection, ANN, key)
        assert (now.review.state.value, now.review.by) == ("under_review", "vouch")
        assert not desk.fall_back(connection, now, NOW, "again")


def test_what_is_read_most_and_riskiest_waits_at_the_top(database):
    with database.writing() as connection:
        keys = [
            kept.save(connection, answer(question=f"Question {n}?"), subject="ann", at=NOW) for n in range(3)
        ]
        for key in keys:
            desk.step(connection, ANN, key, Asked(SUBMIT), NOW)
        kept.count_read(connection, keys[1])
        mark = {"answer_id": keys[2], "kind": "retracted", "document_id": "d", "reason": "gone", "at": "t"}
        connection.execute(stale_marks.insert().values(**mark))

    with database.reading() as connection:
        waiting = desk.queue(connection, RITA)
    assert [one.summary.id for one in waiting] == [keys[2], keys[1], keys[0]]
    assert waiting[0].why == "gone"


def test_a_reader_has_only_own_answers_in_the_queue(database, key):
    step(database, ANN, key, SUBMIT)

    with database.reading() as connection:
        assert [len(desk.queue(connection, viewer)) for viewer in (ANN, BEN, RITA)] == [1, 0, 1]


class Model:
    """The review written down anew, as plainly as can be, to hold the real one against."""

    def __init__(self):
        self.state, self.asked_by, self.version, self.stale = "submitted", None, 0, False

    def expects(self, viewer, action, read_it, comment):
        """The state after, or the kind of refusal."""
        reviewer, holder = viewer.reviewer, viewer.subject in {"ann", "rita"}
        if not holder and not (reviewer and self.asked_by):
            return UnknownRecord
        wanted = {"submit": "submitted", "take": "submitted", "reopen": "approved"}.get(
            action, "under_review"
        )
        if read_it is False or self.state != wanted or (action == "submit" and self.asked_by):
            return WrongState
        if (action == "submit" and not holder) or (action != "submit" and not reviewer):
            return NotAllowed
        own = viewer.subject == self.asked_by or (not self.asked_by and holder)
        if action == "approve" and own:
            return NotAllowed
        if action in {"return", "reopen"} and not comment:
            return InputError
        if action == "approve" and read_it is None:
            return InputError
        if action == "approve" and self.stale:
            return WrongState
        return {"submit": "submitted", "return": "submitted", "approve": "approved"}.get(
            action, "under_review"
        )

    def move(self, viewer, action, state):
        self.state, self.version = state, self.version + 1
        self.asked_by = {"submit": viewer.subject, "return": None}.get(action, self.asked_by)


def test_ten_thousand_random_steps_go_as_a_plain_model_says(tmp_path):
    database = Database.in_file(tmp_path / "records.db")
    chance, model = random.Random(20261124), Model()
    with database.writing() as connection:
        key = kept.save(connection, answer(), subject="ann", at=NOW)
        kept.save(connection, answer(), subject="rita", at=NOW)
        right = kept.summary(connection, ANN, key).content_hash
        divergences, moves = [], 0
        for number in range(10_000):
            if chance.random() < 0.02:
                _turn_stale(connection, key, model, stale=not model.stale)
                continue
            viewer = chance.choice((ANN, BEN, RITA, ROB))
            fitting = {"submitted": (SUBMIT, TAKE), "under_review": (APPROVE, RETURN), "approved": (REOPEN,)}
            action = chance.choice(fitting[model.state] if chance.random() < 0.6 else tuple(ReviewAction))
            read_it = chance.choice((True, True, True, None, False))
            comment = chance.choice(("", "because"))
            expected = model.expects(viewer, action.value, read_it, comment)
            read = {True: right, None: None, False: "0" * 64}[read_it]
            try:
                moved = desk.step(connection, viewer, key, Asked(action, comment, read), NOW)
                got = moved.review.state.value
                model.move(viewer, action.value, got)
                moves += 1
            except VouchError as error:
                got = type(error)
            if got != expected:
                divergences.append((number, viewer.subject, action, expected, got))
        verdict = audit.verify(connection)
        final = kept.summary(connection, RITA, key).review

    assert divergences == []
    assert moves > 1_000
    assert verdict.broken_at is None
    assert (final.state.value, final.requested_by, final.version) == (
        model.state,
        model.asked_by,
        model.version,
    )


def _turn_stale(connection, key, model, *, stale):
    """Mark the answer stale, or take the mark off, as nothing but this test does."""
    if stale:
        mark = {"answer_id": key, "kind": "revised", "document_id": "d", "reason": "r", "at": "t"}
        connection.execute(stale_marks.insert().values(**mark))
        if desk.fall_back(connection, kept.summary(connection, ANN, key), NOW, "r"):
            model.state, model.version = "under_review", model.version + 1
    else:
        connection.execute(stale_marks.delete().where(stale_marks.c.answer_id == key))
    connection.execute(answers.update().values(stale_since="t" if stale else None))
    model.stale = stale
