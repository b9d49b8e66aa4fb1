"""The nouns of Vouch, in the order in which they come to be.

Document -> Passage -> Evidence -> Claim -> Answer -> Turn. All are frozen; a step takes values and
returns values. Their definitions stand in `rag/document.py`, `filters.py`, `evidence.py` and `answer.py`.
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
    Design,
    Document,
    EvidenceLevel,
    Link,
    LinkKind,
    Note,
    NoteKind,
    Passage,
    Population,
    Section,
    Status,
)
from rag.evidence import (
    Coverage,
    Embedder,
    Evidence,
    FloatArray,
    Move,
    Retrieved,
    Why,
)
from rag.filters import (
    STANDING_SINCE,
    STANDING_UNKNOWN,
    Attribute,
    Filters,
    Restriction,
    value_key,
)
from rag.publication_date import DatePrecision, PublicationDate

__all__ = [
    "STANDING_SINCE",
    "STANDING_UNKNOWN",
    "Abstention",
    "Answer",
    "Attribute",
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
    "Move",
    "NearMiss",
    "Note",
    "NoteKind",
    "Passage",
    "Population",
    "PublicationDate",
    "QuestionType",
    "Restriction",
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
    "value_key",
]
