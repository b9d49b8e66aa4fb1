"""The measure of a batch: how fast new documents are indexed, in how much memory, beside plain LlamaIndex."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.types import Document
from service.fresh_process import printed_by

if TYPE_CHECKING:
    from eval.adapters.dataset import Dataset
    from eval.gold import GoldQuestion
    from eval.intervals import Mean

LOTS = (10, 128)
"""Texts that LlamaIndex hands to its model at a time: what it does unless told otherwise, and what suits the model."""


@dataclass(frozen=True, slots=True)
class IndexFigures:
    """How one system indexed the documents, in a process of its own."""

    name: str
    documents: int
    texts: int
    """Passages, or nodes of LlamaIndex."""
    seconds: float
    """From loading the model to the index on disk."""
    peak_bytes: int
    reader_peak_bytes: int
    """Of the process that reads files; 0 where there is none."""
    ndcg: Mean | None
    """nDCG@10 over the set's questions; None where it has none."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How near our embedding comes to what the machine can do."""

    peak: float
    """Operations a second of int8 matrix products; of the best of several rounds."""
    used: float
    """Operations a second of the model's linear layers while passages were embedded."""
    tokens_per_second: float


@dataclass(frozen=True, slots=True)
class IndexBench:
    """All figures of a run; `systems` begins with ours."""

    systems: tuple[IndexFigures, ...]
    limit: Limit | None
    """None where the model isn't the default one in int8."""


def index_bench(
    home: Path, dataset: Dataset, peak: Callable[[], float], tell: Callable[[str, int, int], None]
) -> IndexBench:
    """Index the set's documents with each system in turn; what they write lies in `home` and is removed.

    Args:
        home: a folder of this bench alone.
        dataset: documents, and questions to see what each system then finds.
        peak: operations a second that the machine is capable of.
        tell: told which system is at work.
    """
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    source, asked = home / "documents.jsonl", home / "questions.txt"
    source.write_text("".join(_lines(dataset.documents)), encoding="utf-8")
    asked.write_text(
        "".join(f"{' '.join(one.question.split())}\n" for one in dataset.questions), encoding="utf-8"
    )
    named = {"ours": ("ours", 0)} | {f"LlamaIndex, by {lot}": ("plain", lot) for lot in LOTS}
    named |= {f"LlamaIndex, every word, by {lot}": ("whole", lot) for lot in LOTS[:1]}
    found: dict[str, dict[str, Any]] = {}
    for done, (name, (kind, lot)) in enumerate(named.items()):
        tell(f"indexing: {name}", done, len(named))
        folder = home / f"{kind}-{lot}"
        found[name] = printed_by("service.index_probe", kind, str(lot), str(source), str(folder), str(asked))
        shutil.rmtree(folder)
    limit = _limit(found["ours"], peak()) if found["ours"]["tokens"] else None
    shutil.rmtree(home)
    systems = (_figures(name, one, dataset) for name, one in found.items())
    return IndexBench(tuple(systems), limit)


def _lines(documents: Iterable[Document]) -> Iterable[str]:
    """Documents as a person would give them: identifier, title and text."""
    for document in documents:
        text = "\n\n".join(section.text for section in document.sections)
        yield json.dumps({"id": document.id, "title": document.title, "text": text}) + "\n"


def _figures(name: str, found: dict[str, Any], dataset: Dataset) -> IndexFigures:
    return IndexFigures(
        name=name,
        documents=len(dataset.documents),
        texts=found["texts"],
        seconds=found["seconds"],
        peak_bytes=found["peak_bytes"],
        reader_peak_bytes=found["reader_peak_bytes"],
        ndcg=_ndcg(dataset.questions, found["ranked"]),
    )


def _ndcg(questions: Sequence[GoldQuestion], ranked: Sequence[Sequence[str]]) -> Mean | None:
    from eval.baselines import by_best_passage
    from eval.intervals import mean_of
    from eval.metrics_ranking import ndcg_at_10
    from eval.result import Result

    return mean_of(
        [
            ndcg_at_10(gold, Result(ranked=by_best_passage(ids)))
            for gold, ids in zip(questions, ranked, strict=True)
        ]
    )


def _limit(ours: dict[str, Any], peak: float) -> Limit:
    from indexes.matrix_peak import OPERATIONS_A_TOKEN

    per_second = ours["tokens"] / ours["embedding_seconds"]
    return Limit(peak, per_second * OPERATIONS_A_TOKEN, per_second)
