"""Vectors of passages, searched with FAISS: a cache of the library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from indexes.durability import write_durably
from rag.errors import LibraryProblem, ModelMismatch, ModelUnavailable
from rag.types import FloatArray

# Exact below, one byte a dimension above: a range learned from few vectors fits later ones badly.
FLAT_BELOW = 10_000

_FLAT, _COMPACT = "IDMap2,Flat", "IDMap2,SQ8"


class VectorIndex:
    """The vectors of all passages of one generation, by passage number."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, nums: NDArray[np.int64], vectors: FloatArray) -> VectorIndex:
        """An index of `vectors`, shape (n, dim), under their passage numbers `nums`, shape (n,)."""
        import faiss

        kind = _FLAT if len(nums) < FLAT_BELOW else _COMPACT
        index = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        if kind == _COMPACT:
            index.train(vectors)
        if len(nums):
            index.add_with_ids(vectors, nums)
        return cls(index)

    @classmethod
    def from_bytes(cls, content: bytes) -> VectorIndex:
        """The index that `write` wrote; the caller has checked that the bytes are those."""
        import faiss

        try:
            return cls(faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8)))
        except RuntimeError as error:
            raise LibraryProblem(f"the vector cache can't be read: {error}; it must be rebuilt") from error

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self._index.ntotal)

    @property
    def suits(self) -> bool:
        """Whether it is still of the kind that a new index of this size would be."""
        import faiss

        flat = isinstance(faiss.downcast_index(self._index.index), faiss.IndexFlat)
        return flat == (self.size < FLAT_BELOW)

    def change(self, removed: Sequence[int], nums: NDArray[np.int64], vectors: FloatArray) -> None:
        """Take passages out and add others, in place."""
        if removed:
            self._index.remove_ids(np.asarray(removed, dtype=np.int64))
        if len(nums):
            self._index.add_with_ids(vectors, nums)

    def write(self, path: Path) -> None:
        """Write to `path` and make sure that it is on the disk."""
        import faiss

        write_durably(path, faiss.serialize_index(self._index).data)

    def nearest(self, query: FloatArray, top_k: int, allowed: NDArray[np.int64] | None = None) -> list[int]:
        """Numbers of the passages nearest to `query`, shape (dim,), the nearest first.

        Args:
            query: L2-normalised.
            top_k: at most so many; fewer where there are no more.
            allowed: only these passages are looked at; None: all.
        """
        import faiss

        # One thread a query: two were slower, and this process may serve many at once.
        faiss.omp_set_num_threads(1)
        wanted = min(top_k, self.size if allowed is None else len(allowed))
        if wanted == 0:
            return []
        parameters = faiss.SearchParameters()
        if allowed is not None:
            parameters.sel = selector = faiss.IDSelectorBatch(allowed)  # noqa: F841  # FAISS keeps no reference
        _, found = self._index.search(query[np.newaxis, :], wanted, params=parameters)
        return [int(num) for num in found[0] if num >= 0]


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
