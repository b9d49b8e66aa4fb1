"""The answer as JSON: a contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from made_up_answers import COHORT, abstaining_answer, answer, conflicting_answer

from rag.types import Design, Filters, Role
from service.answer_json import answer_id, answer_json
from service.json_text import json_text

KEYS = (
    "id question understood_as question_type role status mode mode_reason lead key_points conflicts certainty withheld "
    "abstention safety references filters restricted_to review stale generation model prompts as_of usage content_hash disclaimer suggestions role_notes terms"
).split()


def test_an_answer_has_the_fields_of_the_contract_in_their_order():
    assert list(answer_json(answer())) == KEYS


def test_a_claim_has_its_quotes_with_their_place():
    (claim,) = answer_json(answer())["lead"]

    assert list(claim) == ["id", "text", "citations", "support", "context"]
    assert claim["citations"] == [
        {
            "number": 1,
            "document_id": "ref:made-up-1",
            "passage_id": "ref:made-up-1#0000000000000001",
            "quote": "The made-up clot resolved within eight days in most adults.",
            "section": "Results",
            "start": 0,
            "end": 59,
        }
    ]


def test_a_reference_has_all_that_a_reader_needs_to_judge_it():
    reference = answer_json(answer())["references"][0]

    assert (
        list(reference)
        == (
            "number document_id title authors journal year design level level_inferred status status_note digest url citation why"
        ).split()
    )
    assert (reference["level"], reference["year"], reference["status"]) == (3, 2019, "current")
    assert reference["why"]["score"] == 0.7


def test_an_abstention_says_what_was_searched_and_what_came_near():
    found = answer_json(abstaining_answer())

    assert found["status"] == "abstained"
    assert found["abstention"]["searched"] == {"documents": 2, "passages": 2, "terms": ["clot", "zebra"]}
    assert found["abstention"]["nearest"] == [
        {"document_id": COHORT.id, "title": COHORT.title, "why": "another condition"}
    ]
    assert found["certainty"] is None


def test_a_conflict_has_its_sides_and_its_reason():
    (conflict,) = answer_json(conflicting_answer())["conflicts"]

    assert [side["citations"][0]["number"] for side in conflict["sides"]] == [1, 2]
    assert conflict["reason"] == "one is of mice"


def test_the_same_answer_gives_the_same_bytes():
    assert json_text(answer_json(answer())) == json_text(answer_json(answer()))


def test_designs_of_a_filter_have_one_order():
    found = answer_json(answer(filters=Filters(designs=frozenset(Design))))["filters"]["designs"]

    assert found == sorted(Design)


@pytest.mark.parametrize(
    "other",
    [
        answer(question="Another?"),
        answer(key_points=()),
        answer(coverage=replace(answer().coverage, generation=4)),
        answer(role=Role.PATIENT),
    ],
)
def test_another_answer_has_another_id(other):
    assert answer_id(other) != answer_id(answer())


def test_the_id_is_that_of_the_json():
    assert answer_json(answer())["id"] == answer_id(answer())


def test_json_keeps_real_characters_and_ends_with_a_newline():
    text = json_text({"name": "Dahlöf – 日本"})

    assert text == '{\n  "name": "Dahlöf – 日本"\n}\n'


def test_a_file_name_that_is_no_unicode_still_gives_json():
    assert json.loads(json_text({"path": "bad\udcff.md"}).encode()) == {"path": "bad?.md"}
