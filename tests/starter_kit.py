"""What the tests over the starter library share: its gold questions, and the day of their answers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 24)
GOLD = Path(__file__).parents[1] / "eval/gold"


def gold_questions() -> list[dict]:
    """The gold questions that ship, as their files have them."""
    files = sorted(GOLD.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
