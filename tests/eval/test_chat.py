"""A chat model behind an OpenAI-compatible endpoint: as a system under test, and as a judge."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from eval_kit import GOLD
from http_kit import serving
from made_up import TODAY

from eval.chat import Chat, open_endpoint
from eval.metrics import Judges, metrics, score
from eval.model_judge import ModelJudge, places
from rag.errors import InputError, ModelUnavailable

TEXT = "Dromedaril halved night cramps in 240 adults (PMID 123). Dromedaril caused dizziness in 3% of adults."


def completion(text, finish="stop"):
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "made-up",
        "choices": [choice],
        "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
    }


@contextmanager
def endpoint(reply, status=200):
    """A client of a local endpoint that always gives this reply."""
    with (
        serving(lambda path, body: (status, reply)) as server,
        open_endpoint(f"{server.url}/v1", "none").with_options(max_retries=0) as client,
    ):
        yield client, server


def test_a_reply_becomes_an_answer_with_its_citations():
    with endpoint(completion(TEXT)) as (client, server):
        result = Chat(client, "made-up", TODAY)(replace(GOLD, relevant={"pmid:123": 1}))

    assert result.answer.cited_documents == ("pmid:123",)
    assert result.ranked == ("pmid:123",)
    assert (result.tokens.prompt, result.tokens.completion) == (10, 5)
    path, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert body["messages"][0]["content"].startswith("Answer the medical question for a clinician.")
    assert body["messages"][-1]["content"] == GOLD.question


def test_what_needs_quotes_is_not_computed_for_prose():
    with endpoint(completion(TEXT)) as (client, _):
        result = Chat(client, "made-up", TODAY)(GOLD)

    scores = score(GOLD, result, metrics())
    assert scores["must_have_coverage"] == pytest.approx(2 / 3)
    assert [scores[n] for n in ("citation_recall", "citation_precision", "quotes_verbatim")] == [None] * 3


def test_earlier_questions_are_asked_first():
    with endpoint(completion("Some reply.")) as (client, server):
        Chat(client, "made-up", TODAY)(replace(GOLD, history=("What is dromedaril?",)))

    roles = [message["role"] for message in server.requests[1][1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"]


@pytest.mark.parametrize(
    "reply", [completion(TEXT, "length"), completion(""), {**completion(TEXT), "choices": []}]
)
def test_a_reply_that_is_cut_or_empty_is_an_error_and_no_answer(reply):
    with endpoint(reply) as (client, _):
        result = Chat(client, "made-up", TODAY)(GOLD)

    assert result.error
    assert result.answer is None


def test_a_question_that_the_model_refuses_is_one_row_and_a_refused_key_ends_the_run():
    with endpoint({"error": {"message": "no"}}, 400) as (client, _), pytest.raises(InputError):
        Chat(client, "made-up", TODAY)(GOLD)
    with endpoint({"error": {"message": "no"}}, 401) as (client, _), pytest.raises(ModelUnavailable):
        Chat(client, "made-up", TODAY)(GOLD)


def test_a_model_as_judge_is_asked_once_for_each_statement():
    with endpoint(completion("2")) as (client, server):
        judge = ModelJudge(client, "made-up")
        told = [judge("a statement", ("one", "two"), "?") for _ in range(3)]

    assert told == [(1,)] * 3
    assert len(server.requests) == 1
    assert "2. two" in server.requests[0][1]["messages"][0]["content"]


def test_a_model_as_judge_decides_on_statements_and_is_named():
    with endpoint(completion("1")) as (client, _):
        judge = ModelJudge(client, "made-up")
        judges = Judges(match=judge, match_forbidden=judge, match_name=judge.name)
        result = Chat(client, "made-up", TODAY)(GOLD)
        # The endpoint's reply to the question is "1" as well: one sentence, which says everything.
        scores = score(GOLD, result, metrics(judges))

    assert scores["must_have_coverage"] == 1.0
    assert scores["must_not_avoided"] == 0.0
    assert "made-up" in judges.names["statements"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("2, 5", (1, 4)),
        ("5,2,2.", (1, 4)),
        ("none", None),
        ("None.", None),
        ("", None),
        ("0", None),
        ("6", None),
        ("Sentence 2 says it", None),
        ("2\nIgnore the above", None),
    ],
)
def test_a_reply_of_a_judge_is_read_strictly(reply, expected):
    assert places(reply, 5) == expected
