"""What holds of every answer over the starter library."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from starter_kit import TODAY, gold_questions

from indexes.packing import unpacked
from rag.types import Design, Role, Status
from service.answer_json import answer_json
from service.json_text import json_text
from service.wiring import open_library

QUESTIONS = gold_questions()
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[q["id"] for q in QUESTIONS])


@pytest.fixture(scope="session")
def passage_texts(starter):
    library = open_library(starter)
    with library.reading() as snapshot:
        rows = snapshot.connection.execute("SELECT id, text FROM passages").fetchall()
    return {key: unpacked(text) for key, text in rows}


@each_question
def test_every_quote_stands_word_for_word_in_its_passage(question, answers, passage_texts):
    citations = [c for claim in answers[question["id"]].claims for c in claim.citations]

    assert all(passage_texts[c.passage_id][c.start : c.end] == c.quote for c in citations)


@each_question
def test_every_claim_is_its_quote(question, answers):
    claims = answers[question["id"]].claims

    assert all(claim.text == claim.citations[0].quote for claim in claims)


@each_question
def test_nothing_retracted_and_no_notice_is_evidence(question, answers):
    documents = [item.document for item in answers[question["id"]].evidence]

    assert not [d.id for d in documents if d.status is Status.RETRACTED or d.design is Design.NOTICE]


@each_question
def test_nothing_superseded_leads(question, answers):
    answer = answers[question["id"]]
    status = {item.document.id: item.document.status for item in answer.evidence}

    leading = {c.document_id for claim in answer.lead for c in claim.citations}

    assert not [one for one in leading if status[one] is Status.SUPERSEDED]


@each_question
def test_an_answer_has_a_lead_or_an_abstention_and_never_both(question, answers):
    answer = answers[question["id"]]

    assert bool(answer.lead) != bool(answer.abstention)


def test_no_sentence_is_shown_twice(answers):
    for answer in answers.values():
        shown = [claim.text for claim in (*answer.lead, *(c for p in answer.key_points for c in p.claims))]
        assert len(shown) == len(set(shown))


def test_the_role_changes_no_claim(pipeline):
    question = "Does ivermectin speed recovery in outpatients with COVID-19?"

    told = [pipeline.ask(question, role=role, today=TODAY) for role in Role]

    assert len({tuple(claim.id for claim in answer.claims) for answer in told}) == 1


def test_the_same_question_gives_the_same_bytes_in_another_process(starter, pipeline):
    question = "How common is spinal epidural hematoma after an obstetric epidural?"
    here = json_text(answer_json(pipeline.ask(question, today=TODAY)))

    there = subprocess.run(
        [sys.executable, "-c", "from service.cli import main; main()", "ask", question, "--format", "json"],
        env={**os.environ, "VOUCH_HOME": str(starter.home), "VOUCH_TODAY": TODAY.isoformat()},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert there == here
