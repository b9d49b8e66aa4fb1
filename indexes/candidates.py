"""Hybrid search over one generation of the library: BM25 and vectors, fused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from indexes.caches import Caches, opened
from indexes.fusion import reciprocal_rank_fusion
from indexes.library import Library, Snapshot
from indexes.records import found_passages
from indexes.vectors import checked, cosines
from rag.errors import LibraryProblem
from rag.text import terms
from rag.types import Coverage, Document, Embedder, Filters, FloatArray, Passage, Retrieved

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTH = 100  # passages asked of each ranking


class SearchMode(StrEnum):
    """Which rankings are asked."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a search found, all of one generation."""

    coverage: Coverage
    found: tuple[Retrieved, ...]
    """By fused score, the best first; of a passage the best cosine and BM25 score over all queries."""


class CandidateSearch:
    """Finds passages in the library; it may be shared between threads and follows new generations."""

    def __init__(self, library: Library, embedder: Embedder, *, depth: int = DEPTH) -> None:
        self._library = library
        self._embedder = embedder
        self._depth = depth
        self._caches: Caches | None = None
        self._opening = Lock()

    def search(
        self,
        queries: Sequence[str],
        filters: Filters = Filters(),  # noqa: B008  # frozen
        mode: SearchMode = SearchMode.HYBRID,
    ) -> Candidates:
        """Passages for any of `queries` that are within `filters`.

        A filter is applied before the ranking, so as many passages come back as there are, up to the depth.

        Raises:
            LibraryProblem: there is no library, or nothing in it.
            ModelMismatch: the library was made with another embedding model.
        """
        vectors = self._embedded(queries)
        with self._library.reading() as now:
            self._check(now)
            caches = self._caches_of(now)
            allowed = _allowed(now, filters)
            lexical = [
                caches.lexical.best(terms(query), self._depth, None if allowed is None else allowed.tolist())
                for query in (queries if mode is not SearchMode.DENSE else ())
            ]
            dense = [
                caches.vectors.nearest(vector, self._depth, allowed)
                for vector in (vectors if mode is not SearchMode.LEXICAL else ())
            ]
            rows = found_passages(now.connection, _nums(lexical, dense))
            return Candidates(now.coverage, _fused(rows, vectors, lexical, dense))

    def document_frequencies(self, found: Iterable[str]) -> Mapping[str, int]:
        """In how many passages of the newest generation each term occurs."""
        with self._library.reading() as now:
            self._check(now)
            return self._caches_of(now).lexical.document_frequencies(found)

    def coverage(self) -> Coverage:
        """What the newest generation holds."""
        return self._library.coverage()

    def _embedded(self, queries: Sequence[str]) -> FloatArray:
        vectors = self._embedder.embed(list(queries))
        return checked(vectors, len(queries), self._embedder.dim, self._embedder.name)

    def _check(self, now: Snapshot) -> None:
        if now.documents == 0:
            raise LibraryProblem(
                f"there is no document in the library {self._library.folder}; add some with: vouch index PATH"
            )
        now.check_model(self._embedder)

    def _caches_of(self, now: Snapshot) -> Caches:
        with self._opening:
            if self._caches is None or self._caches.stamp != now.stamp:
                self._caches = opened(self._library.folder, now.connection, now.stamp)
            return self._caches


def _allowed(now: Snapshot, filters: Filters) -> NDArray[np.int64] | None:
    """Numbers of the passages within `filters`; None where nothing is filtered.

    What isn't known of a document doesn't pass; a date known by its year counts from its first day.
    """
    if filters == Filters():
        return None
    clauses, values = ["1"], []
    if filters.year_from is not None:
        clauses.append("d.year >= ?")
        values.append(str(filters.year_from))
    if filters.as_of is not None:
        clauses.append("d.published <= ?")
        values.append(filters.as_of.isoformat())
    if filters.designs:
        clauses.append("d.design IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(filters.designs)))
    query = (
        "SELECT p.num FROM documents d JOIN passages p ON p.document = d.num "  # noqa: S608  # our clauses
        f"WHERE {' AND '.join(clauses)} ORDER BY p.num"
    )
    nums = [row[0] for row in now.connection.execute(query, values)]
    return np.array(nums, dtype=np.int64)


def _nums(lexical: Sequence[Sequence[tuple[int, float]]], dense: Sequence[Sequence[int]]) -> set[int]:
    return {num for hits in lexical for num, _ in hits} | {num for ranking in dense for num in ranking}


def _fused(
    rows: Mapping[int, tuple[Passage, Document, FloatArray]],
    vectors: FloatArray,
    lexical: Sequence[Sequence[tuple[int, float]]],
    dense: Sequence[Sequence[int]],
) -> tuple[Retrieved, ...]:
    if not rows:
        return ()
    nums = sorted(rows)
    stacked = np.stack([rows[num][2] for num in nums])
    exact = [dict(zip(nums, map(float, cosines(vector, stacked)), strict=True)) for vector in vectors]
    # The compact index ranks by rounded vectors: ranked anew by the library's exact ones.
    reranked = [
        sorted(ranking, key=lambda num: (-cosine[num], num))
        for ranking, cosine in zip(dense, exact, strict=False)
    ]
    fused = reciprocal_rank_fusion([*([num for num, _ in hits] for hits in lexical), *reranked])
    best_cosine = {num: max(cosine[num] for cosine in exact) for num in nums}
    bm25: dict[int, float] = {}
    for num, score in (hit for hits in lexical for hit in hits):
        bm25[num] = max(score, bm25.get(num, 0.0))
    order = sorted(nums, key=lambda num: (-fused[num], -best_cosine[num], num))
    return tuple(
        Retrieved(rows[num][0], rows[num][1], fused[num], best_cosine[num], bm25.get(num)) for num in order
    )
