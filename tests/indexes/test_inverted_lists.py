"""Vectors in inverted lists, against plain arithmetic and against damage. All vectors are made up."""

from __future__ import annotations

import numpy as np
import pytest

from indexes import inverted_lists
from indexes.checked_file import PARTS, CacheUnusable
from indexes.inverted_lists import InvertedLists, build, lists_for, merge
from indexes.within import Within

DIM, COUNT = 16, 900
NOTHING = Within.of(())


def made(count, seed=0):
    rng = np.random.default_rng(seed)
    near = np.random.default_rng(99).normal(size=(30, DIM))[rng.integers(0, 30, count)]
    found = (near + rng.normal(size=(count, DIM)) * 0.5).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


ROWS = made(COUNT)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "l.faiss"
    build(path, COUNT, ROWS, [(np.arange(500), ROWS[:500]), (np.arange(500, COUNT), ROWS[500:])])
    return path


def found(path, query, top_k=10, **options):
    options = {"within": None, "gone": NOTHING, "everywhere": True} | options
    return [num for _, num in InvertedLists(path).nearest(query, top_k, **options)]


def exact(query, nums, rows, top_k=10):
    return nums[np.argsort(-(rows @ query))[:top_k]].tolist()


def test_searched_everywhere_it_finds_the_nearest_but_for_rounding(path):
    queries = made(30, seed=5)

    shared = [len({*found(path, query)} & {*exact(query, np.arange(COUNT), ROWS)}) for query in queries]

    assert np.mean(shared) >= 9.5


def test_what_is_gone_is_never_found(path):
    gone = Within.of(range(0, COUNT, 2))

    assert {num % 2 for num in found(path, ROWS[4], 400, gone=gone)} == {1}


def test_the_fewer_may_be_found_the_more_lists_are_searched(path):
    few = Within.of([3, 77, 500, 501, 899])

    assert set(found(path, ROWS[3], 5, within=few, everywhere=False)) == {3, 77, 500, 501, 899}


def test_merged_it_holds_what_came_and_not_what_went(path, tmp_path):
    came = made(40, seed=7)

    merge(path, tmp_path / "m", Within.of(range(100)), (np.arange(2000, 2040), came))

    merged = InvertedLists(tmp_path / "m")
    assert merged.size == COUNT - 100 + 40
    assert found(tmp_path / "m", came[3], 1) == [2003]
    assert not set(found(tmp_path / "m", ROWS[5], 840)) & set(range(100))
    assert found(path, ROWS[5], 1) == [5]


def test_many_more_vectors_need_more_lists(path):
    lists = InvertedLists(path)

    assert not lists.outgrown_by(COUNT)
    assert lists.outgrown_by(COUNT * 3)
    assert lists_for(0) == 1


def test_opening_reads_the_head_and_a_query_the_lists_that_it_searches(path, monkeypatch):
    monkeypatch.setattr(inverted_lists, "PROBED", 1 / lists_for(COUNT))
    lists = InvertedLists(path)
    at_first = sum(lists._file._sound)

    lists.nearest(ROWS[0], 5, within=None, gone=NOTHING)

    assert (at_first, sum(lists._file._sound)) == (1, 2)


def test_damage_in_any_list_is_caught_when_a_query_comes_to_it(path, tmp_path):
    content = path.read_bytes()
    table = path.with_name(path.name + PARTS).read_bytes()
    for number, where in enumerate(np.linspace(0, len(content) - 1, 60).astype(int)):
        damaged = tmp_path / f"{number}"
        damaged.write_bytes(content[:where] + bytes([content[where] ^ 1]) + content[where + 1 :])
        damaged.with_name(damaged.name + PARTS).write_bytes(table)

        with pytest.raises(CacheUnusable, match="damaged"):
            found(damaged, ROWS[0])
        with pytest.raises(CacheUnusable, match="damaged"):
            merge(damaged, tmp_path / "m", NOTHING, (np.arange(0), ROWS[:0]))


@pytest.mark.parametrize("cut", [1, 5_000])
def test_a_file_of_another_length_is_not_opened(path, tmp_path, cut):
    (tmp_path / "l").write_bytes(path.read_bytes()[:-cut])
    (tmp_path / f"l{PARTS}").write_bytes(path.with_name(path.name + PARTS).read_bytes())

    with pytest.raises(CacheUnusable, match="another length"):
        InvertedLists(tmp_path / "l")


def test_a_file_without_its_table_is_not_opened(path, tmp_path):
    (tmp_path / "l").write_bytes(path.read_bytes())

    with pytest.raises(CacheUnusable, match="missing"):
        InvertedLists(tmp_path / "l")
