"""The command that fetches from PubMed: pubmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.params import Date, Text

if TYPE_CHECKING:
    from service.harvesting import Fetched

FORMAT = click.Choice(["text", "json"])
MINUTES = click.option(
    "--minutes", type=click.FloatRange(min=0, min_open=True), help="Stop after so long; a later run goes on."
)


@click.command()
@click.argument("query", type=Text())
@click.option("--since", type=Date(), help="Only records that came into PubMed on this day or later.")
@click.option("--max", "most", type=click.IntRange(min=1), help="At most so many records, the newest first.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the fetched files in this folder and not in the data home.",
)
@MINUTES
@click.option("--format", "form", type=FORMAT, default="text", help="How to print the outcome.")
def pubmed(
    *, query: str, since: date | None, most: int | None, folder: Path | None, minutes: float | None, form: str
) -> None:
    """Fetch the records that QUERY finds in PubMed, and index them.

    QUERY is in PubMed's own language. It is remembered: asked again, or by `vouch update`, only what is
    new is fetched. Needs the network; a key for more requests a second is read from NCBI_API_KEY.
    """
    if not query.strip():
        raise InputError(
            "the query is empty; give one in PubMed's language, as in: vouch pubmed 'sepsis[ti]'"
        )
    from service.harvesting import fetch_query
    from service.params import today
    from service.settings import load_settings

    tell_fetched(
        fetch_query(
            load_settings(), query, since=since, most=most, folder=folder, today=today(), minutes=minutes
        ),
        form,
    )


def tell_fetched(fetched: Fetched, form: str) -> None:
    """Print what a fetch brought."""
    from service.currency_view import fetched_json, print_fetched
    from service.json_text import json_text

    if form == "json":
        click.echo(json_text(fetched_json(fetched)), nl=False)
    else:
        from service.console import results

        print_fetched(fetched, results())
