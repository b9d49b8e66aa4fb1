"""The command that checks everything: doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.checkup import Finding


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print it."
)
def doctor(form: str) -> None:
    """Check everything, and say how to mend it.

    Reads the whole library: every document, passage, vector and cache. Ends with the exit code of the worst
    that it finds; what only deserves a look doesn't count.
    """
    from service.checkup import checkup
    from service.params import today
    from service.settings import load_settings

    found = []
    for finding in checkup(load_settings(), today()):
        found.append(finding)
        if form == "text":
            _print(finding)
    if form == "json":
        _print_json(found)
    click.get_current_context().exit(max(finding.exit_code for finding in found))


def _print(finding: Finding) -> None:
    from service.console import results
    from service.paragraphs import print_paragraphs, styled

    style = {"good": "", "notice": "yellow", "bad": "bold red"}[finding.state]
    told = f"{finding.found}; {finding.remedy}" if finding.remedy else finding.found
    print_paragraphs([styled(f"{finding.part}: {told}", style, marker=f"{finding.state:<8}")], results())


def _print_json(found: Sequence[Finding]) -> None:
    from service.json_text import json_text

    checks = [
        {"part": one.part, "state": one.state.value, "found": one.found, "remedy": one.remedy or None}
        for one in found
    ]
    worst = "bad" if any(one.exit_code for one in found) else "good"
    click.echo(json_text({"state": worst, "checks": checks}), nl=False)
