"""The command chat: questions and follow-ups in the terminal, or line by line through a pipe."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import click

from service.filters import Asked, filter_options, filters_of
from service.params import ROLES, today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rag.types import Answer, Role, Turn


@click.command()
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="clinician",
    help="For whom it is worded; /role changes it.",
)
@filter_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["article", "json"]),
    default="article",
    help="How to print answers; json is one answer a line.",
)
@click.option(
    "--model/--no-model",
    "model",
    default=None,
    help="Insist on the configured language model (exit 4 without it), or ask none; else it is used where configured.",
)
@click.pass_context
def chat(ctx: click.Context, *, role: str, asked: Asked, form: str, model: bool | None) -> None:
    """Ask questions and follow-ups, each read in the light of those before it.

    A reference keeps its number. /help lists the commands. Where nobody sits at a terminal it reads
    questions from standard input, one a line, as in: vouch chat --format json < questions.txt
    """
    from rag.types import Role
    from service.models import ModelUse
    from service.settings import load_settings
    from service.talk import Talk, hold
    from service.wiring import open_library, open_pipeline

    now, settings = today(), load_settings()
    use = {None: ModelUse.WHERE_CONFIGURED, True: ModelUse.DEMANDED, False: ModelUse.NEVER}[model]
    filters = filters_of(asked, open_library(settings), now)
    pipeline = open_pipeline(settings, use)

    def answered(question: str, earlier: Sequence[Turn], role: Role) -> Answer:
        return pipeline.ask(question, earlier, role=role, filters=filters, today=now)

    def kept(answer: Answer) -> None:
        from service.commands_answers import keep

        keep(answer, settings)

    sitting = sys.stdin.isatty()
    say = _said if form == "article" else _noted
    talk = Talk(answered, _printed(form), say, kept, Role(role))
    if sitting:
        _noted(f"{pipeline.coverage.documents} documents; /help lists what you can do, /quit ends")
    ctx.exit(hold(talk, _typed if sitting else _piped(), told=_refused, going_on=sitting))


def _typed() -> str | None:
    """The next line that somebody types; an interrupt drops the line, the end of input ends it."""
    import contextlib

    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # gives the line that is typed a history and keys to edit it

    while True:
        try:
            return input("\n> ")
        except EOFError:
            _noted("")
            return None
        except KeyboardInterrupt:
            _noted("")


def _piped() -> Callable[[], str | None]:
    """Lines of standard input, read as UTF-8 whatever the locale is."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    lines = iter(sys.stdin)
    return lambda: next(lines, None)


def _printed(form: str) -> Callable[[Answer], None]:
    """Prints an answer at once, so that whoever reads the pipe has it before the next question."""

    def show(answer: Answer) -> None:
        if form == "article":
            from service.formats import print_terminal

            print_terminal(answer)
            click.echo("")
        else:
            from service.answer_json import answer_json
            from service.json_text import json_line

            click.echo(json_line(answer_json(answer)), nl=False)
        sys.stdout.flush()

    return show


def _said(text: str) -> None:
    from service.console import results
    from service.paragraphs import print_paragraphs, styled

    indented = ((line, len(line) - len(line.lstrip())) for line in text.splitlines())
    console = results()
    print_paragraphs((styled(line.strip(), marker=" " * blank) for line, blank in indented), console)
    console.print()
    sys.stdout.flush()


def _noted(text: str) -> None:
    click.echo(text, err=True)


def _refused(error: Exception) -> None:
    click.echo(f"error: {error}", err=True)
