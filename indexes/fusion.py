"""Several rankings made into one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def reciprocal_rank_fusion(rankings: Sequence[Sequence[K]], k: int = 60) -> dict[K, float]:
    """Fuse rankings of ids, best first, into one score per id (Cormack et al., SIGIR 2009).

    Args:
        rankings: ids, best first; an id may be in any number of them.
        k: how little the top ranks stand out; 60 is the paper's value.
    """
    fused: dict[K, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(dict.fromkeys(ranking), start=1):
            fused[key] = fused.get(key, 0.0) + 1.0 / (k + rank)
    return fused
