"""The figures of `vouch bench scale` as tables or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from service.bench_scale import STEP, ScaleFigures, as_json
from service.console import results

MADE = (
    "Texts are real passages with 15 % of their words replaced by others, repeated under new ids; vectors are the "
    "real ones with noise added, so that nothing had to be embedded. Questions are real and embedded by the model."
)


def scale_json(figures: Sequence[ScaleFigures], on_nothing: float) -> dict[str, Any]:
    """One JSON object with the figures of every size."""
    return {
        "made": MADE,
        "documents_added_at_once": STEP,
        "seconds_to_add_to_an_empty_library": on_nothing,
        "sizes": [as_json(one) for one in figures],
    }


def print_scale(figures: Sequence[ScaleFigures], on_nothing: float, console: Console | None = None) -> None:
    """One table of what a library costs and one of how fast it answers; a column for each size."""
    console = console or results()
    console.print(MADE, soft_wrap=True)
    console.print(f"{STEP} documents into an empty library: {on_nothing:.2f} s")
    heads = [f"{one.passages:,} passages" for one in figures]
    costs, times = Table("cost", *heads, box=None), Table("milliseconds, p50 / p99", *heads, box=None)
    for name, cells in _costs(figures).items():
        costs.add_row(name, *cells)
    for name, cells in _times(figures).items():
        times.add_row(name, *cells)
    console.print(costs)
    console.print(times)


def _costs(figures: Sequence[ScaleFigures]) -> dict[str, list[str]]:
    parts = ("database", "vector index", "lexical index")
    return {
        "build, s (nothing embedded)": [f"{one.build_seconds:.0f}" for one in figures],
        f"add {STEP} documents, s": [f"{median(one.add_seconds):.2f}" for one in figures],
        f"remove {STEP} documents, s": [f"{median(one.remove_seconds):.2f}" for one in figures],
        "open and check, s": [f"{one.ours['open_ms'] / 1000:.2f}" for one in figures],
        **{f"{part}, GB": [_gigabytes(one.bytes_on_disk[part]) for one in figures] for part in parts},
        "on disk, GB": [_gigabytes(sum(one.bytes_on_disk.values())) for one in figures],
        "resident, opened, GB": [_gigabytes(one.ours["resident_open_bytes"]) for one in figures],
        "resident after 100 questions, GB": [
            _gigabytes(one.ours["resident_after_100_bytes"]) for one in figures
        ],
        "resident at the end, GB": [_gigabytes(one.ours["resident_end_bytes"]) for one in figures],
        "recall@10 against exact search": [f"{one.ours['recall_at_10']:.3f}" for one in figures],
    }


def _times(figures: Sequence[ScaleFigures]) -> dict[str, list[str]]:
    rows = {name: [_spread(one.ours["ms"][name]) for one in figures] for name in figures[0].ours["ms"]}
    for name in dict.fromkeys(name for one in figures for name in one.plain):
        rows[name] = [_spread(one.plain[name]["ms"]) if name in one.plain else "-" for one in figures]
    return rows


def _spread(found: dict[str, float]) -> str:
    return f"{found['p50']:.1f} / {found['p99']:.1f}"


def _gigabytes(count: int | None) -> str:
    return "-" if count is None else f"{count / 1e9:.2f}"
