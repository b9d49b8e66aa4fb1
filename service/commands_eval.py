"""The command that measures answers against gold questions: eval."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import InputError
from service.filters import Asked, filter_options
from service.params import ROLES, Text, today

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.gold_sets import GoldSet
    from eval.metrics import Judges, Metric
    from eval.run import Run
    from service.eval_systems import System

_FOLDER = click.Path(path_type=Path, file_okay=True)


@click.command("eval")
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=_FOLDER, help="Folder of the run; else one of its own in the data home.")
@click.option("--compare", "other", type=_FOLDER, help="Folder of a run to hold this one against.")
@click.option(
    "--min",
    "minima",
    multiple=True,
    metavar="METRIC=VALUE",
    type=Text(),
    help="Exit with 1 if the mean of a metric is below a value; may be given again.",
)
@click.option("--role", type=click.Choice(ROLES), help="Ask every question for this reader.")
@filter_options
@click.option(
    "--probes/--no-probes", default=True, help="Ask again, and for every role (five times the work)."
)
@click.option("--remote", metavar="URL", help="Score the Vouch server at this address.")
@click.option("--chat", metavar="URL", help="Score a model behind this OpenAI-compatible endpoint.")
@click.option("--model", metavar="NAME", help="The model of --chat.")
@click.option(
    "--baseline",
    type=click.Choice(["bm25", "dense", "llama-index"]),
    help="Score a plain search of the library instead.",
)
@click.option("--stored", type=_FOLDER, help="Score a stored run anew, without asking anything.")
@click.option("--judge", metavar="URL", help="Endpoint of a model that judges whether statements are said.")
@click.option("--judge-model", metavar="NAME", help="The model of --judge.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the outcome."
)
def evaluate(  # noqa: PLR0917
    gold: tuple[Path, ...],
    out: Path | None,
    other: Path | None,
    minima: tuple[str, ...],
    role: str | None,
    probes: bool,
    remote: str | None,
    chat: str | None,
    model: str | None,
    baseline: str | None,
    stored: Path | None,
    judge: str | None,
    judge_model: str | None,
    form: str,
    asked: Asked,
) -> None:
    """Measure answers to the gold questions in GOLD: files of JSON lines, or folders of them.

    Writes report.html, report.md and run.json. A run that was stopped goes on when it is started again.
    """
    from eval.compare import compare
    from eval.metrics import metrics
    from eval.report import write_report
    from eval.store import read_run
    from service import eval_systems

    among = metrics(judges := eval_systems.judges(judge, judge_model))
    least = [_minimum(text, among) for text in minima]
    before = read_run(other, among) if other else None  # that it can't be read is told before the work
    if stored:
        _refuse_beside(stored, gold, remote, chat)
        run, folder = _scored_anew(stored, among, judges, out)
    else:
        system = _system(remote, chat, model, baseline, role, probes, asked)
        run, folder = _made(gold, among, judges, system, out)
    comparison = compare(run, before, among) if before else None
    click.echo(f"report: {write_report(run, among, judges, comparison, folder)}", err=True)
    _print(run, among, comparison, form)
    _hold(run, among, least)


def _minimum(text: str, among: Sequence[Metric]) -> tuple[str, float]:
    from eval.metrics import chosen

    name, equals, value = text.partition("=")
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not equals or not 0 <= least <= 1:
        raise InputError(f"--min {text!r} isn't METRIC=VALUE with a value from 0 to 1, as in ndcg_at_10=0.7")
    chosen([name], among)
    return name, least


def _system(  # noqa: PLR0917
    remote: str | None,
    chat: str | None,
    model: str | None,
    baseline: str | None,
    role: str | None,
    probes: bool,
    asked: Asked,
) -> System:
    from service import eval_systems
    from service.settings import load_settings

    named = {"--remote": remote, "--chat": chat, "--baseline": baseline}
    given = [f"{option} {value}" for option, value in named.items() if value]
    if len(given) > 1:
        raise InputError(f"give one of {' and '.join(given)}: a run scores one system")
    if model and not chat:
        raise InputError(f"--model {model} is for --chat; give the address of its endpoint with --chat URL")
    if given and asked != Asked():
        raise InputError(
            f"{given[0]} takes no filters; leave them and --as-of out, or score our own pipeline"
        )
    if remote:
        return eval_systems.vouch_server(remote, today(), role)
    if chat:
        return eval_systems.chat_model(chat, model, today(), role)
    if baseline:
        return eval_systems.baseline(load_settings(), baseline, today())
    return eval_systems.our_pipeline(load_settings(), today(), role, probes, asked)


def _made(
    gold: Sequence[Path], among: Sequence[Metric], judges: Judges, system: System, out: Path | None
) -> tuple[Run, Path]:
    from dataclasses import replace

    from eval.evaluation import evaluate as run_of
    from eval.store import Store, fingerprint
    from service.answer_json import answer_json
    from service.progress import shown_progress
    from service.settings import load_settings

    found = _gold(gold)
    told = replace(system.provenance, gold=found.digests, judges=judges.names)
    folder = out or load_settings().data_home / "eval" / fingerprint(told)
    with shown_progress() as show:
        run = run_of(
            system.ask,
            found.questions,
            among,
            Store(folder, answer_json),
            provenance=told,
            tell=lambda done, total: show("questions", done, total),
        )
    return run, folder


def _gold(paths: Sequence[Path]) -> GoldSet:
    from eval.gold_sets import read_sets

    if not paths:
        raise InputError("no gold questions; give a file or folder of them, as in: vouch eval eval/gold")
    return read_sets(paths)


def _refuse_beside(stored: Path, gold: Sequence[Path], remote: str | None, chat: str | None) -> None:
    if gold or remote or chat:
        raise InputError(
            f"--stored {stored} brings its own questions and answers; leave GOLD, --remote and --chat out"
        )


def _scored_anew(stored: Path, among: Sequence[Metric], judges: Judges, out: Path | None) -> tuple[Run, Path]:
    from dataclasses import replace

    from eval.store import ROWS, read_run

    run = read_run(stored, among)
    source = stored if stored.is_dir() else stored.parent
    folder = out or source
    if folder.resolve() != source.resolve():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ROWS).write_bytes((source / ROWS).read_bytes())
    return replace(run, provenance=replace(run.provenance, judges=judges.names)), folder


def _print(run: Run, among: Sequence[Metric], comparison: Comparison | None, form: str) -> None:
    if form == "json":
        from eval.report_json import run_json
        from service.json_text import json_text

        click.echo(json_text(run_json(run, among, comparison)), nl=False)
    else:
        from service.console import results
        from service.eval_view import print_run

        print_run(run, among, comparison, results())
    sys.stdout.flush()


def _hold(run: Run, among: Sequence[Metric], least: Sequence[tuple[str, float]]) -> None:
    """End with 1 where a mean is below its minimum, or where there is no mean to hold against it."""
    from eval.summary import means

    of = means(run.rows, among)
    below = False
    for name, value in least:
        mean = of[name]
        if mean is None or mean.value < value:
            click.echo(
                f"below the minimum: {name} is {mean.value if mean else 'not computed'}, {value} is asked for",
                err=True,
            )
            below = True
    if below:
        click.get_current_context().exit(1)
