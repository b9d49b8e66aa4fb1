"""Search results, documents and passages as OpenAPI describes them; tests hold the JSON to it."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from rag.types import Status
from service.http.answer_models import FiltersReply, RestrictionReply, WhyReply


class _Reply(BaseModel):
    model_config = ConfigDict(use_enum_values=True)


class FoundReply(_Reply):
    """A passage that was found, and why it ranks there."""

    document_id: str
    passage_id: str
    title: str
    year: int | None
    design: str
    level: int | None
    level_inferred: bool
    status: Status
    status_note: str | None
    text: str
    why: WhyReply


class ExcludedReply(_Reply):
    """A document that was found and left out."""

    document_id: str
    title: str
    status: Status
    status_note: str | None
    reason: str


class SearchReply(_Reply):
    """Ranked evidence for a query."""

    query: str
    understood_as: str
    generation: int
    as_of: date
    filters: FiltersReply
    restricted_to: RestrictionReply | None
    results: list[FoundReply]
    excluded: list[ExcludedReply]


class PassageReply(_Reply):
    """One passage of a document: `start` and `end` are its place in the document's text."""

    id: str
    section: str
    text: str
    start: int
    end: int
    page: int | None


class OnePassageReply(PassageReply):
    """One passage, and which document it is of."""

    document_id: str
    title: str


class LinkReply(_Reply):
    """How the document speaks of another."""

    kind: str
    target: str


class NoteReply(_Reply):
    """What is noted of the document."""

    kind: str
    text: str


class DocumentReply(_Reply):
    """All that is known of a document, and its passages."""

    id: str
    aliases: list[str]
    title: str
    authors: list[str]
    authors_complete: bool
    journal: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    published: str | None
    year: int | None
    revised: date | None
    publication_types: list[str]
    mesh_terms: list[str]
    keywords: list[str]
    languages: list[str]
    design: str
    design_text: str | None
    level: int | None
    level_inferred: bool
    sample_size: int | None
    population: str | None
    populations: list[str]
    populations_inferred: bool
    registry: str | None
    status: Status
    links: list[LinkReply]
    notes: list[NoteReply]
    unverified_fields: list[str]
    title_paraphrased: bool
    digest: bool
    seen: list[str]
    url: str | None
    licence: str | None
    citation: str
    passages: list[PassageReply]
