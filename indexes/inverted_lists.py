"""Vectors in inverted lists in a file that is mapped and not read: what a large library searches."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexes.checked_file import CacheUnusable, CheckedFile, write_checked
from indexes.within import Within
from rag.types import FloatArray

# Of all lists this share is searched: docs/performance.md has the recall that it gives.
PROBED = 1 / 16
TRAINING_A_LIST = 50  # vectors from which the centre of a list is learnt
# Lists are learnt anew when there should be so many times as many as there are.
_OUTGROWN = 1.5
_ROUNDS = 8  # of k-means

Numbered = tuple[NDArray[np.int64], FloatArray]
"""Passage numbers, shape (n,), and their vectors, shape (n, dim)."""


def lists_for(count: int) -> int:
    """How many lists `count` vectors are put into."""
    return max(1, round(2 * math.sqrt(count)))


class InvertedLists:
    """Vectors of one byte a dimension, grouped by nearness; never changed once written.

    Opening reads the centres of the groups. A list is checked when a query first comes to it.
    """

    def __init__(self, path: Path) -> None:
        """Open what `build` or `merge` wrote.

        Raises:
            CacheUnusable: it isn't there, or its head isn't as it was written.
        """
        faiss = _faiss()
        self._file = CheckedFile(path)
        self._file.check([0])
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
        except RuntimeError as error:
            raise CacheUnusable(f"the cache {path.parent} can't be used: {error}") from error
        self._sound = np.zeros(self._index.nlist, dtype=np.bool_)
        self.size = int(self._index.ntotal)

    def outgrown_by(self, count: int) -> bool:
        """Whether `count` vectors need many more lists."""
        return lists_for(count) > _OUTGROWN * int(self._index.nlist)

    def nearest(
        self, query: FloatArray, top_k: int, *, within: Within | None, gone: Within, everywhere: bool = False
    ) -> list[tuple[float, int]]:
        """Similarity and number of the vectors nearest to `query`, shape (dim,), the nearest first.

        Args:
            query: L2-normalised.
            top_k: at most so many.
            within: only these; more lists are searched the fewer they are.
            gone: never these.
            everywhere: search every list.

        Raises:
            CacheUnusable: a list that is searched isn't as it was written.
        """
        faiss = _faiss()
        row = query[np.newaxis, :]
        probes = self._index.nlist if everywhere else self._probes(within)
        _, lists = self._index.quantizer.search(row, probes)
        self._check(lists[0])
        parameters = faiss.SearchParametersIVF(nprobe=probes)
        wanted = gone if within is None else within
        selector = wanted.selector
        if within is not None:
            parameters.sel = selector
        elif len(gone):
            parameters.sel = others = faiss.IDSelectorNot(selector)  # noqa: F841  # FAISS keeps no reference
        scores, found = self._index.search(row, top_k, params=parameters)
        return [(float(score), int(num)) for score, num in zip(scores[0], found[0], strict=True) if num >= 0]

    def check_all(self) -> None:
        """Check every list.

        Raises:
            CacheUnusable: one isn't as it was written.
        """
        self._file.check(range(self._file.parts))

    def _probes(self, within: Within | None) -> int:
        lists = int(self._index.nlist)
        share = 1.0 if within is None else max(1, len(within)) / max(1, self.size)
        return min(lists, math.ceil(PROBED * lists / min(1.0, share)))

    def _check(self, lists: NDArray[np.int64]) -> None:
        new = lists[~self._sound[lists]]
        self._file.check((new + 1).tolist())  # part 0 is the head
        self._sound[new] = True


def build(path: Path, count: int, sample: FloatArray, lots: Iterable[Numbered]) -> None:
    """Write the lists of `count` vectors that come in `lots`; their centres are learnt from `sample`."""
    faiss = _faiss()
    _use_all_processors()
    kind = f"IVF{lists_for(count)},SQ8"
    index = faiss.index_factory(sample.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.cp.min_points_per_centroid = 1
    index.cp.niter = _ROUNDS
    index.train(sample)
    for nums, vectors in lots:
        index.add_with_ids(vectors, nums)
    _write(index, path)


def merge(previous: Path, path: Path, gone: Within, added: Numbered) -> None:
    """Write the lists of `previous` without the vectors `gone` and with those `added`, around the same centres.

    Raises:
        CacheUnusable: those of `previous` aren't as they were written.
    """
    faiss = _faiss()
    InvertedLists(previous).check_all()
    _use_all_processors()
    index = faiss.read_index(str(previous))
    if len(gone):
        index.remove_ids(gone.selector)
    nums, vectors = added
    index.add_with_ids(vectors, nums)
    _write(index, path)


def _write(index: Any, path: Path) -> None:
    faiss = _faiss()
    content = faiss.serialize_index(index)
    a_vector = int(index.invlists.code_size) + 8  # and its number
    lengths = [index.invlists.list_size(number) * a_vector for number in range(index.nlist)]
    ends = list(accumulate([len(content) - sum(lengths), *lengths]))
    write_checked(path, content.data, ends)


def _use_all_processors() -> None:
    _faiss().omp_set_num_threads(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def _faiss() -> Any:
    """FAISS, without its type stubs, which know only a part of it."""
    import faiss

    return faiss
