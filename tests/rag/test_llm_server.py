"""An OpenAI-compatible server as a model: what it is asked, how often, and what its failures are called."""

from __future__ import annotations

import json
from time import monotonic

import pytest
from model_server import (
    FAULTS,
    cut,
    drip,
    hang,
    model_server,
    only_plain,
    saying,
    status,
)

from rag.deadline import Deadline
from rag.errors import ModelUnavailable
from rag.llm import Form, Message
from rag.llm_server import OpenAIServer, Prices, retry_after
from rag.types import Usage

MESSAGES = (Message("system", "Made-up rules."), Message("user", "Made-up question."))
FORM = Form("made_up", json.dumps({"type": "object", "properties": {}, "additionalProperties": False}))
PASSES = [status(429), status(500), status(503), status(408), cut, FAULTS["closed connection"]]


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """The client's library is imported before any deadline runs: that takes a second or more."""
    import openai

    assert openai


def asked(server, seconds=5.0, paused=None, **fields):
    """The reply of a server; pauses are remembered and not waited for."""
    llm = OpenAIServer(
        server.url, "made-up", "key", pause=(paused if paused is not None else []).append, **fields
    )
    return llm(MESSAGES, FORM, Deadline.after(seconds))


def test_a_whole_reply_comes_with_its_tokens_and_its_cost():
    with model_server(saying("{}")) as server:
        reply = asked(server, prices=Prices(2.0, 10.0))

    assert (reply.text, reply.complete) == ("{}", True)
    assert reply.usage == Usage(1, 100, 20, pytest.approx(0.0004))


def test_a_server_is_asked_for_the_form_with_the_messages_the_model_and_the_key():
    with model_server(saying("{}")) as server:
        asked(server)

    path, body, headers = server.requests[0]
    assert (path, body["model"], body["temperature"]) == ("/v1/chat/completions", "made-up", 0)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert body["response_format"]["json_schema"]["schema"] == json.loads(FORM.schema)
    assert headers["authorization"] == "Bearer key"


def test_a_server_without_structured_output_is_asked_in_plain_words_and_that_is_remembered():
    with model_server(only_plain(saying("{}"))) as server:
        llm = OpenAIServer(server.url, "made-up")
        replies = [llm(MESSAGES, FORM, Deadline.after(5)) for _ in range(2)]

    assert [reply.text for reply in replies] == ["{}", "{}"]
    kinds = [body.get("response_format", {}).get("type") for _, body, _ in server.requests]
    assert kinds == ["json_schema", "json_object", None, None]


def test_a_model_that_takes_no_temperature_is_asked_without():
    def fussy(handler, body):
        (status(400) if "temperature" in body else saying("{}"))(handler, body)

    with model_server(fussy) as server:
        assert asked(server).text == "{}"


@pytest.mark.parametrize("fault", PASSES)
def test_what_may_pass_is_tried_again(fault):
    with model_server(fault, fault, saying("{}")) as server:
        paused = []
        assert asked(server, paused=paused).text == "{}"

    assert len(server.requests) == 3
    assert paused == [0.25, 0.5]


@pytest.mark.parametrize("fault", PASSES)
def test_what_does_not_pass_is_given_up_after_four_tries(fault):
    with model_server(fault) as server, pytest.raises(ModelUnavailable):
        asked(server)

    assert len(server.requests) == 4


def test_a_server_is_given_the_time_that_it_asks_for():
    with model_server(status(429, Retry_After="2"), saying("{}")) as server:
        paused = []
        asked(server, paused=paused)

    assert paused == [2.0]


def test_a_time_that_is_not_left_is_not_waited_for():
    with model_server(status(429, Retry_After="3600")) as server:
        paused = []
        with pytest.raises(ModelUnavailable, match="overloaded"):
            asked(server, paused=paused)

    assert paused == []
    assert len(server.requests) == 1


@pytest.mark.parametrize("code", [400, 401, 403, 404, 422])
def test_what_will_not_pass_is_not_tried_again_and_what_the_server_says_is_not_repeated(code):
    with model_server(status(code)) as server, pytest.raises(ModelUnavailable) as refused:
        asked(server)

    assert len(server.requests) <= 6
    assert "made-up-secret" not in str(refused.value)


@pytest.mark.parametrize("fault", [hang, drip, FAULTS["endless reply"]], ids=["hang", "drip", "endless"])
def test_nothing_outlasts_the_deadline(fault):
    began = monotonic()
    with model_server(fault) as server, pytest.raises(ModelUnavailable):
        asked(server, seconds=0.8)

    assert monotonic() - began < 2.5  # the machine may be busy with other things


def test_tries_share_one_deadline():
    with model_server(status(500), hang) as server, pytest.raises(ModelUnavailable, match="in time"):
        asked(server, seconds=2.0)

    assert len(server.requests) == 2


def test_a_server_that_is_not_there_is_named_without_its_password():
    llm = OpenAIServer("http://user:made-up-secret@127.0.0.1:9/v1", "made-up", pause=[].append)

    with pytest.raises(
        ModelUnavailable, match=r"the model server at 127\.0\.0\.1:9 can't be reached"
    ) as told:
        llm(MESSAGES, FORM, Deadline.after(3))
    assert "made-up-secret" not in str(told.value)


@pytest.mark.parametrize("url", ["not an address", "http://", "ftp://example.org", ""])
def test_what_is_no_address_is_an_error_of_ours(url):
    with pytest.raises(ModelUnavailable):
        OpenAIServer(url, "made-up", pause=[].append)(MESSAGES, FORM, Deadline.after(2))


@pytest.mark.parametrize(
    "name",
    [
        "length", "whole text, but length", "content filter", "no finish reason", "empty choices", "no choices",
        "null content", "empty content", "number as content", "HTML page", "garbage", "cut reply of unknown length",
    ],
)  # fmt: skip
def test_what_is_no_whole_reply_is_told_as_incomplete_or_empty(name):
    with model_server(FAULTS[name]) as server:
        reply = asked(server)

    assert not (reply.complete and reply.text)


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("2", 2, 2), ("0.5", 0.5, 0.5), (None, 0, 0), ("soon", 0, 0), ("-3", 0, 0), ("", 0, 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0), ("Wed, 21 Oct 2099 07:28:00 GMT", 1e8, 1e11), ("nan", 0, 0),
    ],
)  # fmt: skip
def test_a_retry_after_is_read_as_seconds_or_as_a_date(header, least, most):
    assert least <= retry_after(header) <= most


def test_a_key_is_not_printed():
    assert "made-up-key" not in repr(OpenAIServer("http://localhost:1/v1", "made-up", "made-up-key"))
