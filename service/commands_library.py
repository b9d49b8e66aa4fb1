"""Commands that keep the library: index, show, remove, status, setup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.params import Text

if TYPE_CHECKING:
    from indexes.ledger import BatchReport
    from service.json_text import Json

_FORMAT = click.Choice(["text", "json"])


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--starter", is_flag=True, help="Index the starter library that comes with Vouch.")
@click.option("--recursive", is_flag=True, help="Go into the folders of folders.")
@click.option("--retry-quarantined", is_flag=True, help="Try inputs again that couldn't be read before.")
@click.option("--rebuild", is_flag=True, help="Embed the whole library anew, as after a change of model.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what became of each input to this file, as JSON.",
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A table (CSV or JSON) that says what bare files are; else manifest.csv or manifest.json beside them.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 if any input was quarantined.")
@click.option("--format", "form", type=_FORMAT, default="text", help="How to print the outcome.")
def index(
    *,
    paths: tuple[Path, ...],
    starter: bool,
    recursive: bool,
    retry_quarantined: bool,
    rebuild: bool,
    report: Path | None,
    manifest: Path | None,
    strict: bool,
    form: str,
) -> None:
    """Bring the library up to date with PATHS.

    Files and folders of any mix of formats. What didn't change is not read into the library twice; a
    file that can't be read costs only itself.
    """
    if not (paths or starter or rebuild):
        raise InputError(
            "nothing to index; give files or folders, or --starter for the library that comes with Vouch"
        )
    from service.indexing import index_inputs
    from service.settings import load_settings
    from service.wiring import starter_folders

    _check_report(report)
    inputs = [*paths, *(starter_folders() if starter else ())]
    outcome = index_inputs(
        load_settings(),
        inputs,
        recursive=recursive,
        retry_quarantined=retry_quarantined,
        rebuild=rebuild,
        manifest=manifest,
    )
    _tell(outcome, report, form)
    if strict and outcome.quarantined:
        click.get_current_context().exit(1)


@click.command()
@click.argument("document_id", type=Text())
@click.option("--format", "form", type=_FORMAT, default="text", help="How to print it.")
def show(document_id: str, form: str) -> None:
    """Print the document DOCUMENT_ID."""
    from service.settings import load_settings
    from service.wiring import open_library

    library = open_library(load_settings())
    document, passages = library.document(document_id), library.passages_of(document_id)
    from indexes.currency import who_says
    from service.currency_view import print_said, said_json
    from service.document_view import document_json, print_document

    said = who_says(library, document_id)
    if form == "json":
        _print_json({**document_json(document, passages), "standing": said_json(said)})
    else:
        from service.console import results

        print_document(document, passages, results())
        print_said(said, results())


@click.command()
@click.argument("document_ids", nargs=-1, required=True, type=Text())
def remove(document_ids: tuple[str, ...]) -> None:
    """Remove documents from the library."""
    from indexes.build import remove_documents
    from service.refreshing import refresh_answers
    from service.settings import load_settings
    from service.wiring import open_library

    settings = load_settings()
    library = open_library(settings)
    remove_documents(library, document_ids)
    refresh_answers(settings, library)
    generation = library.coverage().generation
    click.echo(f"removed {', '.join(document_ids)}; the library is at generation {generation}", err=True)


@click.command()
@click.option("--format", "form", type=_FORMAT, default="text", help="How to print it.")
def status(form: str) -> None:
    """Print what is in the library."""
    from service.settings import load_settings
    from service.wiring import open_library, saved_answers

    settings = load_settings()
    found, answers = open_library(settings).status(), saved_answers(settings).count()
    from indexes.currency import last_checks
    from service.currency_view import checks_json, print_checks
    from service.status_view import print_status, status_json

    checks = last_checks(open_library(settings))
    if form == "json":
        _print_json({**status_json(found, settings.data_home, answers), "checks": checks_json(checks)})
    else:
        from service.console import results

        print_status(found, settings.data_home, answers, results())
        print_checks(checks, results())


@click.command()
def setup() -> None:
    """Make the embedding model ready.

    It is made ready on first use anyway; this does it ahead of time.
    """
    from service.settings import load_settings
    from service.wiring import load_model

    click.echo(f"ready: embedding model {load_model(load_settings()).name}", err=True)


def _check_report(report: Path | None) -> None:
    # Before an hour of indexing, not after it.
    if report is not None and not report.absolute().parent.is_dir():
        raise InputError(
            f"the report can't be written: there is no folder {report.absolute().parent}; make it first"
        )


def _tell(outcome: BatchReport, report: Path | None, form: str) -> None:
    from service.batch_view import print_report, report_json
    from service.json_text import json_text

    text = json_text(report_json(outcome))
    if form == "json":
        click.echo(text, nl=False)
    else:
        from service.console import results

        print_report(outcome, results())
    if report is not None:
        _write(report, text)


def _write(report: Path, text: str) -> None:
    try:
        report.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"the report {report} can't be written: {error.strerror}; the inputs are indexed"
        ) from error


def _print_json(value: dict[str, Json]) -> None:
    from service.json_text import json_text

    click.echo(json_text(value), nl=False)
