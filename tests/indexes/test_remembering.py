"""Vectors that are kept are those that the embedder gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexes.embedding import HashingEmbedder
from indexes.remembering import RememberingEmbedder


class Counting(HashingEmbedder):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed(self, texts):
        self.asked += texts
        return super().embed(texts)


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=5))
def test_every_vector_is_that_of_the_embedder_in_the_order_of_the_texts(calls):
    remembering = RememberingEmbedder(HashingEmbedder(), most=4)

    for texts in calls:
        assert np.array_equal(remembering.embed(texts), HashingEmbedder().embed(texts))


def test_a_text_is_embedded_once():
    embedder = Counting()
    remembering = RememberingEmbedder(embedder)

    remembering.embed(["night cramps", "leg cramps", "night cramps"])
    remembering.embed(["leg cramps", "sleep"])

    assert embedder.asked == ["night cramps", "leg cramps", "sleep"]


def test_the_least_used_is_forgotten_first():
    embedder = Counting()
    remembering = RememberingEmbedder(embedder, most=2)
    for text in ("one", "two", "one", "three"):
        remembering.embed([text])

    remembering.embed(["one"])
    assert embedder.asked == ["one", "two", "three"]
    remembering.embed(["two"])
    assert embedder.asked == ["one", "two", "three", "two"]


def test_no_text_is_kept():
    remembering = RememberingEmbedder(HashingEmbedder())

    remembering.embed(["zebraquail"])

    assert not [key for key in remembering._known if b"zebra" in key]
