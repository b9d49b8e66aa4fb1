"""The vector index against plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes import vectors
from indexes.vectors import VectorIndex, checked, cosines
from indexes.within import Within
from rag.errors import LibraryProblem, ModelMismatch, ModelUnavailable

DIM = 16


def made(count, seed=0):
    found = np.random.default_rng(seed).normal(size=(count, DIM)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(0, 30),
    top_k=st.integers(1, 40),
    seed=st.integers(0, 5),
    allowed=st.none() | st.sets(st.integers(100, 140), max_size=20),
)
def test_the_nearest_are_those_of_the_greatest_cosine(count, top_k, seed, allowed):
    nums, rows, query = np.arange(100, 100 + count), made(count, seed), made(1, seed + 99)[0]
    among = None if allowed is None else Within.of(allowed)

    found = VectorIndex.build(nums, rows).nearest(query, top_k, among)

    usable = [num for num in nums.tolist() if allowed is None or num in allowed]
    order = sorted(usable, key=lambda num: -cosines(query, rows)[num - 100])
    assert found == order[:top_k]


@pytest.mark.parametrize("flat_below", [0, 10_000])
def test_changed_and_reopened_it_finds_as_if_made_anew(tmp_path, monkeypatch, flat_below):
    monkeypatch.setattr(vectors, "FLAT_BELOW", flat_below)
    rows, query = made(60), made(1, 7)[0]
    index = VectorIndex.build(np.arange(40), rows[:40])

    index.change([3, 4, 5], np.arange(40, 60), rows[40:])
    index.write(tmp_path / "v")
    reopened = VectorIndex.from_bytes((tmp_path / "v").read_bytes())

    kept = [num for num in range(60) if num not in {3, 4, 5}]
    best = sorted(kept, key=lambda num: -cosines(query, rows)[num])
    assert reopened.size == 57
    assert reopened.suits
    assert len(set(reopened.nearest(query, 10)) & set(best[:10])) >= 9


def test_an_index_that_has_outgrown_its_kind_says_so(monkeypatch):
    index = VectorIndex.build(np.arange(5), made(5))

    monkeypatch.setattr(vectors, "FLAT_BELOW", 5)

    assert not index.suits


def test_rubbish_is_refused():
    with pytest.raises(LibraryProblem, match="rebuilt"):
        VectorIndex.from_bytes(b"made-up rubbish")


def test_a_vector_that_is_no_number_is_refused_by_place():
    rows = made(3)
    rows[1, 2] = np.nan

    with pytest.raises(ModelUnavailable, match=r"'made up'.*text 2 of 3"):
        checked(rows, 3, DIM, "made up")


@pytest.mark.parametrize("shape", [(3, DIM + 1), (2, DIM), (3 * DIM,)])
def test_vectors_of_another_shape_are_refused(shape):
    with pytest.raises(ModelMismatch, match="shape"):
        checked(np.zeros(shape, dtype=np.float32), 3, DIM, "made up")


def test_a_cosine_does_not_depend_on_which_others_are_compared():
    rows, query = made(50), made(1, 9)[0]

    alone = [float(cosines(query, rows[number : number + 1])[0]) for number in range(50)]

    assert alone == cosines(query, rows).tolist()
