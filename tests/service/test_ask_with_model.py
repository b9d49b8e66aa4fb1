"""`vouch ask` with a language model behind a loopback server: used, insisted on, left out, and gone."""

from __future__ import annotations

import json

import pytest
from model_server import FAULTS, faithful, model_server, obedient, saying

QUESTION = "Does dromedaril stop night cramps?"


@pytest.fixture
def ask(vouch, library, monkeypatch):
    """Asks with the model behind a server; the answer, the exit code and what was told beside."""

    def asked(server, *more, **settings):
        given = {"llm_base_url": server.url, "llm_model": "made-up", "llm_seconds": "20", **settings}
        for name, value in given.items():
            monkeypatch.setenv(f"VOUCH_{name.upper()}", value)
        result = vouch("ask", QUESTION, "--format", "json", *more)
        return (json.loads(result.stdout) if result.exit_code == 0 else None), result

    return asked


def test_a_configured_model_writes_and_the_answer_says_which_with_which_prompts_at_what_cost(ask):
    with model_server(faithful) as server:
        answer, _ = ask(server, llm_price_prompt="1", llm_price_completion="10", llm_api_key="made-up-key")

    assert (answer["mode"], answer["mode_reason"]) == ("model", "")
    assert answer["model"]["answer"] == "made-up"
    assert answer["prompts"]["answer"] == "answer.v1"
    assert answer["usage"] == {"calls": 1, "prompt_tokens": 100, "completion_tokens": 20, "cost": 0.0003}
    assert server.requests[0][2]["authorization"] == "Bearer made-up-key"
    assert answer["lead"][0]["text"] == answer["lead"][0]["citations"][0]["quote"]


@pytest.mark.parametrize("name", ["timeout", "429 with a long Retry-After", "length", "HTML page", "401"])
def test_a_model_that_fails_leaves_labelled_quotes(ask, name):
    with model_server(FAULTS[name]) as server:
        answer, _ = ask(server, llm_seconds="3")

    assert (answer["mode"], answer["status"]) == ("extractive", "answered")
    assert answer["mode_reason"]
    assert answer["lead"]


def test_a_model_that_is_insisted_on_and_fails_ends_with_exit_code_4(ask):
    with model_server(FAULTS["401"]) as server:
        _, result = ask(server, "--model")

    assert result.exit_code == 4
    assert "refuses the key" in result.stderr


def test_a_model_that_is_not_wanted_is_not_asked(ask):
    with model_server(faithful) as server:
        answer, _ = ask(server, "--no-model")

    assert (answer["mode"], answer["mode_reason"], answer["usage"]) == ("extractive", "", None)
    assert server.requests == []


def test_insisting_on_a_model_that_is_not_configured_is_bad_input(vouch, library):
    result = vouch("ask", QUESTION, "--model")

    assert result.exit_code == 2
    assert "VOUCH_LLM_BASE_URL" in result.stderr


def test_what_a_model_invents_is_withheld_and_told(ask):
    invented = {"lead": True, "text": "Dromedaril cures gout in 99% of adults.", "passage": 1, "quote": "x"}
    with model_server(saying(json.dumps({"claims": [invented]}))) as server:
        answer, _ = ask(server)

    assert answer["mode"] == "extractive"
    assert [withheld["text"] for withheld in answer["withheld"]] == [invented["text"]]
    assert "gout" not in json.dumps([answer["lead"], answer["key_points"]])


def test_no_retracted_paper_reaches_the_model(ask):
    with model_server(obedient) as server:
        ask(server)

    assert "abolished" not in json.dumps(server.requests[0][1])
