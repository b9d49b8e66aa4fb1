"""The tables of vouch bench scale. All figures are made up."""

from __future__ import annotations

import io

from rich.console import Console

from service.bench_scale import ScaleFigures
from service.scale_view import print_scale, scale_json

SPREAD = {"p50": 12.34, "p99": 56.78}
OURS = {
    "open_ms": 250.0,
    "resident_open_bytes": 300_000_000,
    "resident_after_100_bytes": 400_000_000,
    "resident_end_bytes": None,
    "recall_at_10": 0.991,
    "ms": {"vectors alone": SPREAD},
}
DISK = {"database": 1_900_000_000, "vector index": 400_000_000, "lexical index": 130_000_000}
FIGURES = [
    ScaleFigures(1000, 500, 9.0, DISK, (0.3, 0.5, 0.4), (0.1,), OURS, {"LlamaIndex, FAISS": {"ms": SPREAD}}),
    ScaleFigures(1_000_000, 500_000, 900.0, DISK, (0.6,), (0.2,), OURS, {}),
]


def test_there_is_a_column_for_each_size_and_what_was_not_measured_says_so():
    out = io.StringIO()

    print_scale(FIGURES, 0.25, Console(file=out, width=100))

    shown = out.getvalue()
    assert "1,000 passages" in shown
    assert "1,000,000 passages" in shown
    assert "12.3 / 56.8" in shown
    assert [line.split()[-1] for line in shown.splitlines() if "LlamaIndex, FAISS" in line] == ["-"]
    assert any(line.split()[-2:] == ["0.40", "0.60"] for line in shown.splitlines() if "add 100" in line)
    assert any(line.split()[-2:] == ["2.43", "2.43"] for line in shown.splitlines() if "on disk" in line)


def test_the_json_says_how_the_library_was_made():
    found = scale_json(FIGURES, 0.25)

    assert "15 %" in found["made"]
    assert [size["passages"] for size in found["sizes"]] == [1000, 1_000_000]
