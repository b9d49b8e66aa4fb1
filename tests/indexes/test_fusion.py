"""Fusion of rankings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.fusion import reciprocal_rank_fusion


def test_the_scores_are_those_of_the_paper():
    fused = reciprocal_rank_fusion([["a", "b"], ["b", "c"]], k=60)

    assert fused == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61, "c": 1 / 62})


@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=4))
def test_rising_in_a_ranking_never_lowers_the_score(rankings):
    for ranking in rankings:
        if len(ranking) > 1:
            before = reciprocal_rank_fusion(rankings)[ranking[-1]]
            raised = [[ranking[-1], *ranking[:-1]] if other is ranking else other for other in rankings]
            assert reciprocal_rank_fusion(raised)[ranking[-1]] > before
