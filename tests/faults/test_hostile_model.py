"""A model that invents, alters and joins: nothing of it is shown. `model_campaign.py` runs ten thousand replies."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hostile_model import HostileLLM, hostile_reply, violations
from model_campaign import hostile_answer, real_evidence

from rag.gate import Draft, vouch
from rag.types import Citation, Claim

REPLIES = 400


@pytest.fixture(scope="module")
def known():
    return real_evidence()


@pytest.fixture(scope="module")
def answers(known):
    return [hostile_answer(seed, known) for seed in range(REPLIES)]


def test_nothing_that_is_not_vouched_for_is_shown_of_a_hostile_reply(answers):
    assert [wrong for _, _, wrong in answers if wrong] == []


def test_what_is_true_among_it_is_shown(answers):
    """Else the promise would be kept by showing nothing."""
    assert sum(bool(shown) for _, shown, _ in answers) > REPLIES / 5


def test_the_same_seed_gives_the_same_reply(known):
    passages = [{"passage": 1, "text": known[0].passage.text}]

    assert hostile_reply(passages, Random("7 1")) == hostile_reply(passages, Random("7 1"))
    assert HostileLLM(7).calls == 0


def test_what_must_not_be_shown_is_noticed(known):
    """The rules that judge the campaign are not those of the gate, and can fail."""
    item = known[0]
    (claim,), _ = vouch([Draft(item.passage.text, ((item.passage.id, item.passage.text),))], [item])
    false = replace(claim, text=f"{claim.text} It cures baldness, gout and warts in 99% of adults.")
    stranger = Claim(claim.text, (Citation("ref:made-up", "ref:made-up#0", claim.text, "", 0, 5),))

    assert violations([claim], [item]) == []
    for wrong in (false, stranger, replace(claim, citations=()), replace(claim, text=claim.text + " No.")):
        assert violations([wrong], [item])
