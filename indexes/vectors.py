"""Vectors of passages, searched with FAISS: a cache of the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from indexes.durability import write_durably
from indexes.inverted_lists import InvertedLists
from indexes.within import Within
from rag.errors import LibraryProblem, ModelMismatch, ModelUnavailable
from rag.types import FloatArray

# Exact below, one byte a dimension above: a range learned from few vectors fits later ones badly.
FLAT_BELOW = 10_000
# From here on most vectors lie in inverted lists in a file that is mapped.
LISTS_FROM = 100_000
# So many may have come or gone since the lists were made; then they are made anew.
BESIDE_LISTS = 20_000

_FLAT, _COMPACT = "IDMap2,Flat", "IDMap2,SQ8"


class VectorIndex:
    """The vectors of all passages of one generation, by passage number.

    A small one is held in memory. Of a large one most lie in inverted lists, which are mapped; what was
    added since they were made is held, and what was removed since is known as gone.
    """

    def __init__(
        self,
        held: Any,
        lists: InvertedLists | None = None,
        gone: Within = Within.of(()),  # noqa: B008  # frozen
    ) -> None:
        self._held = held
        self._lists = lists
        self.gone = gone

    @classmethod
    def build(cls, nums: NDArray[np.int64], vectors: FloatArray) -> VectorIndex:
        """An index of `vectors`, shape (n, dim), under their passage numbers `nums`, shape (n,); all held."""
        import faiss

        kind = _FLAT if len(nums) < FLAT_BELOW else _COMPACT
        index = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        if kind == _COMPACT:
            index.train(vectors)
        if len(nums):
            index.add_with_ids(vectors, nums)
        return cls(index)

    @classmethod
    def from_bytes(
        cls,
        content: bytes,
        lists: InvertedLists | None = None,
        gone: Within = Within.of(()),  # noqa: B008  # frozen
    ) -> VectorIndex:
        """The index of which `write` wrote what is held; the caller has checked that the bytes are those."""
        import faiss

        try:
            held = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
        except RuntimeError as error:
            raise LibraryProblem(f"the vector cache can't be read: {error}; it must be rebuilt") from error
        return cls(held, lists, gone)

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self._held.ntotal) + (self._lists.size - len(self.gone) if self._lists else 0)

    @property
    def suits(self) -> bool:
        """Whether it is still of the kind that a new index of this size would be."""
        import faiss

        if self._lists:
            return self.size >= LISTS_FROM // 2 and self._held.ntotal + len(self.gone) <= BESIDE_LISTS
        flat = isinstance(faiss.downcast_index(self._held.index), faiss.IndexFlat)
        return flat == (self.size < FLAT_BELOW) and self.size < LISTS_FROM

    @property
    def mergeable(self) -> bool:
        """Whether its lists, with what came and without what went, are still good lists."""
        return (
            self._lists is not None
            and self.size >= LISTS_FROM // 2
            and not self._lists.outgrown_by(self.size)
        )

    @property
    def held_nums(self) -> NDArray[np.int64]:
        """Numbers of the passages that are held."""
        import faiss

        return cast("NDArray[np.int64]", faiss.vector_to_array(self._held.id_map))

    def change(self, removed: Sequence[int], nums: NDArray[np.int64], vectors: FloatArray) -> None:
        """Take passages out and add others, in place."""
        if removed:
            out = np.asarray(removed, dtype=np.int64)
            if self._lists:
                listed = out[~np.isin(out, self.held_nums)]
                self.gone = Within.of(np.concatenate([self.gone.nums, listed]))
            self._held.remove_ids(out)
        if len(nums):
            self._held.add_with_ids(vectors, nums)

    def check_all(self) -> None:
        """Check all of the lists, also what no query has come to.

        Raises:
            CacheUnusable: a part isn't as it was written.
        """
        if self._lists is not None:
            self._lists.check_all()

    def write(self, path: Path) -> None:
        """Write what is held to `path` and make sure that it is on the disk."""
        import faiss

        write_durably(path, faiss.serialize_index(self._held).data)

    def nearest(self, query: FloatArray, top_k: int, within: Within | None = None) -> list[int]:
        """Numbers of the passages nearest to `query`, shape (dim,), the nearest first.

        Args:
            query: L2-normalised.
            top_k: at most so many; fewer where there are no more.
            within: only these passages are looked at; None: all.

        Raises:
            CacheUnusable: a list that is searched isn't as it was written.
        """
        import faiss

        # One thread a query: two were slower, and this process may serve many at once.
        faiss.omp_set_num_threads(1)
        wanted = min(top_k, self.size if within is None else len(within))
        if wanted == 0:
            return []
        found = self._nearest_held(query, wanted, within)
        if self._lists:
            listed = self._lists.nearest(query, wanted, within=within, gone=self.gone)
            if len(found) + len(listed) < wanted:
                listed = self._lists.nearest(query, wanted, within=within, gone=self.gone, everywhere=True)
            found = sorted([*found, *listed], key=lambda pair: (-pair[0], pair[1]))
        return [num for _, num in found[:wanted]]

    def _nearest_held(self, query: FloatArray, wanted: int, within: Within | None) -> list[tuple[float, int]]:
        import faiss

        parameters = faiss.SearchParameters()
        if within is not None:
            parameters.sel = selector = within.selector  # noqa: F841  # FAISS keeps no reference
        scores, found = self._held.search(query[np.newaxis, :], wanted, params=parameters)
        return [(float(score), int(num)) for score, num in zip(scores[0], found[0], strict=True) if num >= 0]


def checked(vectors: FloatArray, count: int, dim: int, model: str) -> FloatArray:
    """Vectors as a model gave them, if they can be relied on.

    Raises:
        ModelMismatch: their number or length isn't what was asked for.
        ModelUnavailable: a value is infinite or no number.
    """
    if vectors.shape != (count, dim):
        raise ModelMismatch(
            f"the embedding model {model!r} gave vectors of shape {vectors.shape}, expected {(count, dim)}; "
            "check the model in the settings, or rebuild the library with: vouch index --rebuild"
        )
    if not np.isfinite(vectors).all():
        row = int(np.argmin(np.isfinite(vectors).all(axis=1)))
        raise ModelUnavailable(
            f"the embedding model {model!r} gave a vector with values that are no numbers (text {row + 1} of "
            f"{count}); check the model's files, then try again"
        )
    return cast("FloatArray", np.ascontiguousarray(vectors, dtype=np.float32))


def cosines(query: FloatArray, vectors: FloatArray) -> FloatArray:
    """Cosine similarity of `query`, shape (dim,), to rows of `vectors`, shape (n, dim); both L2-normalised.

    Summed row by row, so that a passage's figure doesn't depend on which others are compared.
    """
    return cast("FloatArray", (vectors * query).sum(axis=1))
