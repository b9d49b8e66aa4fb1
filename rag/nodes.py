"""Passages as LlamaIndex nodes and back: the only file that knows the metadata keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rag.types import (
    Design,
    Document,
    EvidenceLevel,
    Link,
    LinkKind,
    Note,
    NoteKind,
    Passage,
    Population,
    PublicationDate,
    Retrieved,
    Section,
    Status,
)

if TYPE_CHECKING:
    from llama_index.core.schema import BaseNode, NodeWithScore, TextNode

# Read by us alone: the whole document and the place of the passage in it.
_DOCUMENT, _START, _END, _PAGE, _COSINE, _LEXICAL = (
    "vouch_document",
    "vouch_start",
    "vouch_end",
    "vouch_page",
    "vouch_cosine",
    "vouch_lexical",
)
# Read by others as well: filters and rerankers of the LlamaIndex ecosystem.
_ID, _TITLE, _SECTION, _YEAR, _DESIGN, _STATUS = (
    "document_id",
    "title",
    "section",
    "year",
    "design",
    "status",
)
_HIDDEN_FROM_MODELS = [_DOCUMENT, _START, _END, _PAGE, _COSINE, _LEXICAL, _ID]
_FOREIGN_TITLE_KEYS = ("title", "file_name")
_TITLE_WORDS = 10


def to_node(
    passage: Passage, document: Document, cosine: float | None = None, lexical: float | None = None
) -> TextNode:
    """A node with the id and text of `passage` that carries all of `document` but its sections."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata={
            _ID: document.id,
            _TITLE: document.title,
            _SECTION: passage.section,
            _YEAR: document.year,
            _DESIGN: document.design.value,
            _STATUS: document.status.value,
            _START: passage.start,
            _END: passage.end,
            _PAGE: passage.page,
            _COSINE: cosine,
            _LEXICAL: lexical,
            _DOCUMENT: _json_of(document),
        },
        excluded_embed_metadata_keys=_HIDDEN_FROM_MODELS,
        excluded_llm_metadata_keys=_HIDDEN_FROM_MODELS,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document.id)},
    )


def from_node(found: NodeWithScore) -> Retrieved:
    """What a node stands for; a node that isn't ours becomes a passage with honest unknowns."""
    fused = 0.0 if found.score is None else float(found.score)
    metadata = found.node.metadata
    if _DOCUMENT not in metadata:
        return _from_foreign_node(found.node, fused)
    document = document_from_json(metadata[_DOCUMENT])
    passage = Passage(
        id=found.node.node_id,
        document_id=document.id,
        section=metadata[_SECTION],
        text=found.node.get_content(),
        start=metadata[_START],
        end=metadata[_END],
        page=metadata[_PAGE],
    )
    return Retrieved(passage, document, fused, metadata[_COSINE], metadata[_LEXICAL])


def document_json(document: Document) -> str:
    """A document without its sections as compact JSON; fields with their default value are left out."""
    record = {}
    for name, default in _DEFAULTS.items():
        value = getattr(document, name)
        if value != default:
            record[name] = _ENCODERS[name](value) if name in _ENCODERS else value
    return json.dumps(record, separators=(",", ":"))


@lru_cache(maxsize=4096)
def document_from_json(text: str) -> Document:
    """The document that `document_json` wrote; its sections are empty."""
    record = json.loads(text)
    values = {name: _DECODERS[name](value) if name in _DECODERS else value for name, value in record.items()}
    return Document(sections=(), **values)


def sections_json(sections: tuple[Section, ...]) -> str:
    """Sections as JSON: a list of heading and text, with the starts of pages where there are any."""
    rows = [[section.heading, section.text, *filter(None, [section.page_starts])] for section in sections]
    return json.dumps(rows, separators=(",", ":"))


def sections_from_json(text: str) -> tuple[Section, ...]:
    """The sections that `sections_json` wrote."""
    return tuple(
        Section(heading, words, tuple((offset, page) for starts in pages for offset, page in starts))
        for heading, words, *pages in json.loads(text)
    )


_json_of = lru_cache(maxsize=1024)(document_json)

_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default for field in fields(Document) if field.name != "sections"
}

_ENCODERS: Mapping[str, Callable[[Any], Any]] = {
    "published": lambda known: [known.year, known.month, known.day],
    "revised": date.isoformat,
    "links": lambda links: [[link.kind.value, link.target] for link in links],
    "notes": lambda notes: [[note.kind.value, note.text] for note in notes],
    "populations": sorted,  # the same document is the same JSON: its hash says whether it is new
}
_DECODERS: Mapping[str, Callable[[Any], Any]] = {
    "aliases": tuple,
    "authors": tuple,
    "published": lambda parts: PublicationDate(*parts),
    "revised": date.fromisoformat,
    "publication_types": tuple,
    "mesh_terms": tuple,
    "keywords": tuple,
    "languages": tuple,
    "design": Design,
    "level": EvidenceLevel,
    "populations": lambda groups: frozenset(map(Population, groups)),
    "status": Status,
    "links": lambda pairs: tuple(Link(LinkKind(kind), target) for kind, target in pairs),
    "notes": lambda pairs: tuple(Note(NoteKind(kind), text) for kind, text in pairs),
    "unverified_fields": tuple,
    "seen": tuple,
}


def _from_foreign_node(node: BaseNode, fused: float) -> Retrieved:
    text = node.get_content()
    document_id = node.ref_doc_id or node.node_id or f"sha256:{sha256(text.encode()).hexdigest()}"
    document = Document(id=document_id, title=_foreign_title(node, text), sections=())
    passage = Passage(node.node_id or document_id, document_id, section="", text=text, start=0, end=len(text))
    return Retrieved(passage, document, fused)


def _foreign_title(node: BaseNode, text: str) -> str:
    given = (node.metadata.get(key) for key in _FOREIGN_TITLE_KEYS)
    named = next((str(title) for title in given if title), None)
    return named or " ".join(text.split()[:_TITLE_WORDS]) or "untitled"
