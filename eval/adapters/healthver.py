"""HealthVer: claims about COVID-19 as the public reads them, beside sentences of papers."""

from __future__ import annotations

from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_table
from eval.pairs import VerificationPair

SOURCE = Source(
    "healthver",
    "HealthVer (dev)",
    "Sarrouti et al., Findings of EMNLP 2021; github.com/sarrouti/HealthVer",
    "no licence given (CC BY-NC 2.0 for a derived version): internal evaluation only",
    internal=True,
)
_SUPPORTED = {"Supports": True, "Refutes": False, "Neutral": None}


def read(folder: Path) -> Dataset:
    """Claims with the evidence sentences they are held against."""
    path = folder / "healthver_dev.csv"
    return Dataset(
        SOURCE,
        pairs=tuple(
            VerificationPair(
                field(row, "claim", path), field(row, "evidence", path), _SUPPORTED[field(row, "label", path)]
            )
            for row in read_table(path)
        ),
    )
