"""Kept answers, reviews, conversations and feedback as OpenAPI describes them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from rag.types import Role
from service.http.answer_models import AnswerReply, ClaimReply, ReviewReply, StaleReply
from service.records.feedback import FeedbackKind


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", use_enum_values=True)


class KeptReply(AnswerReply):
    """A kept answer with its present review, and whether it still stands."""

    issued_at: str
    reissue_of: str | None
    reissued_as: str | None


class TurnReply(KeptReply):
    """An answer that is a turn of a conversation."""

    conversation: str


class SummaryReply(_Reply):
    """What a list shows of an answer."""

    id: str
    question: str
    question_type: str
    status: Literal["answered", "abstained"]
    generation: int
    issued_at: str
    reads: int
    risk: int
    review: ReviewReply
    stale: StaleReply | None
    content_hash: str
    reissue_of: str | None
    reissued_as: str | None


class AnswerPageReply(_Reply):
    """Answers, the latest first."""

    items: list[SummaryReply]
    next: str | None


class ChangedClaimReply(_Reply):
    """A claim of a re-issue or of the answer before it, and why it is where it is."""

    claim: ClaimReply
    reason: str


class DifferenceReply(_Reply):
    """What became of each claim."""

    before: str
    after: str
    added: list[ChangedClaimReply]
    removed: list[ChangedClaimReply]
    kept: list[ChangedClaimReply]


class ReissueReply(KeptReply):
    """The new answer, and what differs from the one before."""

    difference: DifferenceReply


class EventReply(_Reply):
    """One step of a review."""

    at: str
    actor: str
    action: str
    before: str
    after: str
    version: int
    content_hash: str
    comment: str


class HistoryReply(_Reply):
    """The review of an answer with all its steps."""

    answer: SummaryReply
    steps: list[EventReply]


class WaitingReply(_Reply):
    """An answer that waits for a reviewer."""

    answer: SummaryReply
    harm: float
    why: str
    complaints: int


class QueueReply(_Reply):
    """What waits, the most harmful first: how wrong it may be, times how often it is read, times its risk."""

    items: list[WaitingReply]


class ConversationReply(_Reply):
    """A conversation; it goes at `expires_at` unless it goes on."""

    id: str
    role: Role
    created_at: str
    expires_at: str
    turns: list[SummaryReply]


class ConversationPageReply(_Reply):
    """Conversations, the latest first, without their turns."""

    items: list[ConversationReply]
    next: str | None


class PurgedReply(_Reply):
    """What is gone for good, and which answers stay because reviewers or others have them."""

    conversations: int
    answers: int
    kept: list[str]


class FeedbackReply(_Reply):
    """What somebody said of an answer."""

    id: int
    at: str
    by: str
    kind: FeedbackKind
    document_id: str | None
    comment: str


class FeedbackListReply(_Reply):
    """What was said of an answer, the first first."""

    items: list[FeedbackReply]
