"""What a fresh process sees of a library: how fast it opens and answers, how much memory it takes, what it finds.

Run as a module by `vouch bench scale`, with the library's folder and a file of questions, one a line; prints JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from indexes.library import Library
from rag.types import Embedder, Filters, FloatArray

WARMING = 100  # at most so many of the questions come first and aren't timed
_NEAREST = 10
_TODAY = date(2026, 1, 1)


def measured(library: Library, model: Embedder, questions: Sequence[str]) -> dict[str, Any]:
    """Figures of a library in this process; times in milliseconds, memory in bytes."""
    from indexes.candidates import CandidateSearch, SearchMode
    from service.wiring import pipeline_over

    before = resident()
    began = time.perf_counter()
    pipeline = pipeline_over(library, model)
    pipeline.frequencies(["made"])  # opens and checks the caches
    opening, after_opening = time.perf_counter() - began, resident()

    def ranked(text: str) -> object:
        return pipeline.search(text, today=_TODAY, limit=10)

    first = times_of(ranked, questions[:1])[0]
    warming, timed = parted(questions)
    times_of(ranked, warming)
    after_100 = resident()
    times = times_of(ranked, timed)
    end = resident()  # what follows maps the same files anew
    search = CandidateSearch(library, model)
    for mode in SearchMode:
        times_of(_mode(search, mode), warming)
    return {
        "open_ms": opening * 1000,
        "first_search_ms": first,
        "resident_before_bytes": before,
        "resident_open_bytes": after_opening,
        "resident_after_100_bytes": after_100,
        "resident_end_bytes": end,
        "ms": {
            "embedding the question": spread(times_of(lambda text: model.embed([text]), timed)),
            "vectors alone": spread(times_of(_mode(search, SearchMode.DENSE), timed)),
            "BM25 alone": spread(times_of(_mode(search, SearchMode.LEXICAL), timed)),
            "both, fused": spread(times_of(_mode(search, SearchMode.HYBRID), timed)),
            "ranked and explained": spread(times),
        },
        "recall_at_10": recall(library, model, timed),
    }


def recall(library: Library, model: Embedder, questions: Sequence[str]) -> float:
    """Share of the ten nearest passages by exact cosine of all that dense search finds among its first ten."""
    from indexes.candidates import CandidateSearch, SearchMode

    search = CandidateSearch(library, model)
    nearest = _exact(library, np.concatenate([model.embed([text]) for text in questions]))
    shares = []
    for text, exact in zip(questions, nearest, strict=True):
        found = search.search([text], Filters(), SearchMode.DENSE).found[:_NEAREST]
        shares.append(len(exact & {one.passage.id for one in found}) / len(exact))
    return float(np.mean(shares))


def _exact(library: Library, queries: FloatArray) -> list[set[str]]:
    """For each row of `queries` the ids of the nearest passages of all."""
    from indexes.records import vector_lots

    scores, nums = np.empty((len(queries), 0), dtype=np.float32), np.empty(0, dtype=np.int64)
    with library.reading() as now:
        for lot, vectors in vector_lots(now.connection, now.stamp.dim):
            scores, nums = np.concatenate([scores, queries @ vectors.T], axis=1), np.concatenate([nums, lot])
            top = np.argsort(-scores, axis=1)[:, :_NEAREST]
            kept = np.unique(top)
            scores, nums = scores[:, kept], nums[kept]
        best = nums[np.argsort(-scores, axis=1)[:, :_NEAREST]]
        query = "SELECT id FROM passages WHERE num = ?"
        return [{now.connection.execute(query, (num,)).fetchone()[0] for num in row} for row in best.tolist()]


def resident() -> int | None:
    """Bytes of memory that this process has in use, mapped files included; None where the system doesn't tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def parted(questions: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Questions that come first and aren't timed, and those that are."""
    warming = min(WARMING, len(questions) // 2)
    return questions[:warming], questions[warming:]


def times_of(call: Callable[[str], Any], questions: Sequence[str]) -> list[float]:
    """Milliseconds that `call` takes for each of `questions`."""
    times = []
    for text in questions:
        began = time.perf_counter()
        call(text)
        times.append((time.perf_counter() - began) * 1000)
    return times


def spread(times: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile."""
    p50, p99 = np.percentile(times, [50, 99])
    return {"p50": float(p50), "p99": float(p99)}


def _mode(search: Any, mode: Any) -> Callable[[str], Any]:
    return lambda text: search.search([text], Filters(), mode)


def main() -> None:
    """Measure, and print the figures as JSON."""
    from service.scale_baselines import plain_measured
    from service.scale_library import RealQueries
    from service.settings import load_settings
    from service.wiring import load_model

    kind, folder, path = sys.argv[1:]
    questions = Path(path).read_text(encoding="utf-8").splitlines()
    library, model = Library(Path(folder)), RealQueries(load_model(load_settings()))
    if kind == "ours":
        print(json.dumps(measured(library, model, questions)))  # noqa: T201  # read by the process that asked
    else:
        print(json.dumps(plain_measured(library, model, questions)))  # noqa: T201


if __name__ == "__main__":
    main()
