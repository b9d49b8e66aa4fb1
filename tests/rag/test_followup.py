"""A follow-up is made to stand alone; a question of its own is left as it is."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import TODAY, FakeRetrieve

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer
from rag.errors import InputError
from rag.followup import condense, leans
from rag.pipeline import Pipeline
from rag.text import terms
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
    "text",
    [
        "And in children?",
        "What about magnesium?",
        "But is it safe?",
        "Why?",
        "At what dose?",
        "How long does it take?",
        "Is it safe at home?",
        "Are steroids useful?",
        "Does surgery help?",
        "What are the side effects?",
        "What are the symptoms?",
        "Are there alternatives?",
        "Would Paxlovid help her too?",
        "Can it be given together with steroids and tocilizumab?",
        "How many of them were operated on, and how did they fare?",
        "What if fludrocortisone is added?",
        "Does that change in pregnancy?",
        "Is MRI needed?",
        "What does the guideline say?",
        "Which of these is better?",
        "How is it diagnosed?",
        "Does aspirin help?",
        "What is the prognosis?",
        "Should they be operated on?",
        "Can this increase the risk of developing other health conditions?",
        "Actually, I forgot to say: I had a stent put in five years ago. Does that change things?",
        "How common is it?",
        "And after the first litres, should I keep giving fluid or start vasopressors early?",
        "What is the evidence for this?",
        "Does the same hold for women?",
    ],
)
def test_what_leans_on_what_was_said_before(text):
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Does aspirin prevent heart attack in diabetes?",
        "Do statins lower mortality after ischaemic stroke?",
        "What is anaemia?",
        "Tell me about lung cancer.",
        "What causes throat cancer?",
        "How is septic shock treated?",
        "How long does it take for a spinal haematoma to resolve?",
        "Is it safe to take ibuprofen with warfarin?",
        "Is there evidence that vitamin D prevents falls?",
        "Is hydroxychloroquine useful in COVID-19?",
        "How common is spinal epidural haematoma after an obstetric epidural?",
        "What is the incidence of sepsis?",
        "Does aspirin prevent stroke in people who have had it before?",
        "Why does aspirin cause bleeding in older people?",
        "Which antibiotics treat pneumonia in adults?",
        "What does the USPSTF recommend on aspirin?",
        "What is ketosis?",
        "Do macrophages clear haematomas, and do they need complement for it?",
        "What did RECOVERY find on dexamethasone?",
        "Is melatonin bad for you?",
        "Can a spinal haematoma resolve without surgery?",
        "What are the symptoms of cauda equina syndrome?",
        "Does remdesivir shorten recovery from COVID-19?",
        "How is atrial fibrillation managed?",
        "Should patients with diabetes take aspirin?",
        "What predicts recovery after decompression of a spinal haematoma?",
        "Do corticosteroids reduce mortality in septic shock?",
        "What is the natural history of a lumbar disc herniation?",
        "When can warfarin be restarted after a spinal haematoma?",
        "Is ivermectin effective against COVID-19?",
    ],
)
def test_what_names_its_own_subject_stands_alone(text):
    assert not leans(text)


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


def test_a_second_follow_up_keeps_the_subject_of_the_conversation(turn):
    second = Turn("b", replace(turn.answer, understood_as=condense("And with magnesium?", [turn])))

    assert condense("At what dose?", [turn, second]) == "At what dose? (magnesium calcium fractures)"


def test_after_a_change_of_topic_the_old_one_is_forgotten(turn):
    second = Turn("b", replace(turn.answer, understood_as="Do statins prevent stroke?"))

    assert "calcium" not in condense("Is it safe?", [turn, second])


@given(st.text(max_size=200))
def test_a_follow_up_is_only_ever_added_to(turn, text):
    with suppress(InputError):
        assert condense(text, [turn]).startswith(text.rstrip())


def test_of_real_follow_ups_on_health_most_are_told_from_stand_alone_questions(shared):
    lines = (
        (shared / "data/conv_rewrite/unified_rewrites_given.jsonl").read_text(encoding="utf-8").splitlines()
    )
    rows = [row for row in map(json.loads, lines) if row.get("health_topic") and row["history"]]
    asked = [row for row in rows if row["question"].endswith("?")]
    alone = [set(terms(row["rewrite"])) <= set(terms(row["question"])) for row in asked]

    told = [leans(row["question"]) is not own for row, own in zip(asked, alone, strict=True)]

    assert len(asked) > 50
    assert sum(told) / len(told) >= 0.8
    assert not any(own and leans(row["question"]) for row, own in zip(asked, alone, strict=True))


def test_what_people_call_it_is_carried_on_in_the_words_of_the_field(turn):
    asked = replace(turn, answer=replace(turn.answer, understood_as="Is a brain bleed deadly?"))

    assert set(terms("intracranial haemorrhage")) <= set(terms(condense("How is it treated?", [asked])))


def test_a_topic_in_lay_words_stands_alone():
    assert not leans("Do blood thinners cause a heart attack in old age?")
