"""What became of a batch: the table at its end and the report as JSON."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from indexes.ledger import BatchReport, FileReport, FileState
from service.json_text import Json
from service.paragraphs import Paragraph, print_paragraphs, styled

_MEANS = {
    FileState.INDEXED: "new in the library",
    FileState.REVISED: "changed what the library had",
    FileState.UNCHANGED: "nothing new",
    FileState.QUARANTINED: "can't be read; tried again when changed or with --retry-quarantined",
    FileState.EXCLUDED: "read, but never used as evidence",
}
_NAMED = 20  # inputs named under the table; the report has them all


def report_json(report: BatchReport) -> dict[str, Json]:
    """The whole report."""
    return {
        "inputs": report.inputs,
        "indexed": report.indexed,
        "revised": report.revised,
        "unchanged": report.unchanged,
        "quarantined": report.quarantined,
        "excluded": report.excluded,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
        "generation": report.generation,
        "files": [_file_json(file) for file in report.files],
    }


def print_report(report: BatchReport, console: Console) -> None:
    """Print how many inputs came to which state, and name those with a reason."""
    total = f"{report.passages} passages added in {report.seconds:.1f} s; generation {report.generation}"
    if not report.files:
        print_paragraphs([styled(f"no inputs; {total}")], console)
        return
    rows = [(report.count(state), state.value, means) for state, means in _MEANS.items()]
    rows += [(report.inputs, "inputs", total)]
    print_paragraphs((styled(means, marker=f"{n:>6}  {name:<13}") for n, name, means in rows), console)
    reasons = [file for file in report.files if file.reason]
    print_paragraphs(map(input_line, reasons[:_NAMED]), console)
    if len(reasons) > _NAMED:
        print_paragraphs([styled(f"… and {len(reasons) - _NAMED} more; --report FILE has them all")], console)


def input_line(file: FileReport) -> Paragraph:
    """One input with the reason for its state; its path is named once."""
    style = "yellow" if file.state is FileState.QUARANTINED else ""
    path, here = Path(file.path).absolute(), Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    before, named, after = (file.reason or "").partition(path.name)
    reason = after.strip(" :") if named and " " not in before else file.reason
    name = str(shown).encode("utf-8", "replace").decode()
    return styled(f"{name}: {reason}", style, f"{file.state.value}: ")


def _file_json(file: FileReport) -> dict[str, Json]:
    return {
        "path": file.path,
        "state": file.state.value,
        "reason": file.reason,
        "attempts": file.attempts,
        "documents": list(file.documents),
    }
