"""Made-up documents, passages and evidence for tests: no study in here exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.types import Design, Document, Evidence, Passage, PublicationDate, Retrieved, Section, Why

TODAY = date(2026, 11, 24)


def document(number: int = 1, text: str = "", **fields) -> Document:
    """A made-up document; its id says so."""
    known = {"title": f"Made-up study {number}", "published": PublicationDate(2020), "design": Design.COHORT}
    known |= {"level_inferred": False, **fields}
    return Document(id=f"ref:made-up-{number}", sections=(Section("Results", text),), **known)


def passage(text: str, of: Document | None = None, section: str = "Results", number: int = 1) -> Passage:
    """A passage of `of`, else of a made-up document."""
    document_id = of.id if of else "ref:made-up-1"
    return Passage(f"{document_id}#{number:016x}", document_id, section, text, 0, len(text))


def retrieved(
    text: str, of: Document | None = None, cosine: float | None = 0.6, number: int = 1
) -> Retrieved:
    """A passage as search returns it."""
    of = of or document()
    return Retrieved(passage(text, of, number=number), of, fused=0.02, cosine=cosine)


def evidence(text: str, of: Document | None = None, score: float = 0.6, section: str = "Results") -> Evidence:
    """Ranked evidence."""
    of = of or document()
    return Evidence(passage(text, of, section), of, Why(score, 0.5, 0.8, 1.0, score, "made up"))


class FakeRetrieve:
    """Returns the same passages whatever is asked, and remembers what was."""

    def __init__(self, found: Sequence[Retrieved]) -> None:
        self.found = tuple(found)
        self.queries: list[str] = []

    def __call__(self, queries, filters):
        self.queries += queries
        return self.found
