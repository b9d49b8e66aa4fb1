"""The report of a run: `run.json`, `report.md` and one self-contained `report.html`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from eval.compare import Comparison
from eval.metrics import Judges, Metric
from eval.report_html import report_html
from eval.report_json import run_json
from eval.report_markdown import report_markdown
from eval.report_view import cases
from eval.run import Run
from eval.store import RUN
from rag.errors import InputError


def write_report(
    run: Run, among: Sequence[Metric], judges: Judges, comparison: Comparison | None, folder: Path
) -> Path:
    """Write all three into `folder` and return the path of the page.

    Raises:
        InputError: the folder can't be written to.
    """
    found = cases(run, among, judges)
    summary = json.dumps(run_json(run, among, comparison), ensure_ascii=False, indent=1, allow_nan=False)
    page = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / RUN, summary + "\n")
        _replace(folder / "report.md", report_markdown(run, among, found, comparison))
        _replace(page, report_html(run, among, found, comparison))
    except OSError as error:
        raise InputError(
            f"{folder} can't be written to: {error.strerror}; give another folder with --out"
        ) from error
    return page


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105  # says atomic
