"""Benchmarks on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from service.console import results

if TYPE_CHECKING:
    from rich.table import Table

    from eval.adapters.dataset import Dataset
    from eval.bench_entailment import EntailmentRow
    from eval.bench_gate import GateBench, GateRow, PairRow
    from eval.bench_retrieval import Cited, RankingRow
    from eval.bench_share import Share
    from eval.intervals import Mean


def retrieval_json(dataset: Dataset, rows: Sequence[RankingRow], cited: Cited | None) -> dict[str, Any]:
    """The figures of all systems, and how far ours is ahead of the best of its parts."""
    from eval.bench_retrieval import MEASURES, ahead_of_parts

    return {
        "dataset": dataset.source.name,
        "documents": len(dataset.documents),
        "systems": [
            {
                "name": row.name,
                **{measure: mean_json(row.mean(measure)) for measure in MEASURES},
                "queries_per_second": round(row.queries_per_second, 1),
            }
            for row in rows
        ],
        "ahead_of_best_part": mean_json(ahead_of_parts(rows)),
        "answers": cited
        and {
            "right_document_cited": mean_json(cited.right),
            "declined": mean_json(cited.declined),
            "seconds": mean_json(cited.seconds),
        },
    }


def print_retrieval(dataset: Dataset, rows: Sequence[RankingRow], cited: Cited | None) -> None:
    """A table with a row a system, and the difference in words."""
    from eval.bench_retrieval import MEASURES, ahead_of_parts

    console = results()
    table = _table(
        f"{dataset.source.title}: {len(dataset.documents):,} documents, {_n(rows):,} questions",
        "system",
        *MEASURES,
        "questions/s",
    )
    for row in rows:
        means = [row.mean(measure) for measure in MEASURES]
        table.add_row(
            row.name,
            *(f"{mean.value:.3f}" if mean else "not computed" for mean in means),
            f"{row.queries_per_second:,.0f}",
        )
    console.print(table)
    ahead = ahead_of_parts(rows)
    if ahead:
        console.print(
            f"ours less the best of its parts, nDCG@10: {ahead.value:+.3f} ({ahead.low:+.3f} to {ahead.high:+.3f})"
        )
    if cited and cited.right and cited.declined and cited.seconds:
        console.print(
            f"answers that cite the right document: {cited.right.value:.3f} "
            f"({cited.right.low:.3f}–{cited.right.high:.3f}); declined: {cited.declined.value:.3f}; "
            f"{cited.seconds.value:.2f} s each"
        )


def gate_json(measured: GateBench, entailment: Sequence[EntailmentRow] = ()) -> dict[str, Any]:
    """The shares of all classes with their intervals, and examples of what went wrong."""
    return {
        "sentences": measured.sentences,
        "wrong_accepted": [_gate_row(row) for row in measured.wrong],
        "true_withheld": [_gate_row(row) for row in measured.true],
        "pairs": [pair_json(row) for row in measured.pairs],
        "entailment": [_entailment_row(row) for row in entailment],
    }


def pair_json(row: PairRow) -> dict[str, Any]:
    """What the gate makes of the judged claims of one set."""
    return {
        "name": row.name,
        "pairs": row.pairs,
        "supported_of_accepted": _share(row.supported_of_accepted),
        "accepted_of_supported": _share(row.accepted_of_supported),
        "accepted_of_others": _share(row.accepted_of_others),
    }


def mean_json(mean: Mean | None) -> dict[str, Any] | None:
    """A mean with its interval and number; null where nothing was computed."""
    return {"mean": mean.value, "low": mean.low, "high": mean.high, "n": mean.n} if mean else None


def print_gate(measured: GateBench, entailment: Sequence[EntailmentRow] = ()) -> None:
    """Tables: wrong sentences accepted, true ones withheld, judged pairs, and what an entailment model makes of them."""
    console = results()
    for title, rows in (
        ("wrong sentences, accepted", measured.wrong),
        ("true sentences, withheld", measured.true),
    ):
        table = _table(
            f"{title} (of {measured.sentences:,} sentences)", "class", "share", "95 % interval", "n"
        )
        for row in rows:
            table.add_row(row.name, *_cells(row.share))
        console.print(table)
    if measured.pairs:
        console.print(_pair_table(measured.pairs))
    if entailment:
        console.print(_entailment_table(entailment))


def _pair_table(rows: Sequence[PairRow]) -> Table:
    heads = (
        "supported, of those accepted",
        "95 % interval",
        "accepted",
        "accepted, of supported",
        "of others",
    )
    table = _table(
        "claims that people judged, with the judged text as quote: accepted ones that are supported",
        "set",
        *heads,
    )
    for row in rows:
        both = (row.accepted_of_supported, row.accepted_of_others)
        table.add_row(row.name, *_cells(row.supported_of_accepted), *(_cells(share)[0] for share in both))
    return table


def _entailment_table(rows: Sequence[EntailmentRow]) -> Table:
    heads = (
        "threshold",
        "supported, of those entailed",
        "95 % interval",
        "entailed",
        "of supported",
        "of others",
    )
    table = _table("the same claims, judged by the entailment model alone", "set", *heads)
    for row in rows:
        both = (row.entailed_of_supported, row.entailed_of_others)
        shares = (*_cells(row.supported_of_entailed), *(_cells(share)[0] for share in both))
        table.add_row(row.name, f"{row.threshold:g}", *shares)
    return table


def _table(title: str, first: str, *heads: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for head in heads:
        table.add_column(head, justify="right")
    return table


def _cells(share: Share) -> tuple[str, str, str]:
    if share.value is None or share.interval is None:
        return "not computed", "", "0"
    low, high = share.interval
    return f"{share.value:.4f}", f"{low:.4f}–{high:.4f}", f"{share.count:,} of {share.n:,}"


def _n(rows: Sequence[RankingRow]) -> int:
    return max((len(values) for row in rows for values in row.values.values()), default=0)


def _entailment_row(row: EntailmentRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "threshold": row.threshold,
        "supported_of_entailed": _share(row.supported_of_entailed),
        "entailed_of_supported": _share(row.entailed_of_supported),
        "entailed_of_others": _share(row.entailed_of_others),
    }


def _gate_row(row: GateRow) -> dict[str, Any]:
    return {"name": row.name, **_share(row.share), "examples": list(row.examples)}


def _share(share: Share) -> dict[str, Any]:
    return {"share": share.value, "count": share.count, "n": share.n, "interval": share.interval}
