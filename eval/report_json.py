"""A run as JSON, for programs: `run.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.compare import Comparison
from eval.intervals import Mean
from eval.metrics import Metric
from eval.run import Row, Run
from eval.store import row_key
from eval.summary import figures, means, slices


def run_json(run: Run, among: Sequence[Metric], comparison: Comparison | None) -> dict[str, Any]:
    """The figures of a run and the scores of each question; answers stand in `rows.jsonl` under `key`."""
    of = means(run.rows, among)
    return {
        "fingerprint": run.fingerprint,
        "provenance": asdict(run.provenance),
        "figures": asdict(figures(run)),
        "metrics": [
            {"name": m.name, "title": m.title, "definition": m.definition, **_mean(of[m.name])} for m in among
        ],
        "slices": [
            {
                "property": one.property,
                "value": one.value,
                "questions": one.questions,
                "metrics": {name: _mean(mean) for name, mean in one.means.items()},
            }
            for one in slices(run, among)
        ],
        "comparison": _comparison(comparison),
        "rows": [_row(row, run.fingerprint) for row in run.rows],
    }


def _mean(mean: Mean | None) -> dict[str, Any]:
    if mean is None:
        return {"mean": None, "low": None, "high": None, "n": 0}
    return {"mean": mean.value, "low": mean.low, "high": mean.high, "n": mean.n}


def _row(row: Row, fingerprint: str) -> dict[str, Any]:
    return {
        "key": row_key(row.gold, fingerprint),
        "id": row.gold.id,
        "question": row.gold.question,
        "scores": dict(row.scores),
        "seconds": row.result.seconds,
        "abstained": row.result.abstained,
        "error": row.result.error,
    }


def _comparison(comparison: Comparison | None) -> Mapping[str, Any] | None:
    if comparison is None:
        return None
    return {
        "differences": [
            {
                "metric": one.metric,
                **_mean(one.difference),
                "better": one.better,
                "worse": one.worse,
                "unpaired": one.unpaired,
            }
            for one in comparison.differences
        ],
        "moved": [
            {"id": one.row.gold.id, "total": one.total, "differences": dict(one.differences)}
            for one in comparison.moved
        ],
        "only_here": list(comparison.only_here),
        "only_there": list(comparison.only_there),
    }
