"""What a record lets us judge about its document: design, level, sample size, groups studied, standing."""

from __future__ import annotations

from dataclasses import replace

from corpus.currency import status_of
from corpus.design import classify
from corpus.population import with_populations
from corpus.sample_size import sample_size
from rag.types import Design, Document, Note, NoteKind, Status

TITLE_ONLY = Note(NoteKind.SCOPE, "no abstract: title only")
"""Stays with a document of which nothing but the title is known."""

_WITHOUT_A_SAMPLE = frozenset(
    {
        Design.NOTICE,
        Design.PROTOCOL,
        Design.OPINION,
        Design.GUIDELINE,
        Design.CONSENSUS,
        Design.NARRATIVE_REVIEW,
        Design.PRECLINICAL,
        Design.REGULATORY,
        Design.UNKNOWN,
    }
)


def appraised(document: Document) -> Document:
    """`document` with design, level, sample size, groups, status and remarks; a given size or status is kept."""
    abstract = "\n\n".join(section.text for section in document.sections)
    judged = classify(
        document.publication_types, document.title, abstract, document.design_text, document.mesh_terms
    )
    counted = None if judged.design in _WITHOUT_A_SAMPLE else sample_size(abstract)
    unmarked = not document.sections and TITLE_ONLY not in document.notes
    given = document.status is not Status.CURRENT
    known = replace(
        document,
        design=judged.design,
        level=judged.level,
        level_inferred=judged.inferred,
        sample_size=counted if document.sample_size is None else document.sample_size,
        status=document.status if given else status_of(document, ()),
        notes=(*document.notes, TITLE_ONLY) if unmarked else document.notes,
    )
    return with_populations(known)
