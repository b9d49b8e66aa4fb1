"""Hybrid search over one generation of the library: BM25 and vectors, fused."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from threading import Lock

import numpy as np

from indexes.as_of import as_of
from indexes.caches import Caches, condemn, opened
from indexes.checked_file import CacheUnusable
from indexes.embedding import processors
from indexes.fusion import reciprocal_rank_fusion
from indexes.library import Library, Snapshot
from indexes.records import found_passages
from indexes.restriction import Restricted, restricted
from indexes.vectors import checked, cosines
from rag.errors import LibraryProblem
from rag.text import terms
from rag.types import Coverage, Document, Embedder, Filters, FloatArray, Passage, Restriction, Retrieved

DEPTH = 100  # passages asked of each ranking
_FILTERS_KEPT = 16  # sets of filters whose passages are remembered: 9 MB each in a library of a million

_Row = tuple[Passage, Document, FloatArray]

_log = logging.getLogger("vouch.indexes")


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
        self._open: _Opened | None = None
        self._opening = Lock()
        self._aside = ThreadPoolExecutor(processors(), "embedding")

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
        embedding = self._aside.submit(
            self._embedded, queries
        )  # a quarter of a search, while words are looked up
        with self._library.reading() as now:
            self._check(now)
            try:
                found = self._found(now, queries, embedding, filters, mode)
            except CacheUnusable as fault:
                self._distrust(now, fault)
                found = self._found(now, queries, embedding, filters, mode)
            return Candidates(now.coverage, found)

    def document_frequencies(self, found: Iterable[str]) -> Mapping[str, int]:
        """In how many passages of the newest generation each term occurs."""
        with self._library.reading() as now:
            self._check(now)
            return self._opened(now).caches.lexical.document_frequencies(found)

    def restriction(self, filters: Filters) -> Restriction | None:
        """What `filters` leave of the newest generation; None where nothing is filtered."""
        with self._library.reading() as now:
            self._check(now)
            found = self._opened(now).restricted(now, filters)
            return found.told if found else None

    def coverage(self) -> Coverage:
        """What the newest generation holds."""
        return self._library.coverage()

    def _found(
        self,
        now: Snapshot,
        queries: Sequence[str],
        embedding: Future[FloatArray],
        filters: Filters,
        mode: SearchMode,
    ) -> tuple[Retrieved, ...]:
        opened = self._opened(now)
        only = opened.restricted(now, filters)
        within = only.within if only else None
        lexical = [
            opened.caches.lexical.best(terms(query), self._depth, within)
            for query in (queries if mode is not SearchMode.DENSE else ())
        ]
        vectors = embedding.result()
        dense = [
            opened.caches.vectors.nearest(vector, self._depth, within)
            for vector in (vectors if mode is not SearchMode.LEXICAL else ())
        ]
        rows = found_passages(now.connection, now.stamp.dim, _nums(lexical, dense))
        if filters.as_of is not None:
            rows = _as_of(now, rows, filters.as_of)
        return _fused(rows, vectors, lexical, dense)

    def _embedded(self, queries: Sequence[str]) -> FloatArray:
        vectors = self._embedder.embed(list(queries))
        return checked(vectors, len(queries), self._embedder.dim, self._embedder.name)

    def _check(self, now: Snapshot) -> None:
        if now.documents == 0:
            raise LibraryProblem(
                f"there is no document in the library {self._library.folder}; add some with: vouch index PATH"
            )
        now.check_model(self._embedder)

    def _opened(self, now: Snapshot) -> _Opened:
        with self._opening:
            if self._open is None or self._open.caches.stamp != now.stamp:
                self._open = _Opened(opened(self._library.folder, now.connection, now.stamp))
            return self._open

    def _distrust(self, now: Snapshot, fault: CacheUnusable) -> None:
        """A part of the caches was found damaged when a query came to it: all of them are opened anew, or made so."""
        _log.warning("%s", fault)
        with self._opening:
            self._open = None
        condemn(self._library.folder, now.stamp)


class _Opened:
    """The open caches of a generation, and the passages within the filters that were asked for last."""

    def __init__(self, caches: Caches) -> None:
        self.caches = caches
        self._restricted: dict[Filters, Restricted] = {}

    def restricted(self, now: Snapshot, filters: Filters) -> Restricted | None:
        """What is within `filters`; None where nothing is filtered."""
        if filters == Filters():
            return None
        found = self._restricted.get(filters)
        if found is None:
            found = restricted(now.connection, filters)
            if len(self._restricted) >= _FILTERS_KEPT:
                self._restricted.clear()
            self._restricted[filters] = found
        return found


def _as_of(now: Snapshot, rows: Mapping[int, _Row], day: date) -> dict[int, _Row]:
    """The same passages, of documents as they stood on `day`."""
    known = {document.id: document for _, document, _ in rows.values()}
    then = {key: as_of(now.connection, document, day) for key, document in known.items()}
    return {num: (passage, then[document.id], vector) for num, (passage, document, vector) in rows.items()}


def _nums(lexical: Sequence[Sequence[tuple[int, float]]], dense: Sequence[Sequence[int]]) -> set[int]:
    return {num for hits in lexical for num, _ in hits} | {num for ranking in dense for num in ranking}


def _fused(
    rows: Mapping[int, _Row],
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
