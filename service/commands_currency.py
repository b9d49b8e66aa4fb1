"""Commands that keep the standing of papers up to date: currency import, update."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from service.commands_pubmed import FORMAT, MINUTES, tell_fetched
from service.params import Date, Text


@click.group()
def currency() -> None:
    """Retractions, concerns, corrections and reinstatements from lists."""


@currency.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source",
    type=Text(),
    default="Retraction Watch",
    show_default=True,
    help="Name of the list; a later import of the same name replaces the earlier.",
)
@click.option("--checked", type=Date(), help="The day on which the list was fetched; today unless given.")
@click.option("--fewer", is_flag=True, help="Take the list although it has far fewer notices than before.")
@click.option("--format", "form", type=FORMAT, default="text", help="How to print what changed.")
def import_list(*, file: Path, source: str, checked: date | None, fewer: bool, form: str) -> None:
    """Take in FILE, a CSV file in the columns of Retraction Watch.

    It is kept whole: a paper that comes later finds what is said of it. What an earlier list of the
    same name said and this one doesn't say any more holds no more.
    """
    from corpus.retraction_watch import read_notices
    from indexes.currency import import_notices
    from service.params import today
    from service.refreshing import refresh_answers
    from service.settings import load_settings
    from service.wiring import open_library

    settings = load_settings()
    library = open_library(settings)
    report = import_notices(library, source, read_notices(file), checked or today(), fewer=fewer)
    refresh_answers(settings, library)
    from service.console import results
    from service.currency_view import currency_json, print_currency
    from service.json_text import json_text

    if form == "json":
        click.echo(json_text(currency_json(report)), nl=False)
    else:
        print_currency(report, results())


@click.command()
@MINUTES
@click.option("--format", "form", type=FORMAT, default="text", help="How to print the outcome.")
def update(*, minutes: float | None, form: str) -> None:
    """Fetch what is new in PubMed for every query asked before, and what became of the papers in the library.

    Each record that the library has is asked for again, so that revisions and retractions come in.
    Needs the network.
    """
    from service.harvesting import fetch_updates
    from service.params import today
    from service.settings import load_settings

    tell_fetched(fetch_updates(load_settings(), today=today(), minutes=minutes), form)
