"""A model that makes follow-ups stand alone adds no word that wasn't said. Studies are made up."""

from __future__ import annotations

import json

import pytest
from made_up_answers import answer

from rag.deadline import Deadline
from rag.errors import ModelUnavailable
from rag.llm import Reply
from rag.llm_condenser import LLMCondenser
from rag.types import Turn, Usage

FIRST = "Does vitamin D prevent fractures in older people?"
FOLLOW_UP = "And in children?"
STANDS = "Does vitamin D prevent fractures in children?"


def rules(question, earlier):
    return f"by rule: {question}"


def turn():
    from dataclasses import replace

    return Turn(FIRST, replace(answer(), question=FIRST, understood_as=FIRST))


class OneReply:
    """A model with one reply; it remembers what it was asked and until when."""

    name = "one reply"

    def __init__(self, said, complete=True):
        self.said, self.complete, self.asked, self.deadline = said, complete, [], None

    def __call__(self, messages, form, deadline):
        self.asked.append(messages)
        self.deadline = deadline
        if isinstance(self.said, Exception):
            raise self.said
        return Reply(self.said, self.complete, Usage(1))


def condensed(llm, question=FOLLOW_UP, earlier=None):
    return LLMCondenser(llm, rules)(question, [turn()] if earlier is None else earlier)


def reply(question):
    return json.dumps({"question": question})


def test_a_model_puts_in_what_the_conversation_names():
    assert condensed(OneReply(reply(STANDS))) == STANDS


def test_a_first_question_is_no_business_of_the_model():
    llm = OneReply(reply(STANDS))

    assert condensed(llm, earlier=[]) == f"by rule: {FOLLOW_UP}"
    assert llm.asked == []


@pytest.mark.parametrize(
    "said",
    [
        reply("Does aspirin cure cancer in children?"),
        reply("Does vitamin D prevent fractures in older people?"),
        reply("<b>Does vitamin D prevent fractures in children?</b>"),
        reply("Does vitamin D prevent fractures in children? See https://made-up.example"),
        reply(""),
        "Does vitamin D prevent fractures in children?",
        "{}",
        ModelUnavailable("away"),
    ],
)
def test_a_model_that_adds_forgets_or_fails_is_replaced_by_the_rules(said):
    assert condensed(OneReply(said)) == f"by rule: {FOLLOW_UP}"


def test_half_a_reply_is_none():
    assert condensed(OneReply(reply(STANDS), complete=False)) == f"by rule: {FOLLOW_UP}"


def test_a_model_is_told_questions_and_no_text_of_a_document():
    llm = OneReply(reply(STANDS))
    condensed(llm)

    told = json.loads(llm.asked[0][1].text)
    assert list(told) == ["earlier", "last_question"]
    assert list(told["earlier"][0]) == ["question", "understood_as"]


def test_a_condenser_leaves_most_of_the_time_to_the_answer():
    llm = OneReply(reply(STANDS))
    LLMCondenser(llm, rules).within(Deadline.after(30))(FOLLOW_UP, [turn()])
    assert llm.deadline.left() <= 8
    LLMCondenser(llm, rules).within(Deadline.after(2))(FOLLOW_UP, [turn()])
    assert llm.deadline.left() <= 2
