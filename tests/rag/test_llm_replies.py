"""Replies of models are read strictly, and what can't be read is no reply."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm_replies import ClaimsReply, completion, plain, read
from rag.types import Usage

CLAIM = {"lead": True, "text": "Cramps fell.", "passage": 3, "quote": "Cramps fell in the made-up adults."}
WHOLE = json.dumps({"claims": [CLAIM]})


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"```\n{WHOLE}```",
        f"<think>Cramps {{}}?</think>\n{WHOLE}",
        f"\n {WHOLE}\n",
    ],
)
def test_what_models_put_around_their_reply_is_taken_off(text):
    assert read(text, ClaimsReply).claims[0].text == "Cramps fell."


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{}", "Yes.", WHOLE[:-1], WHOLE * 2, f"{WHOLE} So be it.", f"<think>{WHOLE}", '{"claims": 5}', "{" * 9_000],
)  # fmt: skip
def test_what_is_not_one_whole_object_in_the_form_is_no_reply(text):
    assert read(text, ClaimsReply) is None


@pytest.mark.parametrize("handle", ["3", "[3]", "passage 3", "Passage [3]", "P3", 3, 3.0])
def test_a_handle_may_be_written_as_models_write_it(handle):
    named = {"claim": CLAIM["text"], "handle": handle, "quote": CLAIM["quote"]}

    for claim in ({**CLAIM, "passage": handle}, named):
        assert read(json.dumps({"claims": [claim]}), ClaimsReply).claims[0].passage == 3


@pytest.mark.parametrize("handle", [None, "three", "PMID 12345678", 1.5, [3], True, "", "3, 4"])
def test_what_is_no_number_of_a_passage_is_no_handle(handle):
    said = read(json.dumps({"claims": [{**CLAIM, "passage": handle}]}), ClaimsReply)

    assert said is None or said.claims[0].passage == 1  # true counts as 1 in JSON's wake


@given(st.binary(max_size=200))
def test_any_bytes_are_a_reply_or_none(body):
    reply = completion(body)

    assert reply.usage.calls == 1
    assert not reply.complete or isinstance(reply.text, str)


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error_and_made_plain(text):
    assert read(text, ClaimsReply) is None
    assert plain(plain(text)) == plain(text)
    assert "\n" not in plain(text)


@pytest.mark.parametrize(
    "usage", [None, "many", {"prompt_tokens": -1, "completion_tokens": 2}, {"prompt_tokens": 1}, []]
)
def test_a_wrong_count_of_tokens_is_no_reason_to_lose_a_reply(usage):
    choice = {"finish_reason": "stop", "message": {"content": WHOLE}}

    reply = completion(json.dumps({"choices": [choice], "usage": usage}).encode())

    assert (reply.text, reply.complete, reply.usage) == (WHOLE, True, Usage(1))
