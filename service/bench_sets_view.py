"""What was measured on public sets, as Markdown tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from service.bench_view import mean_json, pair_json, retrieval_json

if TYPE_CHECKING:
    from eval.bench_design import DesignRow
    from eval.bench_share import Share
    from eval.intervals import Mean
    from service.bench_sets import SetFigures


def sets_json(measured: Sequence[SetFigures]) -> dict[str, Any]:
    """All figures by set; what a set has nothing for is null."""
    return {"sets": [_set_json(one) for one in measured]}


def print_sets(measured: Sequence[SetFigures]) -> None:
    """A Markdown table for each thing measured, a row for each set and system."""
    for title, heads, rows in (
        ("Rankings", _RANKING_HEADS, _rankings(measured)),
        (
            "Answers",
            ("set", "right document cited", "declined", "ours less the best part, nDCG@10"),
            _answers(measured),
        ),
        ("Judged claims at the gate", _CLAIM_HEADS, _claims(measured)),
        (
            "Follow-ups that stand alone, token F1",
            ("set", "turns", "ours", "copied", "n"),
            _rewrites(measured),
        ),
        ("Status of papers with notices", ("set", "due", "given", "share"), _flagged(measured)),
        ("Study design from title and abstract alone", _DESIGN_HEADS, _designs(measured)),
    ):
        lines = list(rows)
        if lines:
            click.echo(f"### {title}\n\n{_table(heads, lines)}\n")


_DESIGN_HEADS = ("records", "by their types", "n", "precision", "recall", "F1")
_RANKING_HEADS = ("set", "system", "nDCG@10", "recall@100", "MRR@10", "hit@1", "questions")
_CLAIM_HEADS = (
    "set",
    "supported, of those accepted",
    "95 % interval",
    "accepted, of the supported",
    "accepted, of the others",
)


def _rankings(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    from eval.bench_retrieval import MEASURES

    for one in measured:
        for row in one.rankings:
            means = [row.mean(measure) for measure in MEASURES]
            n = max((mean.n for mean in means if mean), default=0)
            yield one.dataset.source.title, row.name, *map(_value, means), f"{n:,}"


def _answers(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    from eval.bench_retrieval import ahead_of_parts

    for one in measured:
        if one.cited:
            means = (one.cited.right, one.cited.declined, ahead_of_parts(one.rankings))
            yield one.dataset.source.title, *map(_with_interval, means)


def _claims(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    for one in measured:
        if one.judged:
            row = one.judged
            of_accepted = row.supported_of_accepted
            interval = "–".join(f"{end:.2f}" for end in of_accepted.interval or ())
            shares = (row.accepted_of_supported, row.accepted_of_others)
            yield row.name, _counted(of_accepted), interval, *map(_counted, shares)


def _rewrites(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    for one in measured:
        for row in one.rewrites:
            n = f"{row.ours.n:,}" if row.ours else "0"
            yield one.dataset.source.title, row.name, _value(row.ours), _value(row.copied), n


def _flagged(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    for one in measured:
        for status, (due, given) in (one.flagged or {}).items():
            yield one.dataset.source.title, f"{status} ({due:,})", f"{given:,}", f"{given / due:.3f}"


def _designs(measured: Sequence[SetFigures]) -> Iterator[tuple[str, ...]]:
    from eval.bench_design import macro_f1

    for one in measured:
        for half, rows in _design_halves(one):
            for row in rows:
                values = (row.precision, row.recall, row.f1)
                yield half, row.name, f"{row.n:,}", *(f"{value:.3f}" for value in values)
            macro = macro_f1(rows)
            if macro is not None:
                yield half, "mean of the kinds that there are", "", "", "", f"{macro:.3f}"


def _design_halves(one: SetFigures) -> Iterator[tuple[str, Sequence[DesignRow]]]:
    from eval.bench_design import design_rows

    if one.designs:
        yield "all", design_rows(one.designs)
        yield "half that cues were written on", design_rows(told for told in one.designs if not told.held_out)
        yield "half held out", design_rows(told for told in one.designs if told.held_out)


def _designs_json(one: SetFigures) -> dict[str, Any] | None:
    from eval.bench_design import macro_f1

    halves = {
        half: {
            "macro_f1": macro_f1(rows),
            "kinds": [
                {"name": row.name, "n": row.n, "precision": row.precision, "recall": row.recall, "f1": row.f1}
                for row in rows
            ],
        }
        for half, rows in _design_halves(one)
    }
    return halves or None


def _set_json(one: SetFigures) -> dict[str, Any]:
    source = one.dataset.source
    return {
        "name": source.name,
        "origin": source.origin,
        "licence": source.licence,
        "retrieval": retrieval_json(one.dataset, one.rankings, one.cited) if one.rankings else None,
        "judged_claims": pair_json(one.judged) if one.judged else None,
        "followups": [
            {"name": row.name, "ours": mean_json(row.ours), "copied": mean_json(row.copied)}
            for row in one.rewrites
        ]
        or None,
        "designs": _designs_json(one),
        "currency": one.flagged
        and {status: {"due": due, "given": given} for status, (due, given) in one.flagged.items()},
    }


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _value(mean: Mean | None) -> str:
    return f"{mean.value:.3f}" if mean else "not computed"


def _with_interval(mean: Mean | None) -> str:
    return f"{mean.value:.3f} ({mean.low:.3f} to {mean.high:.3f})" if mean else "not computed"


def _counted(share: Share) -> str:
    return f"{share.count:,} of {share.n:,}"
