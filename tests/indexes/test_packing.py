"""Texts and vectors as they are kept. All of them are made up."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexes.packing import packed, packed_vector, unpacked, unpacked_vectors


@given(text=st.text())
def test_a_text_comes_back_as_it_was(text):
    assert unpacked(packed(text)) == text


def test_a_passage_takes_little_more_than_half_its_length():
    text = (
        "In this study, patients with a made-up disease were randomised to a made-up drug or placebo. "
        "After 12 months mortality was significantly lower in the treatment group (hazard ratio 0.71; 95% CI 0.55-0.92)."
    )

    assert len(packed(text)) < 0.6 * len(text)


@given(seed=st.integers(0, 1000), dim=st.integers(1, 400), count=st.integers(0, 5))
def test_a_cosine_of_kept_vectors_is_off_by_little(seed, dim, count):
    rows = np.random.default_rng(seed).normal(size=(count + 1, dim)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    kept = unpacked_vectors([packed_vector(row) for row in rows], dim)

    assert kept.shape == rows.shape
    assert np.abs(kept @ rows[0] - rows @ rows[0]).max() < 5e-4
