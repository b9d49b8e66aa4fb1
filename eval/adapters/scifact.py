"""SciFact: abstracts, claims that experts wrote about them, and what the abstracts say to the claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_lines
from eval.beir import read_corpus, read_qrels
from eval.gold import GoldQuestion
from eval.pairs import VerificationPair

SOURCE = Source(
    "scifact",
    "SciFact",
    "Wadden et al., EMNLP 2020; github.com/allenai/scifact",
    "claims CC BY 4.0, abstracts ODC-By 1.0",
)
_SUPPORTED = {"SUPPORT": True, "CONTRADICT": False}


def read(folder: Path) -> Dataset:
    """The abstracts; the claims as questions; each claim with each rationale, and with the abstract that is silent."""
    path = folder / "claims_train.jsonl"
    claims = tuple(read_lines(path))
    sentences = {str(field(record, "doc_id", folder)): _sentences(record) for record in _corpus(folder)}
    qrels = read_qrels(folder / "qrels_train.tsv")
    return Dataset(
        SOURCE,
        documents=read_corpus(folder / "corpus.jsonl"),
        questions=tuple(
            GoldQuestion(key, str(field(claim, "claim", path)), topic=SOURCE.name, relevant=qrels[key])
            for claim in claims
            if (key := str(field(claim, "id", path))) in qrels
        ),
        pairs=tuple(pair for claim in claims for pair in _pairs(claim, sentences, path)),
    )


def _corpus(folder: Path) -> Iterator[Mapping[str, Any]]:
    return read_lines(folder / "corpus.jsonl")


def _sentences(record: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(sentence).strip() for sentence in record.get("abstract", ()))


def _pairs(
    claim: Mapping[str, Any], sentences: Mapping[str, tuple[str, ...]], path: Path
) -> Iterator[VerificationPair]:
    text, evidence = str(field(claim, "claim", path)), field(claim, "evidence", path)
    for document, rationales in evidence.items():
        for rationale in rationales:
            chosen = " ".join(sentences[document][number] for number in rationale["sentences"])
            yield VerificationPair(text, chosen, _SUPPORTED[rationale["label"]])
    for document in map(str, claim.get("cited_doc_ids", ())):
        if document not in evidence and document in sentences:
            yield VerificationPair(text, " ".join(sentences[document]), None)
