"""PubMedQA (PQA-L): questions that are the titles of papers, with the papers' abstracts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_json
from eval.gold import GoldQuestion
from rag.types import Document, PublicationDate, Section

SOURCE = Source("pubmedqa", "PubMedQA", "Jin et al., EMNLP 2019; github.com/pubmedqa/pubmedqa", "MIT")


def read(folder: Path) -> Dataset:
    """Abstracts without titles, as the question is the title; each question's own abstract is relevant."""
    path = folder / "pubmedqa_dev500.json"
    records: Mapping[str, Mapping[str, Any]] = read_json(path)
    return Dataset(
        SOURCE,
        documents=tuple(_document(key, record, path) for key, record in records.items()),
        questions=tuple(
            GoldQuestion(
                key,
                str(field(record, "QUESTION", path)),
                topic=SOURCE.name,
                best_evidence=(f"pmid:{key}",),
                relevant={f"pmid:{key}": 1},
            )
            for key, record in records.items()
        ),
    )


def _document(key: str, record: Mapping[str, Any], path: Path) -> Document:
    """The conclusion (`LONG_ANSWER`) isn't part of it: the set's contexts leave it out."""
    parts = zip(field(record, "LABELS", path), field(record, "CONTEXTS", path), strict=True)
    year = str(record.get("YEAR") or "")
    return Document(
        id=f"pmid:{key}",
        title="[No title]",
        sections=tuple(Section(label.capitalize(), " ".join(text.split())) for label, text in parts),
        published=PublicationDate(int(year)) if year.isdigit() else None,
        mesh_terms=tuple(record.get("MESHES") or ()),
        source_path=str(path),
    )
