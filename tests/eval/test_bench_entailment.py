"""What an entailment model would pass and withhold at each threshold. Claims are made up."""

from __future__ import annotations

from eval.bench_entailment import THRESHOLDS, entailment_rows
from eval.pairs import VerificationPair

PAIRS = [
    VerificationPair("sure", "made up", True),
    VerificationPair("half", "made up", True),
    VerificationPair("half", "made up", False),
    VerificationPair("wrong", "made up", None),
]


class FakeEntailment:
    """Probabilities by the claim; counts the pairs that it was asked for."""

    name = "fake"

    def __init__(self):
        self.asked = 0

    def __call__(self, pairs):
        self.asked += len(pairs)
        return tuple({"sure": 0.97, "half": 0.5, "wrong": 0.05}[claim] for _, claim in pairs)


def test_each_threshold_says_what_it_passes_and_what_it_costs():
    rows = {row.threshold: row for row in entailment_rows(FakeEntailment(), {"made up": PAIRS})}

    half, sure = rows[0.5], rows[0.9]
    assert [*rows] == [*THRESHOLDS]
    assert (half.supported_of_entailed.count, half.supported_of_entailed.n) == (2, 3)
    assert (half.entailed_of_others.count, half.entailed_of_others.n) == (1, 2)
    assert (sure.supported_of_entailed.value, sure.entailed_of_supported.value) == (1.0, 0.5)
    assert rows[0.99].supported_of_entailed.value is None


def test_a_pair_is_judged_once():
    model = FakeEntailment()
    entailment_rows(model, {"made up": PAIRS})

    assert model.asked == len(PAIRS)
