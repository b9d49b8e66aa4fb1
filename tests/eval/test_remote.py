"""A Vouch server as a system under test."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pytest
from eval_kit import GOLD, answered, declined
from http_kit import serving

from eval.metrics import metrics, score
from eval.remote import Remote
from rag.errors import InputError, ModelUnavailable
from service.answer_json import answer_json

ALL = metrics()


def vouch(answer, *, passages=True):
    """Replies of a Vouch server that always gives `answer`."""
    texts = {item.passage.id: item.passage.text for item in answer.evidence}

    def reply(path, body):
        if path == "/v1/ask" or path.endswith("/questions"):
            return 200, answer_json(answer)
        if path == "/v1/conversations":
            return 201, {"id": "c1"}
        key = unquote(path.removeprefix("/v1/passages/"))
        return (200, {"text": texts[key]}) if passages and key in texts else (404, {})

    return reply


def test_an_answer_of_a_server_scores_as_the_same_answer_here():
    here = answered()

    with serving(vouch(here.answer)) as server:
        there = Remote(server.url)(GOLD)

    names = [m.name for m in ALL if m.group != "How it ranks"]
    assert {n: v for n, v in score(GOLD, there, ALL).items() if n in names} == {
        n: v for n, v in score(GOLD, here, ALL).items() if n in names
    }
    assert there.ranked == ("ref:made-up-1",)
    assert [claim.id for claim in there.answer.claims] == [claim.id for claim in here.answer.claims]


def test_without_the_passages_quotes_can_t_be_checked():
    with serving(vouch(answered().answer, passages=False)) as server:
        there = Remote(server.url)(GOLD)

    scores = score(GOLD, there, ALL)
    assert (scores["quotes_verbatim"], scores["citation_recall"]) == (None, None)
    assert scores["number_fidelity"] == 1.0


def test_a_server_that_declines_has_declined():
    with serving(vouch(declined().answer)) as server:
        assert Remote(server.url)(GOLD).abstained


def test_a_follow_up_is_asked_in_a_conversation():
    gold = replace(GOLD, history=("What is dromedaril?",), role="patient")

    with serving(vouch(declined().answer)) as server:
        Remote(server.url)(gold)

    place = "/v1/conversations/c1/questions"
    assert server.requests == [
        ("/v1/conversations", {}),
        (place, {"question": "What is dromedaril?", "role": "patient"}),
        (place, {"question": gold.question, "role": "patient"}),
    ]


@pytest.mark.parametrize(
    ("status", "value"),
    [(500, {}), (422, {}), (200, b"<html>"), (200, []), (200, {"lead": []}), (200, {"lead": [{}]})],
)
def test_a_reply_that_is_no_answer_is_a_row_with_an_error(status, value):
    with serving(lambda path, body: (status, value)) as server:
        result = Remote(server.url)(GOLD)

    assert result.error
    assert score(GOLD, result, ALL)["answers_answerable"] == 0.0


def test_a_server_that_is_not_there_ends_the_run():
    with serving(lambda path, body: (200, {})) as server:
        gone = server.url

    with pytest.raises(ModelUnavailable, match=r"127\.0\.0\.1"):
        Remote(gone)(GOLD)


@pytest.mark.parametrize("url", ["", "localhost:80", "file:///etc/passwd", "http://"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(InputError, match="no address"):
        Remote(url)
