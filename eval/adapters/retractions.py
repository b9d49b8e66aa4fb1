"""Retraction Watch: papers that were retracted, doubted, corrected or reinstated, with their notices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import read_table, records_of
from eval.bench_currency import Notice
from rag.types import Link, LinkKind

SOURCE = Source(
    "retractions",
    "Retraction Watch, a sample",
    "Retraction Watch database by Crossref",
    "free to use; cite Retraction Watch and Crossref",
)
_SAYS = {
    "Retraction": LinkKind.RETRACTS,
    "Expression of concern": LinkKind.RAISES_CONCERN,
    "Correction": LinkKind.CORRECTS,
    "Reinstatement": LinkKind.REINSTATES,
}


def read(folder: Path) -> Dataset:
    """The notices in the order of the file."""
    path = folder / "retraction_watch_sample_given.csv"
    with records_of(path):
        return Dataset(SOURCE, notices=tuple(_notice(row) for row in read_table(path)))


def _notice(row: Mapping[str, str]) -> Notice:
    paper = f"doi:{row['originalpaperdoi'].strip()}"
    return Notice(paper, Link(_SAYS[row["retractionnature"]], paper))
