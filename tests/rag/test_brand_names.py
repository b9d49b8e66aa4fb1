"""Drugs by the names under which they are sold."""

from __future__ import annotations

from collections import Counter

import pytest
from made_up import document, retrieved

from rag.brand_names import rows
from rag.lay_words import in_field_words
from rag.mismatch import mismatches
from rag.question import understand
from rag.relevance import TermWeights
from rag.text import terms
from rag.weights import RankingWeights

BRANDS = [(generic, brand) for generic, *sold in rows() for brand in sold]


@pytest.mark.parametrize(("generic", "brand"), BRANDS)
def test_a_brand_is_searched_for_by_what_is_in_it_too(generic, brand):
    assert understand(f"Is {brand.title()} safe?").searches == (
        f"Is {brand.title()} safe?",
        f"Is {generic} safe?",
    )


def test_no_brand_stands_for_two_drugs():
    assert max(Counter(brand for _, brand in BRANDS).values()) == 1


@pytest.mark.parametrize(("generic", "brand"), BRANDS)
def test_a_paper_that_writes_the_brand_speaks_of_the_drug(generic, brand):
    present = frozenset(terms(f"{brand} was given"))

    assert all(TermWeights.spoken(t, present) for t in terms(generic) if t not in {"acid", "alfa"})


def test_who_asks_by_brand_asks_for_the_drug():
    asked = understand("Is Eliquis safer than Coumadin?")
    warfarin = retrieved("Warfarin was given.", document())

    assert set(asked.treatments) == {"apixaban", "warfarin"}
    assert not list(mismatches(asked, warfarin, RankingWeights()))


@pytest.mark.parametrize("text", ["a plavixoid", "the cipronomics of trade"])
def test_a_brand_inside_another_word_is_none(text):
    assert in_field_words(text) == text
