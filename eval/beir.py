"""Sets in BEIR's format: corpus.jsonl, queries.jsonl, qrels/*.tsv (Thakur et al., NeurIPS 2021)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_lines, read_table
from eval.gold import GoldQuestion
from rag.errors import InputError
from rag.types import Document, Section

SPLITS = ("test", "train", "dev")  # the first that is there is read, where none is named


def is_beir(folder: Path) -> bool:
    """Whether a folder holds a set in this format."""
    return (folder / "queries.jsonl").is_file() and (folder / "qrels").is_dir()


def read_beir(folder: Path, split: str | None = None) -> Dataset:
    """The documents of a set and the questions of one of its splits, each with its graded judgements.

    A document's id is `ref:` and BEIR's own id. Questions without a judgement in the split are left out.

    Raises:
        InputError: a file isn't there, or isn't in this format.
    """
    qrels = read_qrels(_qrels(folder, split))
    queries = folder / "queries.jsonl"
    questions = tuple(
        GoldQuestion(
            id=key, question=str(field(record, "text", queries)), topic=folder.name, relevant=qrels[key]
        )
        for record in read_lines(queries)
        if (key := str(field(record, "_id", queries))) in qrels
    )
    source = Source(folder.name, folder.name, "a set in BEIR's format", "see the set itself")
    return Dataset(source, documents=read_corpus(folder / "corpus.jsonl"), questions=questions)


def read_corpus(path: Path) -> tuple[Document, ...]:
    """The documents of a `corpus.jsonl`; SciFact's own names of the fields are known as well."""
    return tuple(_document(record, path) for record in read_lines(path))


def read_qrels(path: Path) -> Mapping[str, Mapping[str, int]]:
    """Graded judgements by query id, each by document id (`ref:…`).

    Raises:
        InputError: the file isn't there, or a grade is no whole number.
    """
    qrels: dict[str, dict[str, int]] = {}
    for row in read_table(path, "\t"):
        query, document, score = (row.get(name) for name in ("query-id", "corpus-id", "score"))
        if query is None or document is None or score is None or not score.strip().lstrip("-").isdigit():
            raise InputError(
                f"{path}: {dict(row)} is no judgement; give columns query-id, corpus-id and score"
            )
        qrels.setdefault(query, {})[f"ref:{document}"] = int(score)
    return qrels


def _qrels(folder: Path, split: str | None) -> Path:
    names = (split,) if split else SPLITS
    for name in names:
        path = folder / "qrels" / f"{name}.tsv"
        if path.is_file():
            return path
    raise InputError(f"{folder} has no judgements for {' or '.join(names)}; looked in {folder / 'qrels'}")


def _document(record: Mapping[str, object], path: Path) -> Document:
    key = record.get("_id", record.get("doc_id"))
    text = record.get("text", record.get("abstract"))
    if key is None or text is None:
        raise InputError(f"{path}: a record has no _id or no text, only {', '.join(record)}; give both")
    whole = " ".join(map(str, text)) if isinstance(text, list) else str(text)
    plain = " ".join(whole.split())
    return Document(
        id=f"ref:{key}",
        title=" ".join(str(record.get("title") or "").split()) or "[No title]",
        sections=(Section("Abstract", plain),) if plain else (),
        source_path=str(path),
    )
