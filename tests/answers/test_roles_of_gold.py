"""Every gold question is answered with the same claims and citations to every reader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starter_kit import gold_questions

from rag.roles import wording
from rag.types import Role
from service.answer_json import answer_json

ASKED = [question["id"] for question in gold_questions()]
_WORDED = ("id", "role", "content_hash", "disclaimer", "role_notes", "terms")


def claimed(answer, role):
    told = answer_json(replace(answer, role=role))
    return {key: value for key, value in told.items() if key not in _WORDED}


@pytest.mark.parametrize("key", ASKED)
def test_the_role_changes_nothing_but_the_words_around_the_claims(key, answers):
    clinician = claimed(answers[key], Role.CLINICIAN)

    assert all(claimed(answers[key], role) == clinician for role in Role)


@pytest.mark.parametrize("key", ASKED)
def test_what_is_explained_stands_in_the_answer(key, answers):
    answer = answers[key]
    shown = " ".join(
        (
            *(c.text for c in answer.claims),
            *(p.heading for p in answer.key_points),
            *(answer.certainty.reasons if answer.certainty else ()),
        )
    )

    assert all(term.name in shown for term in wording(answer, Role.PATIENT).terms)
