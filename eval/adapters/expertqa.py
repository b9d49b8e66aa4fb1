"""ExpertQA, medical part: claims of models' answers, and whether experts found their sources to support them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_lines
from eval.pairs import VerificationPair

SOURCE = Source(
    "expertqa_med",
    "ExpertQA (medicine)",
    "Malaviya et al., NAACL 2024; github.com/chaitanyamalaviya/ExpertQA",
    "MIT",
)
# "[1] https://… " stands before the words of the source; a bare address has no words to judge by.
_ADDRESS = re.compile(r"^\s*(?:\[\d+\]\s*)?https?://\S+\s*")
_MARK = re.compile(r"\s*\[\d+\]")
_MIN_CHARACTERS = 40
# Anything but complete support is none: the expert found a part that the source doesn't say.
_SUPPORTED = {"Complete": True, "Partial": None, "Incomplete": None, "Missing": None}


def read(folder: Path) -> Dataset:
    """Claims, without citation marks, with the words of the sources that they cite."""
    path = folder / "expertqa_medical_answers_given.jsonl"
    return Dataset(SOURCE, pairs=tuple(pair for record in read_lines(path) for pair in _pairs(record, path)))


def _pairs(record: Mapping[str, Any], path: Path) -> Iterator[VerificationPair]:
    for claim in field(field(record, "answer", path), "claims", path):
        words = [_ADDRESS.sub("", text).strip() for text in claim["evidence"]]
        cited = "\n\n".join(text for text in words if len(text) >= _MIN_CHARACTERS)
        if cited and claim["support"] in _SUPPORTED:
            text = " ".join(_MARK.sub("", claim["claim_string"]).split())
            yield VerificationPair(text, cited, _SUPPORTED[claim["support"]])
