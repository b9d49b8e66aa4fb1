"""The figures of `vouch bench index` as a table or JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from service.bench_index import IndexBench, IndexFigures, Limit
from service.console import results

_HEADS = ("documents/s", "texts", "texts/s", "s", "memory", "nDCG@10", "ours takes")


def index_json(measured: IndexBench) -> dict[str, Any]:
    """One JSON object: systems, times as fast as each other system, and how near the machine's limit ours comes."""
    ours, *others = measured.systems
    return {
        "systems": [asdict(one) for one in measured.systems],
        "times_as_fast": {one.name: one.seconds / ours.seconds for one in others},
        "limit": asdict(measured.limit) | {"share": _share(measured.limit)} if measured.limit else None,
    }


def print_index(measured: IndexBench, console: Console | None = None) -> None:
    """A row for each system, then how near the machine's limit ours comes."""
    console = console or results()
    ours = measured.systems[0]
    table = Table("", *_HEADS, box=None)
    for one in measured.systems:
        table.add_row(one.name, *_cells(one), f"1/{one.seconds / ours.seconds:.1f}")
    console.print(f"{ours.documents:,} documents, from loading the model to the index on disk")
    console.print(table)
    if measured.limit:
        console.print(_limit(measured.limit), soft_wrap=True)


def _cells(one: IndexFigures) -> tuple[str, ...]:
    return (
        f"{one.documents / one.seconds:.1f}",
        f"{one.texts:,}",
        f"{one.texts / one.seconds:.1f}",
        f"{one.seconds:.1f}",
        f"{(one.peak_bytes + one.reader_peak_bytes) / 1e9:.2f} GB",
        f"{one.ndcg.value:.3f}" if one.ndcg else "-",
    )


def _limit(limit: Limit) -> str:
    return (
        f"While ours embeds, {limit.tokens_per_second:,.0f} tokens a second, the linear layers take "
        f"{limit.used / 1e9:.0f} thousand million operations a second: {_share(limit):.0%} of the "
        f"{limit.peak / 1e9:.0f} that this machine reaches with large matrices in int8."
    )


def _share(limit: Limit) -> float:
    return limit.used / limit.peak
