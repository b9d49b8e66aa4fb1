"""Mutations, paraphrases and shares: what is wrong is wrong, what is true stays true."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench_gate import accepted, gate_bench
from eval.bench_mutations import MUTATIONS
from eval.bench_paraphrases import without_leading_clause, without_parenthesis
from eval.bench_share import Share
from eval.pairs import VerificationPair

SENTENCE = (
    "Dromedaril 20 mg did not reduce cramps in 240 adults, and dizziness was higher at 12 weeks (3.5%)."
)
PASSAGE = f"Made-up adults took it. {SENTENCE} After 77 days most stopped."


def mutants(name, sentence=SENTENCE):
    """All that a mutation makes of a sentence by chance."""
    return {MUTATIONS[name](sentence, PASSAGE, Random(seed)) for seed in range(60)}


def numbers(text):
    return re.findall(r"\d+(?:\.\d+)?", text)


def test_one_digit_is_changed_and_no_number_gets_longer_or_shorter():
    for mutant in mutants("digit changed"):
        assert sum(a != b for a, b in zip(mutant, SENTENCE, strict=True)) == 1


def test_one_number_is_ten_times_as_large():
    before = list(map(float, numbers(SENTENCE)))
    for mutant in mutants("ten times as large"):
        after = list(map(float, numbers(mutant)))
        assert [round(b / a, 9) for a, b in zip(before, after, strict=True) if a != b] == [10]


@pytest.mark.parametrize(
    ("number", "tenfold"), [("3.5", "35"), ("0.05", "0.5"), ("12.25", "122.5"), ("1,200", "12000")]
)
def test_the_point_moves_by_one_place(number, tenfold):
    (mutant,) = mutants("ten times as large", f"The made-up dose was {number} of it")

    assert mutant == f"The made-up dose was {tenfold} of it"


def test_the_other_number_is_of_the_passage_and_not_of_the_sentence():
    assert all("77" in numbers(mutant) for mutant in mutants("other number of the passage"))


def test_swapped_numbers_are_the_same_numbers_in_another_order():
    for mutant in mutants("two numbers swapped"):
        assert mutant != SENTENCE
        assert sorted(numbers(mutant)) == sorted(numbers(SENTENCE))


def test_a_unit_becomes_another_of_its_kind():
    assert mutants("unit changed", "They took 20 mg of it") == {"They took 20 g of it"}


def test_what_was_not_denied_is_denied():
    """`did not` is denied already."""
    assert mutants("negation inserted") == {SENTENCE.replace("was higher", "was not higher")}


def test_what_was_denied_is_not():
    assert SENTENCE.replace("did not reduce", "did reduce") in mutants("negation removed")


def test_a_direction_becomes_its_opposite():
    assert mutants("direction flipped") == {
        SENTENCE.replace("higher", "lower"),
        SENTENCE.replace("reduce", "increase"),
    }


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_sentence_without_a_place_for_it_gives_none(name):
    assert mutants(name, "Cramps come back") == {None}


@given(st.text(max_size=80), st.sampled_from(sorted(MUTATIONS)), st.integers(0, 9))
def test_a_mutation_takes_any_text_and_the_same_chance_gives_the_same(text, name, seed):
    first = MUTATIONS[name](text, text, Random(seed))

    assert first == MUTATIONS[name](text, text, Random(seed))


def test_a_paraphrase_leaves_out_one_parenthesis():
    assert without_parenthesis("It fell (by 3%) in adults (n = 4).") == "It fell in adults (n = 4)."
    assert without_parenthesis("It fell.") is None


def test_a_paraphrase_leaves_out_a_leading_clause_without_numbers():
    assert without_leading_clause("In made-up adults, cramps fell.") == "Cramps fell."
    assert without_leading_clause("After 12 weeks, cramps fell.") is None


def test_the_gate_passes_a_sentence_word_for_word_and_withholds_it_with_another_number():
    assert accepted(SENTENCE, SENTENCE, PASSAGE)
    assert not accepted(SENTENCE.replace("240", "420"), SENTENCE, PASSAGE)


def test_every_sentence_is_tried_once_and_the_same_passages_give_the_same_figures():
    first = gate_bench([PASSAGE, PASSAGE], {})

    assert first.sentences == 1  # the others have too few words for a quote
    assert first == gate_bench([PASSAGE], {})
    assert {row.name: row.share.n for row in first.wrong}["digit changed"] == 1


def test_pairs_are_counted_by_what_people_judged_and_what_the_gate_says():
    wrong = SENTENCE.replace("240", "420")
    pairs = [
        VerificationPair(SENTENCE, PASSAGE, True),
        VerificationPair(wrong, PASSAGE, True),
        VerificationPair(SENTENCE, PASSAGE, None),
        VerificationPair(wrong, PASSAGE, False),
    ]

    (row,) = gate_bench([], {"made up": pairs}).pairs

    assert row.pairs == 4
    assert (row.supported_of_accepted.count, row.supported_of_accepted.n) == (1, 2)
    assert (row.accepted_of_supported.count, row.accepted_of_supported.n) == (1, 2)
    assert (row.accepted_of_others.count, row.accepted_of_others.n) == (1, 2)


def test_the_interval_of_a_share_is_wilsons():
    """8 of 10 by hand: 0.4902 to 0.9433 (Wilson, 1927)."""
    low, high = Share(8, 10).interval

    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)


def test_none_of_many_has_an_upper_bound_above_zero():
    low, high = Share(0, 100).interval

    assert low == 0
    assert round(high, 4) == 0.0370


def test_a_share_of_nothing_is_no_number():
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
