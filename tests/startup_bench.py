"""How long commands take, from process start to last byte; `make bench` runs it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 7
COMMANDS = (
    ("--help",),
    ("status",),
    ("search", "spinal hematoma resorption"),
    ("ask", "What is the process of spinal hematoma (spinal epidural hematoma) resorption?"),
    (
        "ask",
        "What is the process of spinal hematoma (spinal epidural hematoma) resorption?",
        "--format",
        "json",
    ),
)


def main() -> None:
    """Print the fastest and the middle of some runs of each command, the first of which doesn't count."""
    vouch = Path(sys.executable).with_name("vouch")
    sys.stdout.write(f"{'median':>8} {'fastest':>8}   (seconds, {RUNS} runs)\n")
    for arguments in COMMANDS:
        command = [str(vouch), *arguments]
        seconds = [_seconds(command) for _ in range(RUNS + 1)][1:]
        sys.stdout.write(
            f"{statistics.median(seconds):8.2f} {min(seconds):8.2f}   vouch {' '.join(arguments)}\n"
        )


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
