"""One document with its passages, for reading or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from rag.article import about
from rag.citations import url_of, vancouver
from rag.types import Document, Passage
from service.json_text import Json
from service.paragraphs import print_paragraphs, styled


def document_json(document: Document, passages: Sequence[Passage]) -> dict[str, Json]:
    """All fields of a document, and its passages."""
    return {
        **_identity(document),
        **_appraisal(document),
        "status": document.status.value,
        "links": [{"kind": link.kind.value, "target": link.target} for link in document.links],
        "notes": [{"kind": note.kind.value, "text": note.text} for note in document.notes],
        "unverified_fields": list(document.unverified_fields),
        "title_paraphrased": document.title_paraphrased,
        "digest": document.digest,
        "seen": list(document.seen),
        "url": url_of(document),
        "licence": document.licence,
        "source_path": document.source_path,
        "citation": vancouver(document),
        "passages": [passage_json(passage) for passage in passages],
    }


def print_document(document: Document, passages: Sequence[Passage], console: Console) -> None:
    """Print a document and its passages."""
    facts = [
        vancouver(document),
        about(document),
        f"status: {document.status.value}",
        *(f"{link.kind.value}: {link.target}" for link in document.links),
        *(f"note ({note.kind.value}): {note.text}" for note in document.notes),
        f"licence: {document.licence}" if document.licence else "",
        f"read from: {document.source_path}" if document.source_path else "",
    ]
    heading = [styled(f"{document.id}  {document.title}", "bold")]
    heading += [styled(f"also known as: {', '.join(document.aliases)}", "dim")] if document.aliases else []
    print_paragraphs([*heading, *(styled(fact) for fact in facts if fact)], console)
    for passage in passages:
        lines = [styled(line) for line in passage.text.splitlines()]
        head = [styled(""), styled(passage.section or "Text", "bold cyan"), styled(passage.id, "dim")]
        print_paragraphs([*head, *lines], console)


def _identity(document: Document) -> dict[str, Json]:
    return {
        "id": document.id,
        "aliases": list(document.aliases),
        "title": document.title,
        "authors": list(document.authors),
        "authors_complete": document.authors_complete,
        "journal": document.journal,
        "volume": document.volume,
        "issue": document.issue,
        "pages": document.pages,
        "published": str(document.published) if document.published else None,
        "year": document.year,
        "revised": document.revised.isoformat() if document.revised else None,
    }


def _appraisal(document: Document) -> dict[str, Json]:
    return {
        "publication_types": list(document.publication_types),
        "mesh_terms": list(document.mesh_terms),
        "keywords": list(document.keywords),
        "languages": list(document.languages),
        "design": document.design.value,
        "design_text": document.design_text,
        "level": int(document.level) if document.level else None,
        "level_inferred": document.level_inferred,
        "sample_size": document.sample_size,
        "population": document.population,
        "populations": sorted(document.populations),
        "populations_inferred": document.populations_inferred,
        "registry": document.registry,
    }


def passage_json(passage: Passage) -> dict[str, Json]:
    """One passage."""
    return {
        "id": passage.id,
        "section": passage.section,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
    }
