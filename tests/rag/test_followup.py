"""A follow-up is made to stand alone; a question of its own is left as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import TODAY, FakeRetrieve

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer
from rag.followup import condense, leans
from rag.pipeline import Pipeline
from rag.types import Coverage, Turn

FIRST = "Does calcium prevent fractures?"


@pytest.fixture(scope="module")
def turn():
    embedder = HashingEmbedder()
    empty = Pipeline(
        FakeRetrieve([]), ExtractiveAnswerer(embedder), embedder, lambda terms: {}, Coverage(1, 0, 0)
    )
    return Turn(FIRST, empty.ask(FIRST, today=TODAY))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("And in children?", True),
        ("What about magnesium?", True),
        ("Why?", True),
        ("Is it safe at home?", True),
        ("Does aspirin prevent heart attack in diabetes?", False),
        ("Do statins lower mortality after ischaemic stroke?", False),
    ],
)
def test_what_leans_on_what_was_said_before(text, expected):
    assert leans(text) is expected


def test_a_follow_up_takes_the_subject_of_the_question_before(turn):
    assert condense("And in children?", [turn]) == "And in children? (calcium fractures)"


def test_a_term_that_it_names_itself_is_not_repeated(turn):
    assert condense("What about calcium citrate?", [turn]) == "What about calcium citrate? (fractures)"


def test_a_change_of_topic_is_left_as_it_is(turn):
    new = "Does aspirin prevent heart attack in diabetes?"

    assert condense(new, [turn]) == new


def test_a_first_question_is_left_as_it_is():
    assert condense("And in children?", []) == "And in children?"


def test_the_last_turn_counts(turn):
    last = Turn("b", replace(turn.answer, understood_as="Do statins prevent stroke?"))

    assert condense("And in children?", [turn, last]) == "And in children? (statins stroke)"
