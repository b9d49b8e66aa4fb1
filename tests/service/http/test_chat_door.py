"""The OpenAI-compatible door, by hand and with the official client."""

from __future__ import annotations

import openai
import pytest

from service.http.chat_models import ROLE_OF


def asking(question, **more):
    return {"model": "vouch", "messages": [{"role": "user", "content": question}], **more}


def test_a_chat_client_gets_the_article_with_its_citations_in_the_text(client, question):
    reply = client.post("/v1/chat/completions", json=asking(question)).json()

    said = reply["choices"][0]["message"]["content"]
    assert "[1]" in said
    assert "## References" in said
    assert reply["answer"]["question"] == question


def test_a_chat_is_read_as_a_conversation(client, question):
    messages = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": question},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": [{"type": "text", "text": "And is it safe?"}]},
    ]

    reply = client.post("/v1/chat/completions", json={"model": "vouch", "messages": messages}).json()

    assert "dromedaril" in reply["answer"]["understood_as"]


def test_there_is_a_model_for_each_kind_of_reader(client):
    listed = client.get("/v1/models").json()

    assert [one["id"] for one in listed["data"]] == list(ROLE_OF)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (asking("cramps?") | {"model": "gpt-9"}, 404),
        ({"model": "vouch", "messages": []}, 422),
        ({"model": "vouch", "messages": [{"role": "system", "content": "Be brief."}]}, 422),
        (asking(""), 422),
        (asking("x" * 3000), 422),
    ],
)
def test_a_chat_that_asks_nothing_usable_is_refused(client, body, status):
    assert client.post("/v1/chat/completions", json=body).status_code == status


def test_the_official_client_gets_a_cited_answer_whole_and_in_pieces(server, question):
    with openai.OpenAI(base_url=f"{server}/v1", api_key="any") as chat:
        whole = chat.chat.completions.create(**asking(question))
        with chat.chat.completions.create(**asking(question), stream=True) as stream:
            pieces = [piece.choices[0].delta.content or "" for piece in stream]

    assert "[1]" in whole.choices[0].message.content
    assert "".join(pieces) == whole.choices[0].message.content
