"""The vector index of a generation as files: made from the library, brought forward, opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexes import inverted_lists
from indexes.checked_file import PARTS, CacheUnusable
from indexes.durability import sync_files, write_durably
from indexes.inverted_lists import TRAINING_A_LIST, InvertedLists, lists_for
from indexes.records import vector_lots, vectors_of
from indexes.vectors import LISTS_FROM, VectorIndex
from indexes.within import Within
from rag.types import FloatArray

HELD = "vectors.faiss"
_LISTS, _GONE = "lists.faiss", "gone.i64"


def build(folder: Path, connection: sqlite3.Connection, dim: int, count: int) -> None:
    """Make the files of an index of all `count` passages, with vectors of `dim` numbers, in `folder`."""
    if count < LISTS_FROM:
        VectorIndex.build(*vectors_of(connection, dim)).write(folder / HELD)
        return
    lots = vector_lots(connection, dim)
    inverted_lists.build(folder / _LISTS, count, _sample(connection, dim, count), lots)
    _write_beside(folder, _nothing_held(dim), Within.of(()))


def bring_forward(
    previous: Path,
    folder: Path,
    index: VectorIndex,
    removed: Sequence[int],
    added: Sequence[int],
    *,
    connection: sqlite3.Connection,
    dim: int,
) -> None:
    """Make the files of `index`, opened from `previous`, without the passages `removed` and with those `added`.

    What came and went is kept beside the lists, which both generations share, until it is too much.

    Raises:
        CacheUnusable: the lists of `previous` aren't as they were written.
    """
    index.change(removed, *vectors_of(connection, dim, added))
    if not index.suits and index.mergeable:
        came = vectors_of(connection, dim, index.held_nums.tolist())
        inverted_lists.merge(previous / _LISTS, folder / _LISTS, index.gone, came)
        _write_beside(folder, _nothing_held(dim), Within.of(()))
    elif not index.suits:
        build(folder, connection, dim, index.size)
    elif (previous / _LISTS).exists():
        for name in (_LISTS, _LISTS + PARTS):
            share(previous / name, folder / name)
        _write_beside(folder, index, index.gone)
    else:
        index.write(folder / HELD)


def open_index(folder: Path, held: bytes) -> VectorIndex:
    """The index in `folder`; the caller has checked all of its files but the lists, and gives `held` as it was.

    Raises:
        CacheUnusable: the head of the lists isn't as it was written.
        LibraryProblem: what is held can't be read.
    """
    if not (folder / _LISTS).exists():
        return VectorIndex.from_bytes(held)
    try:
        gone = np.frombuffer((folder / _GONE).read_bytes(), dtype="<i8")
        return VectorIndex.from_bytes(held, InvertedLists(folder / _LISTS), Within.of(gone))
    except OSError as error:
        raise CacheUnusable(f"the cache {folder} is missing or can't be read ({error})") from error


def share(file: Path, target: Path) -> None:
    """Give a file that never changes a second name; a copy where the file system has no hard links."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _write_beside(folder: Path, index: VectorIndex, gone: Within) -> None:
    index.write(folder / HELD)
    write_durably(folder / _GONE, gone.nums.astype("<i8").tobytes())
    sync_files(folder)


def _nothing_held(dim: int) -> VectorIndex:
    return VectorIndex.build(np.empty(0, dtype=np.int64), np.empty((0, dim), dtype=np.float32))


def _sample(connection: sqlite3.Connection, dim: int, count: int) -> FloatArray:
    """Vectors of every so-manieth passage, as many as the centres of the lists are learnt from."""
    every = max(1, count // (TRAINING_A_LIST * lists_for(count)))
    nums = [row[0] for row in connection.execute("SELECT num FROM passages ORDER BY num")]
    return vectors_of(connection, dim, nums[::every])[1]
