"""The nouns of Vouch, in the order in which they come to be.

Document -> Passage -> Evidence -> Claim -> Answer -> Turn. All are frozen; a step takes values and
returns values. Their definitions stand in `rag/document.py`, `rag/evidence.py` and `rag/answer.py`.
"""

from __future__ import annotations

from rag.answer import (
    Abstention,
    Answer,
    Certainty,
    Citation,
    Claim,
    Conflict,
    KeyPoint,
    Mode,
    NearMiss,
    QuestionType,
    Role,
    SafetyKind,
    SafetyNotice,
    Support,
    Turn,
    Withheld,
    claim_id,
)
from rag.document import (
    DatePrecision,
    Design,
    Document,
    EvidenceLevel,
    Link,
    LinkKind,
    Note,
    NoteKind,
    Passage,
    PublicationDate,
    Section,
    Status,
)
from rag.evidence import (
    Coverage,
    Embedder,
    Evidence,
    Filters,
    FloatArray,
    Retrieved,
    Why,
)

__all__ = [
    "Abstention",
    "Answer",
    "Certainty",
    "Citation",
    "Claim",
    "Conflict",
    "Coverage",
    "DatePrecision",
    "Design",
    "Document",
    "Embedder",
    "Evidence",
    "EvidenceLevel",
    "Filters",
    "FloatArray",
    "KeyPoint",
    "Link",
    "LinkKind",
    "Mode",
    "NearMiss",
    "Note",
    "NoteKind",
    "Passage",
    "PublicationDate",
    "QuestionType",
    "Retrieved",
    "Role",
    "SafetyKind",
    "SafetyNotice",
    "Section",
    "Status",
    "Support",
    "Turn",
    "Why",
    "Withheld",
    "claim_id",
]
