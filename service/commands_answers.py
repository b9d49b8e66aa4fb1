"""Commands that answer: ask, search, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.filters import Asked, filter_options, filters_of
from service.params import ROLES, Text, today

if TYPE_CHECKING:
    from rag.types import Answer
    from service.records.stored import Stored
    from service.settings import Settings


@click.command()
@click.argument("question", type=Text())
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="clinician",
    help="For whom it is worded; the claims stay the same.",
)
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["article", "md", "json", "html"]),
    default="article",
    help="How to print it.",
)
@click.option(
    "--model/--no-model",
    "model",
    default=None,
    help="Insist on the configured language model (exit 4 without it), or ask none; else it is used where configured.",
)
@click.option("--save", is_flag=True, help="Keep the answer, for vouch export.")
def ask(
    *,
    question: str,
    role: str,
    asked: Asked,
    form: str,
    model: bool | None,
    save: bool,
) -> None:
    """Answer QUESTION with a cited article.

    Where the library has no answer, it says so, with what came near and what would be needed.
    """
    from rag.question import understand
    from rag.types import Role
    from service.models import ModelUse
    from service.settings import load_settings
    from service.wiring import open_library, open_pipeline

    now, settings = today(), load_settings()
    use = {None: ModelUse.WHERE_CONFIGURED, True: ModelUse.DEMANDED, False: ModelUse.NEVER}[model]
    understand(question)  # a question that can't be used is told before the parts are loaded
    filters = filters_of(asked, open_library(settings), now)
    answer = open_pipeline(settings, use).ask(question, role=Role(role), filters=filters, today=now)
    _print(answer, form)
    if save:
        keep(answer, settings)


@click.command()
@click.argument("query", type=Text())
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="How many results.")
@filter_options
@click.option(
    "--explain",
    is_flag=True,
    help="Take each score apart, say what would move it, and list what was left out and why.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="How to print it."
)
def search(
    *,
    query: str,
    limit: int,
    asked: Asked,
    explain: bool,
    form: str,
) -> None:
    """Print the ranked evidence for QUERY."""
    from rag.question import understand
    from service.settings import load_settings
    from service.wiring import open_library, open_pipeline

    now, settings = today(), load_settings()
    understand(query)  # a query that can't be used is told before the parts are loaded
    filters = filters_of(asked, open_library(settings), now)
    pipeline = open_pipeline(settings)
    ranking = pipeline.search(
        query, filters=filters, today=now, limit=limit, explain=explain or form == "json"
    )
    from service.search_view import Found, print_results, results_json

    left = pipeline.restriction(filters)
    found = Found(query, ranking, pipeline.coverage, filters.as_of or now, filters, left)
    if form == "json":
        from service.json_text import json_text

        click.echo(json_text(results_json(found)), nl=False)
    else:
        from service.console import results

        print_results(found, results(), explain=explain)


@click.command()
@click.argument("answer_id", type=Text(), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "ris", "bibtex", "csl-json", "json", "article"]),
    default="md",
    show_default=True,
    help="What to make of it.",
)
@click.option("--list", "listing", is_flag=True, help="List the saved answers.")
def export(answer_id: str | None, form: str, listing: bool) -> None:
    """Print the saved answer ANSWER_ID.

    `ris`, `bibtex` and `csl-json` give its references for a reference manager.
    """
    from service.settings import load_settings
    from service.wiring import saved_answers

    answers = saved_answers(load_settings())
    if listing:
        for saved in answers.saved():
            click.echo(f"{saved.id}  {saved.at}  {saved.question}")
    elif answer_id is None:
        raise InputError("which answer? `vouch export --list` shows the ids of the saved ones")
    else:
        _print_stored(answers.read(answer_id), form)


def _print(answer: Answer, form: str) -> None:
    from service.formats import print_terminal, text_of

    if form == "article":
        print_terminal(answer)
    else:
        click.echo(text_of(answer, form), nl=False)


def _print_stored(stored: Stored, form: str) -> None:
    """Print an answer with what became of it since."""
    from service.formats import text_of
    from service.json_text import json_text
    from service.records.export import standing_line, with_standing
    from service.records.stored import stored_json

    if form == "json":
        click.echo(json_text(stored_json(stored)), nl=False)
    elif form == "article":
        click.echo(standing_line(stored.summary) + "\n" if standing_line(stored.summary) else "", nl=False)
        _print(stored.answer, form)
    else:
        click.echo(with_standing(text_of(stored.answer, form), form, stored.summary), nl=False)


def keep(answer: Answer, settings: Settings) -> None:
    """Keep an answer and say under which id."""
    from datetime import UTC, datetime

    from service.wiring import saved_answers

    key = saved_answers(settings).save(answer, datetime.now(UTC))
    click.echo(f"saved as {key}; take it with you: vouch export {key} --format html", err=True)
