"""PubMedRS-200: systematic reviews, each with a question that its conclusion answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eval.adapters.dataset import Dataset, Source
from eval.adapters.files import field, read_table
from eval.gold import GoldQuestion
from rag.types import Document, PublicationDate, Section

SOURCE = Source(
    "pubmedrs200",
    "PubMedRS-200",
    "Lozano et al. (Clinfo.ai), PSB 2024; github.com/som-shahlab/Clinfo.AI",
    "MIT; abstracts are PubMed's",
)
_FILE = "PubMedRS-200_given.csv"


def read(folder: Path) -> Dataset:
    """The reviews' abstracts, and the questions as people asked them; each question's own review is relevant."""
    path = folder / _FILE
    rows = tuple(read_table(path))
    return Dataset(
        SOURCE,
        documents=tuple(_document(row, path) for row in rows),
        questions=tuple(_question(row, path) for row in rows),
    )


def _question(row: Mapping[str, str], path: Path) -> GoldQuestion:
    key = f"pmid:{field(row, 'PMID', path).strip()}"
    asked = row.get("HumanQuestions", "").strip() or field(row, "questions", path).strip()
    return GoldQuestion(key, asked, topic=SOURCE.name, best_evidence=(key,), relevant={key: 1})


def _document(row: Mapping[str, str], path: Path) -> Document:
    paragraphs = (" ".join(part.split()) for part in field(row, "Abstract", path).split("\n\n"))
    return Document(
        id=f"pmid:{row['PMID'].strip()}",
        title=" ".join(field(row, "Title", path).split()),
        sections=(Section("Abstract", "\n\n".join(part for part in paragraphs if part)),),
        published=_published(row.get("PublishedDate", "")),
        source_path=str(path),
    )


def _published(text: str) -> PublicationDate | None:
    """From month, day and year, as in 6/17/2016."""
    parts = text.strip().split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    month, day, year = map(int, parts)
    return PublicationDate(year, month, day)
