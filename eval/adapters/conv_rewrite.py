"""Follow-up questions of real conversations, with rewrites by people that stand alone."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import Fields, read_lines, records_of
from eval.bench_followups import Rewrite

SOURCE = Source(
    "conv_rewrite",
    "Conversational rewrites",
    "TREC CAsT 2019, TREC iKAT 2023 and CANARD (Elgohary et al., EMNLP 2019)",
    "CAsT and iKAT MIT; CANARD CC BY-SA 4.0",
)


def read(folder: Path) -> Dataset:
    """The turns in the order of the file."""
    path = folder / "unified_rewrites_given.jsonl"
    with records_of(path):
        return Dataset(SOURCE, rewrites=tuple(_rewrite(record) for record in read_lines(path)))


def _rewrite(record: Fields) -> Rewrite:
    return Rewrite(
        question=str(record["question"]),
        # All but CAsT have each answer behind its question; what it said isn't part of what we condense.
        earlier=tuple(map(str, record["history"][:: 1 if record["set"] == "cast2019" else 2])),
        gold=str(record["rewrite"]),
        medical=bool(record["health_topic"]),
        group=str(record["set"]),
        held_out=_held_out(str(record["id"]).rpartition("_")[0]),
    )


def _held_out(conversation: str) -> bool:
    """Whether a conversation is of the half that nobody looked at when the rules were written."""
    return int(sha256(conversation.encode()).hexdigest(), 16) % 2 == 1
