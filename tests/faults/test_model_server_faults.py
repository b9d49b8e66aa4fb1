"""A model server that fails in any way: a gated answer or labelled quotes, within the one deadline. Studies are made up."""

from __future__ import annotations

from time import monotonic

import pytest
from made_up import TODAY, FakeRetrieve, document, retrieved
from model_server import FAULTS, faithful, model_server

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer
from rag.errors import ModelUnavailable
from rag.llm_answerer import LLMAnswerer
from rag.llm_server import OpenAIServer
from rag.pipeline import Pipeline
from rag.types import Coverage, Mode

SECONDS = 2.8  # of which the answerer keeps 2 for its quotes
QUESTION = "Does vitamin D prevent fractures in older people?"
TEXTS = (
    "Vitamin D did not prevent fractures in older people, with a risk ratio of 1.00.",
    "Vitamin D given once a year raised the number of fractures in older people.",
)
FOUND = tuple(retrieved(text, document(n), 0.7, n) for n, text in enumerate(TEXTS, 1))
UNUSABLE = (
    "length", "whole text, but length", "empty choices", "null content", "garbage", "garbage as content", "HTML page",
    "half a JSON object", "prose", "another form", "cut reply of unknown length", "lone surrogate",
)  # fmt: skip
PASSING = ("503 for a second", "500", "cut reply", "cut stream", "closed connection", "429 without a number")


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """The client's library is imported before any deadline runs: that takes a second or more."""
    import openai

    assert openai


def answered(server, demanded=False, seconds=SECONDS):
    """The answer of the pipeline with the model behind `server`, and how long it took."""
    embedder = HashingEmbedder(4_096)
    llm = OpenAIServer(server.url, "made-up")
    parts = Pipeline(
        FakeRetrieve(FOUND),
        LLMAnswerer(llm, ExtractiveAnswerer(embedder), demanded),
        embedder,
        lambda ts: dict.fromkeys(ts, 5),
        Coverage(3, 20, 100),
        seconds=seconds,
    )
    began = monotonic()
    return parts.ask(QUESTION, today=TODAY), monotonic() - began


@pytest.mark.parametrize("name", FAULTS)
def test_a_failing_server_costs_the_model_and_not_the_answer(name):
    with model_server(FAULTS[name]) as server:
        answer, seconds = answered(server)

    assert seconds < SECONDS
    assert answer.mode is Mode.EXTRACTIVE
    assert answer.mode_reason
    assert [claim.text for claim in answer.claims] == [TEXTS[0], TEXTS[1]]
    assert answer.withheld == ()
    assert "made-up-secret" not in answer.mode_reason


@pytest.mark.parametrize("name", PASSING)
def test_a_fault_that_passes_costs_nothing(name):
    with model_server(FAULTS[name], faithful) as server:
        answer, _ = answered(server, seconds=6.0)

    assert answer.mode is Mode.MODEL
    assert len(server.requests) == 2


@pytest.mark.parametrize("name", ["timeout", "slow drip", "500", "garbage", "length", "401"])
def test_a_model_that_was_demanded_and_fails_is_an_error_in_time(name):
    began = monotonic()
    with model_server(FAULTS[name]) as server, pytest.raises(ModelUnavailable):
        answered(server, demanded=True)

    assert monotonic() - began < SECONDS + 0.5


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_reply_that_can_not_be_used_is_asked_for_once_more(name):
    with model_server(FAULTS[name], faithful) as server:
        answer, _ = answered(server, seconds=10.0)

    assert answer.mode is Mode.MODEL
    assert len(server.requests) == 2


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_second_reply_that_can_not_be_used_is_the_last(name):
    with model_server(FAULTS[name]) as server:
        answer, _ = answered(server, seconds=10.0)

    assert answer.mode is Mode.EXTRACTIVE
    assert "no whole reply" in answer.mode_reason
    assert len(server.requests) == 2
