"""A second gate by a model: it withholds more than the first, and never less. Findings are made up."""

from __future__ import annotations

import pytest
from made_up import evidence

from rag.entailment import CrossEncoderEntailment, EntailmentGate
from rag.errors import ModelUnavailable
from rag.gate import Draft, vouch

QUOTE = "In 105 adults, deaths fell by 12.5% with the drug (median of eight days)."
SHORTER = "Deaths fell by 12.5% with the drug."
ITEM = evidence(QUOTE)


class FakeEntailment:
    """Gives every pair the same probability, and remembers the pairs."""

    name = "fake"

    def __init__(self, probability):
        self.probability, self.asked = probability, []

    def __call__(self, pairs):
        self.asked += pairs
        return (self.probability,) * len(pairs)


def draft(text):
    return Draft(text, ((ITEM.passage.id, QUOTE),))


@pytest.mark.parametrize(("probability", "shown"), [(0.8, 1), (0.5, 1), (0.49, 0), (0.0, 0)])
def test_a_claim_needs_the_threshold(probability, shown):
    claims, withheld = EntailmentGate(FakeEntailment(probability))([draft(SHORTER)], [ITEM])

    assert (len(claims), len(withheld)) == (shown, 1 - shown)
    assert not withheld or f"by fake ({probability:.2f}, least 0.50)" in withheld[0].reason


def test_the_threshold_is_an_argument():
    assert EntailmentGate(FakeEntailment(0.8), 0.9)([draft(SHORTER)], [ITEM])[0] == ()


def test_a_model_lets_nothing_through_that_the_code_withholds():
    model = FakeEntailment(1.0)
    gate = EntailmentGate(model)
    wrong = draft(SHORTER.replace("fell", "rose"))

    assert gate([wrong], [ITEM])[1] == vouch([wrong], [ITEM])[1] != ()
    assert model.asked == []


def test_a_sentence_word_for_word_is_not_judged():
    model = FakeEntailment(0.0)

    assert EntailmentGate(model)([draft(QUOTE)], [ITEM])[0]
    assert model.asked == []


def test_a_model_that_is_not_on_this_machine_is_named(tmp_path):
    with pytest.raises(ModelUnavailable, match="VOUCH_ENTAILMENT_MODEL"):
        CrossEncoderEntailment(str(tmp_path / "none"))([("a quote", "a claim")])
