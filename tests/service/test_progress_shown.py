"""Bars of a batch, as a terminal shows them."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TextColumn

from service.progress import Shown


def shown(act):
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with Progress(
        TextColumn("{task.description} {task.completed} {task.fields[file]}"), console=console
    ) as bars:
        act(Shown(bars))
    return console.file.getvalue()


def test_the_file_that_is_being_read_is_named_as_it_is_written():
    def act(progress):
        progress("reading", 3, 9)
        progress.file(Path("folder/[red]made-up.xml"))

    assert "reading 3 [red]made-up.xml" in shown(act)


def test_a_file_before_the_first_step_is_no_fault():
    assert "made-up" not in shown(lambda progress: progress.file(Path("made-up.xml")))


def test_a_name_that_is_no_utf8_can_be_shown():
    def act(progress):
        progress("reading", 0, 1)
        progress.file(Path("odd\udcff.xml"))

    assert "odd?.xml" in shown(act)
