"""The command that measures stand-alone rewriting: bench followups."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rag.errors import InputError

if TYPE_CHECKING:
    from eval.bench_followups import RewriteRow
    from eval.intervals import Mean
    from rag.followup import Condenser


@click.command()
@click.argument("dataset", type=click.Path(path_type=Path))
@click.option(
    "--model/--no-model", "model", default=False, help="By the configured language model, and not by rules."
)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many turns.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to print the figures.",
)
def followups(dataset: Path, model: bool, limit: int | None, form: str) -> None:
    """Make the follow-ups of DATASET stand alone, and compare with what people wrote and with copying.

    DATASET is a folder with gold rewrites, such as conv_rewrite of docs/evaluation.md.
    """
    from eval.adapters.catalogue import read_dataset
    from eval.bench_followups import rewrite_rows

    rewrites = read_dataset(dataset).rewrites[:limit]
    if not rewrites:
        raise InputError(
            f"{dataset} has no rewrites of follow-ups; name a set that has, such as conv_rewrite"
        )
    rows = rewrite_rows(rewrites, _condenser(model))
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(followups_json(rows, model=model)), nl=False)
    else:
        _print(rows)
    sys.stdout.flush()


def followups_json(rows: Sequence[RewriteRow], *, model: bool) -> dict[str, Any]:
    """Token F1 of ours and of copying, what ours adds, and the share of stand-alone turns left alone."""
    from service.bench_view import mean_json

    return {
        "by": "model" if model else "rules",
        "rows": [
            {
                "name": row.name,
                "token_f1": mean_json(row.ours),
                "copied": mean_json(row.copied),
                "gain": mean_json(row.gain),
                "added_terms_recalled": mean_json(row.recalled),
                "left_alone": mean_json(row.left),
            }
            for row in rows
        ],
    }


def _condenser(model: bool) -> Condenser:
    from rag.followup import condense

    if not model:
        return condense
    from service.models import ModelUse, model_condenser, model_server
    from service.settings import load_settings

    server = model_server(load_settings(), ModelUse.DEMANDED)
    if server is None:
        raise InputError("no language model is configured; set it in vouch.toml, or leave --model out")
    return model_condenser(server, condense)


def _print(rows: Sequence[RewriteRow]) -> None:
    click.echo(
        "| changed turns | n | ours | copied | gain (95 % interval) | added terms | left alone, of n |"
    )
    click.echo("|---|---|---|---|---|---|---|")
    for row in rows:
        gain = f"{row.gain.value:+.3f} ({row.gain.low:+.3f} to {row.gain.high:+.3f})" if row.gain else ""
        n = f"{row.ours.n:,}" if row.ours else "0"
        left = f"{row.left.value:.3f} of {row.left.n:,}" if row.left else ""
        cells = (row.name, n, _value(row.ours), _value(row.copied), gain, _value(row.recalled), left)
        click.echo(f"| {' | '.join(cells)} |")


def _value(mean: Mean | None) -> str:
    return f"{mean.value:.3f}" if mean else ""
