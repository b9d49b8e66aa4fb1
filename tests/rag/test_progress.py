"""Whoever waits for an answer hears its stages in order, and only claims that are vouched for. Studies are made up."""

from __future__ import annotations

import pytest
from made_up import TODAY, FakeRetrieve, document, retrieved

from indexes.embedding import HashingEmbedder
from rag.answering import ExtractiveAnswerer, Outline
from rag.gate import Draft
from rag.pipeline import Pipeline
from rag.progress import Stage
from rag.types import Claim, Coverage, Mode

QUESTION = "Does vitamin D prevent fractures in older people?"
FINDING = "Vitamin D did not prevent fractures in older people, with a risk ratio of 1.00."
FOUND = (retrieved(FINDING, document(1), 0.7, 1),)


def pipeline(items=FOUND, answer=None):
    embedder = HashingEmbedder(4_096)
    return Pipeline(
        FakeRetrieve(items),
        answer or ExtractiveAnswerer(embedder),
        embedder,
        lambda ts: dict.fromkeys(ts, 5),
        Coverage(3, 20, 100),
    )


def heard(parts):
    """What is told while a question is answered, and the answer."""
    events = []
    return events, parts.ask(QUESTION, today=TODAY, listener=events.append)


def test_stages_come_in_order_and_claims_last():
    events, answer = heard(pipeline())

    assert events[:4] == [Stage.SEARCHING, Stage.RANKING, Stage.WRITING, Stage.CHECKING]
    assert events[4:] == [*answer.claims] != []


def test_a_sentence_that_is_withheld_is_never_told():
    good, bad = (Draft(text, ((FOUND[0].passage.id, FINDING),)) for text in (FINDING, FINDING + " It cures."))
    events, answer = heard(pipeline(answer=lambda question, evidence: Outline((bad, good), (), Mode.MODEL)))

    assert [claim.text for claim in events if isinstance(claim, Claim)] == [FINDING]
    assert [withheld.text for withheld in answer.withheld] == [bad.text]


def test_an_abstention_tells_no_claim_and_no_writing():
    events, answer = heard(pipeline(items=()))

    assert answer.abstention
    assert events == [Stage.SEARCHING, Stage.RANKING]


def test_a_listener_that_has_left_ends_the_answer():
    def leave(event):
        raise ConnectionAbortedError("the reader has left")

    with pytest.raises(ConnectionAbortedError):
        pipeline().ask(QUESTION, today=TODAY, listener=leave)
