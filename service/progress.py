"""How far a batch is, on standard error and only where a person watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeAlias

from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from service.console import messages

Tell: TypeAlias = Callable[[str, int, int], None]
"""Hears the stage, the steps done and the steps in all."""
_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)


class RateColumn(ProgressColumn):
    """Steps done in a second."""

    def render(self, task: Task) -> Text:
        """The rate, or nothing before it is known."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


class Shown:
    """Takes the stage, the steps done and the steps in all, and shows them as bars."""

    def __init__(self, bars: Progress, tell: Tell | None = None) -> None:
        self._bars = bars
        self._tell = tell
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._tell is not None:
            self._tell(stage, done, total)
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total, file="")
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def file(self, path: Path) -> None:
        """Show which file is being read; several seconds with the same one say that it is a large one."""
        if "reading" in self._tasks:
            name = path.name.encode("utf-8", "replace").decode()
            self._bars.update(self._tasks["reading"], file=escape(name))


@contextmanager
def shown_progress() -> Iterator[Shown]:
    """Bars for the stages of a batch, on standard error."""
    console = messages()
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", table_column=Column(overflow="ellipsis", no_wrap=True)),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        yield Shown(bars, _TELL.get())


@contextmanager
def telling(tell: Tell) -> Iterator[None]:
    """Let `tell` hear of all progress that is shown within the block, as where nobody watches a terminal."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)
