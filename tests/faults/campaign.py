"""The whole campaign of faults: every durable step, many kills, many damaged files; prints a table of figures.

Run by `make faults`. A seed is a trial: `--from` goes on where a campaign was stopped.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
UNNOTICED_ROWS, UNNOTICED_ANSWERS = "are others", "otherwise than it should"
ERRORS = ("ENOSPC", "EIO")


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one kind of fault."""

    fault: str
    trials: int
    failed: int
    """Trials in which a promise was broken."""
    outcomes: str
    """How the others ended, with their numbers."""
    slowest: float
    """Seconds."""


def main() -> int:
    """Run what is asked for; 1 where a promise was broken."""
    asked = _arguments()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="vouch-faults-") as folder:
        from trials import Course
        from victims import victims

        with victims() as source:
            for large in (False, True):
                course = Course(Path(folder) / ("large" if large else "small"), large=large).run()
                for row in _rows(course, source, asked):
                    rows.append(row)
                    print(_line(row), flush=True)  # noqa: T201
    if asked.out:
        asked.out.write_text(_written(rows, asked.out.suffix), encoding="utf-8")
    return int(any(row.failed for row in rows))


def _rows(course, source, asked) -> Iterable[Row]:
    from batches import ACTIONS
    from damage import damaged_cache, damaged_database
    from trials import killed, steps, struck

    size = "large" if course.large else "small"
    numbered = [
        (action, at, step) for action in ACTIONS for at, step in enumerate(steps(course, source, action), 1)
    ]
    for fault in asked.faults:
        # SQLite's own statements can't be refused from outside, and only an fsync can lose half a file.
        those = [
            (action, at)
            for action, at, step in numbered
            if fault == "exit"
            or (step.startswith("fsync") if fault == "torn" else not step.startswith("sql"))
        ]

        def strike(one, fault=fault):
            action, at = one
            return struck(course, source, (action,), fault=fault, at=at, lasting=fault in ERRORS)

        yield _counted(f"{fault} at every durable step, {size}", those, lambda one: _of_batch(strike(one)))
    seeds = range(asked.start, asked.start + asked.kills // 2)
    yield _counted(f"kill -9, {size}", seeds, lambda seed: _of_batch(killed(course, source, seed)))
    seeds = range(asked.start, asked.start + asked.damages // 2)
    yield _counted(f"damaged cache file, {size}", seeds, lambda seed: _of_damage(damaged_cache(course, seed)))
    if not course.large:
        seeds = range(asked.start, asked.start + asked.databases)
        yield _counted("damaged database", seeds, lambda seed: _of_database(damaged_database(course, seed)))


def _of_batch(found) -> tuple[str, str]:
    status, verdict = found
    ends = {9: "exited", -9: "killed", 0: "ended", 3: "refused with 3"}
    fault = "; ".join(verdict.faults) or ("" if status in ends else f"exit status {status}")
    return ends.get(status, "other"), fault


def _of_damage(outcome) -> tuple[str, str]:
    return outcome.fate.partition(":")[0], f"{outcome.damage}: {outcome.fate}" if outcome.wrong else ""


def _of_database(outcome) -> tuple[str, str]:
    """What SQLite doesn't notice is counted and breaks no promise: docs/failure-modes.md says so."""
    unnoticed = outcome.fate.endswith((UNNOTICED_ROWS, UNNOTICED_ANSWERS))
    return ("WRONG AND UNNOTICED", "") if unnoticed else _of_damage(outcome)


def _counted(name: str, trials: Iterable[object], run: Callable[[object], tuple[str, str]]) -> Row:
    ends: Counter[str] = Counter()
    failed, slowest = 0, 0.0
    for trial in trials:
        started = time.perf_counter()
        end, fault = run(trial)
        slowest = max(slowest, time.perf_counter() - started)
        ends[end] += not fault
        failed += bool(fault)
        if fault:
            print(f"  {name}, {trial}: {fault}", flush=True)  # noqa: T201
    told = ", ".join(f"{count} {end}" for end, count in ends.most_common() if count)
    return Row(name, sum(ends.values()) + failed, failed, told, slowest)


def _line(row: Row) -> str:
    return f"| {row.fault} | {row.trials:,} | {row.failed} | {row.outcomes} | {row.slowest:.1f} |"


def _written(rows: list[Row], suffix: str) -> str:
    if suffix == ".json":
        return json.dumps([asdict(row) for row in rows], indent=1)
    head = "| fault | trials | broken promises | how the others ended | slowest, s |\n|---|---|---|---|---|"
    return "\n".join([head, *map(_line, rows), ""])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    faults = ["exit", "torn", *ERRORS]
    parser.add_argument("--faults", nargs="*", choices=faults, default=faults, help="at every durable step")
    parser.add_argument("--kills", type=int, default=1_000, help="kills at random moments")
    parser.add_argument("--damages", type=int, default=10_000, help="damaged cache files")
    parser.add_argument("--databases", type=int, default=1_000, help="damaged databases")
    parser.add_argument("--from", dest="start", type=int, default=0, help="the first seed")
    parser.add_argument("--out", type=Path, help="write the table to this file, .md or .json")
    return parser.parse_args()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
