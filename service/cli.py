"""The command line: `vouch`."""

from __future__ import annotations

import gc
import io
import sys
from typing import Any

import click

from rag.errors import VouchError
from service.commands_answers import ask, export, search
from service.commands_bench import bench
from service.commands_bench_ask import ask as bench_ask
from service.commands_bench_followups import followups
from service.commands_bench_grades import grades
from service.commands_bench_index import index as bench_index
from service.commands_bench_reversal import reversal
from service.commands_bench_scale import scale
from service.commands_chat import chat
from service.commands_currency import currency, update
from service.commands_doctor import doctor
from service.commands_eval import evaluate
from service.commands_keys import keys
from service.commands_library import index, remove, setup, show, status
from service.commands_mcp import mcp
from service.commands_pubmed import pubmed
from service.commands_review import answers, purge, reissue, review
from service.commands_serve import serve


class Commands(click.Group):
    """Commands whose errors end in one line on standard error and the exit code that the error carries."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except VouchError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("stopped; nothing half done was kept, the same command goes on from here", err=True)
            ctx.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="vouch", prog_name="vouch")
def cli() -> None:
    """Cited answers to medical questions, every sentence vouched for by words in its source.

    Start with `vouch index --starter`, then `vouch ask "…"`. Settings come from vouch.toml and the
    environment (VOUCH_HOME, VOUCH_MODEL). Exit codes: 0 done, 1 below a minimum or inputs quarantined
    under --strict, 2 bad input, 3 library problem, 4 model unavailable, 5 missing extra.
    """
    _use_utf8()


for command in (
    index,
    ask,
    chat,
    search,
    show,
    remove,
    status,
    doctor,
    export,
    answers,
    reissue,
    review,
    purge,
    setup,
    pubmed,
    update,
    currency,
    evaluate,
    bench,
    serve,
    mcp,
    keys,
):
    cli.add_command(command)
bench.add_command(bench_index)
bench.add_command(bench_ask)
bench.add_command(scale)
bench.add_command(followups)
bench.add_command(reversal)
bench.add_command(grades)


def main() -> None:
    """Run the command line."""
    try:
        cli(prog_name="vouch")
    finally:
        # All that is left goes with the process; looking for garbage in it takes a quarter second.
        gc.freeze()


def _use_utf8() -> None:
    """Files and pipes get UTF-8; a terminal that can't show a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
