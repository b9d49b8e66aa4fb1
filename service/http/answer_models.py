"""The answer, search results and documents as OpenAPI describes them; tests hold the JSON to it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rag.types import Mode, QuestionType, Role, SafetyKind, Status, Support


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", use_enum_values=True)


class CitationReply(_Reply):
    """The exact words of a passage that vouch for a claim: `text[start:end]` of the passage is the quote."""

    number: int
    document_id: str
    passage_id: str
    quote: str
    section: str
    start: int
    end: int


class ClaimReply(_Reply):
    """One sentence, and what vouches for it."""

    id: str
    text: str
    citations: list[CitationReply]
    support: Support
    context: str


class KeyPointReply(_Reply):
    """Claims under one heading."""

    heading: str
    claims: list[ClaimReply]


class ConflictReply(_Reply):
    """Claims that disagree, and the likely reason."""

    topic: str
    sides: list[ClaimReply]
    reason: str


class TermReply(_Reply):
    """A word of the answer explained."""

    term: str
    meaning: str


class CertaintyReply(_Reply):
    """Provisional certainty of the body of evidence, after GRADE."""

    level: str
    reasons: list[str]
    provisional: bool


class WithheldReply(_Reply):
    """A sentence that failed the check, and why."""

    text: str
    reason: str


class SearchedReply(_Reply):
    """What was searched."""

    documents: int
    passages: int
    terms: list[str]


class NearMissReply(_Reply):
    """A document that came near."""

    document_id: str
    title: str
    why: str


class AbstentionReply(_Reply):
    """Why there is no answer."""

    reason: str
    searched: SearchedReply
    nearest: list[NearMissReply]
    would_need: str


class SafetyReply(_Reply):
    """What must be said before any evidence."""

    kind: SafetyKind
    text: str


class MoveReply(_Reply):
    """What one change to a document would do to its place."""

    change: str
    place: int | None
    places: int
    score: float


class WhyReply(_Reply):
    """A score taken apart."""

    relevance: float
    quality: float
    recency: float
    penalty: float
    score: float
    text: str
    would_move: str
    moves: list[MoveReply]


class ReferenceReply(_Reply):
    """A cited document with its number."""

    number: int
    document_id: str
    title: str
    authors: list[str]
    journal: str | None
    year: int | None
    design: str
    level: int | None
    level_inferred: bool
    status: Status
    status_note: str | None
    digest: bool
    url: str | None
    citation: str
    why: WhyReply


class ReviewReply(_Reply):
    """Where the answer stands in review."""

    state: Literal["submitted", "under_review", "approved"]
    by: str | None
    at: str | None
    requested: bool
    version: int


class StaleReply(_Reply):
    """Why the answer may no longer hold."""

    reason: str
    since: str
    kinds: list[str]
    documents: list[str]


class FiltersReply(_Reply):
    """Every filter; empty or null where it doesn't restrict."""

    year_from: int | None
    year_to: int | None
    designs: list[str]
    levels: list[int]
    types: list[str]
    languages: list[str]
    journals: list[str]
    populations: list[str]
    documents: list[str]
    as_of: date | None


class RestrictionReply(_Reply):
    """What the filters leave of the library."""

    documents: int
    passages: int
    unknown: dict[str, int]
    alone: dict[str, int]


class UsageReply(_Reply):
    """What a model server took."""

    calls: int
    prompt_tokens: int | None
    completion_tokens: int | None
    cost: float | None


class AnswerReply(BaseModel):
    """An answer whose every sentence is vouched for, or an abstention; fields may be added."""

    model_config = ConfigDict(use_enum_values=True)

    id: str
    question: str
    understood_as: str
    question_type: QuestionType
    role: Role
    status: Literal["answered", "abstained"]
    mode: Mode
    mode_reason: str
    lead: list[ClaimReply]
    key_points: list[KeyPointReply]
    conflicts: list[ConflictReply]
    certainty: CertaintyReply | None
    withheld: list[WithheldReply]
    abstention: AbstentionReply | None
    safety: list[SafetyReply]
    references: list[ReferenceReply]
    filters: FiltersReply
    restricted_to: RestrictionReply | None
    review: ReviewReply
    stale: StaleReply | None
    generation: int
    model: dict[str, str]
    prompts: dict[str, str]
    as_of: date
    usage: UsageReply | None
    content_hash: str
    disclaimer: str
    role_notes: list[str] = Field(default_factory=list)
    terms: list[TermReply] = Field(default_factory=list)
    suggestions: list[str]
