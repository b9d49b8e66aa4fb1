"""What is in the library, for reading or as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from indexes.library import LibraryStatus
from service.batch_view import input_line
from service.json_text import Json
from service.paragraphs import print_paragraphs, styled

K = TypeVar("K", bound=str)


def status_json(status: LibraryStatus, home: Path, answers: int) -> dict[str, Json]:
    """The figures of a library."""
    return {
        "home": str(home),
        "generation": status.coverage.generation,
        "documents": status.coverage.documents,
        "passages": status.coverage.passages,
        "model": status.model,
        "indexed_at": status.indexed_at or None,
        "by_status": dict(_sorted(status.by_status)),
        "by_design": dict(_sorted(status.by_design)),
        "years": list(status.years) if status.years else None,
        "undated": status.undated,
        "inputs": dict(status.inputs),
        "quarantined": [
            {"path": file.path, "reason": file.reason, "attempts": file.attempts}
            for file in status.quarantined
        ],
        "database_bytes": status.database_bytes,
        "cache_bytes": status.cache_bytes,
        "saved_answers": answers,
    }


def print_status(status: LibraryStatus, home: Path, answers: int, console: Console) -> None:
    """Print the figures of a library."""
    coverage = status.coverage
    years = f"{status.years[0]} to {status.years[1]}" if status.years else "none known"
    size = (status.database_bytes + status.cache_bytes) / 1_000_000
    rows = {
        "data home": str(home),
        "generation": f"{coverage.generation}, made {status.indexed_at or 'never'}",
        "documents": f"{coverage.documents} ({_listed(status.by_status)})",
        "passages": str(coverage.passages),
        "designs": _listed(status.by_design),
        "years": f"{years}; {status.undated} without a date",
        "inputs": _listed(status.inputs),
        "model": status.model or "none yet",
        "on disk": f"{size:.1f} MB",
        "saved answers": str(answers),
    }
    print_paragraphs((styled(value, marker=f"{name:<14}") for name, value in rows.items()), console)
    print_paragraphs(map(input_line, status.quarantined), console)


def _sorted(counts: Mapping[K, int]) -> list[tuple[str, int]]:
    return sorted(
        ((str(name), number) for name, number in counts.items()), key=lambda item: (-item[1], item[0])
    )


def _listed(counts: Mapping[K, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in _sorted(counts)) or "none"
