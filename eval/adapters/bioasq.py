"""BioASQ task B: questions of biomedical experts with the records and passages that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_json
from eval.gold import GoldQuestion
from rag.errors import InputError
from rag.types import Document, Section

SOURCE = Source(
    "bioasq",
    "BioASQ task B (7B, 8B)",
    "Tsatsaronis et al., BMC Bioinformatics 2015; the copy in github.com/Teddy-XiongGZ/MIRAGE",
    "BioASQ participant terms: internal evaluation only",
    internal=True,
)


def read(folder: Path) -> Dataset:
    """Questions, and records made of all gold passages of all questions."""
    paths = sorted(folder.glob("*_golden.json"))
    if not paths:
        raise InputError(f"{folder} holds no *_golden.json of BioASQ; give the folder of the set")
    records = [record for path in paths for record in field(read_json(path), "questions", path)]
    documents = _documents(records, folder)
    return Dataset(
        SOURCE, documents=documents, questions=tuple(_question(record, folder) for record in records)
    )


def _question(record: Mapping[str, Any], folder: Path) -> GoldQuestion:
    relevant = {_pmid(url): 1 for url in field(record, "documents", folder)}
    return GoldQuestion(
        str(field(record, "id", folder)),
        str(field(record, "body", folder)),
        kind=str(record.get("type", "single")),
        topic=SOURCE.name,
        relevant=relevant,
    )


def _documents(records: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Document, ...]:
    """One document for each record that a passage was taken from; only its passages are known."""
    passages: dict[str, dict[str, None]] = {}
    for record in records:
        for found in field(record, "snippets", folder):
            passages.setdefault(_pmid(found["document"]), {})[" ".join(found["text"].split())] = None
    return tuple(
        Document(
            id=key,
            title="[No title]",
            sections=(Section("Abstract", "\n\n".join(texts)),),
            source_path=str(folder),
        )
        for key, texts in sorted(passages.items())
    )


def _pmid(url: str) -> str:
    return f"pmid:{url.rstrip('/').rsplit('/', 1)[-1]}"
