"""Every conversation in here is made up."""

import pytest

from eval.bench_followups import Rewrite, rewrite_rows, token_f1


def test_token_f1_counts_repeats():
    """Three words of four are shared on one side, three of three on the other: 2 * 3 / (4 + 3)."""
    assert token_f1("is it is treatable", "is it treatable") == pytest.approx(6 / 7)


def test_two_questions_without_words_are_alike_and_one_is_like_none():
    assert (token_f1("?", "!"), token_f1("?", "why")) == (1.0, 0.0)


def test_only_turns_that_had_to_change_are_scored_and_medical_ones_apart():
    turns = [Rewrite("Is it?", ("What is it?",), "Is cramp it?", True), Rewrite("A?", (), "a", True)]

    medical, other = rewrite_rows(
        turns, lambda question, earlier: f"{question} cramp" if earlier else question
    )

    assert (medical.ours.value, medical.ours.n) == (1.0, 1)
    assert medical.copied.value == pytest.approx(0.8)
    assert (other.ours, other.copied) == (None, None)
