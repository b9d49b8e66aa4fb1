"""The passages that a search is restricted to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """Numbers of passages, as a list and as a mask; made once and asked of every ranking."""

    nums: NDArray[np.int64]
    """Rising."""
    mask: NDArray[np.bool_]
    """By number; a number beyond its end isn't among them."""

    @classmethod
    def of(cls, nums: Iterable[int]) -> Within:
        """The passages `nums`."""
        found = np.unique(np.fromiter(nums, dtype=np.int64))
        mask = np.zeros(int(found[-1]) + 1 if len(found) else 0, dtype=np.bool_)
        mask[found] = True
        return cls(found, mask)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.nums)

    @property
    def selector(self) -> Any:
        """The same for FAISS, which keeps no reference to it: hold it as long as the search lasts."""
        import faiss

        by_bit: Any = faiss.IDSelectorBitmap  # whose type stubs know no arrays
        return by_bit(np.packbits(self.mask, bitorder="little"))

    def among(self, nums: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For each of `nums` whether it is one of them."""
        inside = nums < len(self.mask)
        inside[inside] = self.mask[nums[inside]]
        return inside
