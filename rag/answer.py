"""What is said: claims with their quotes, the answer that they make, and the turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rag.evidence import Coverage, Evidence
from rag.filters import Filters, Restriction


class Support(StrEnum):
    """How a passage bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a passage that vouch for a claim."""

    document_id: str
    passage_id: str
    quote: str
    section: str
    start: int
    """Offset of the quote in the passage: `passage.text[start:end] == quote`."""
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer with the quotes that vouch for it."""

    text: str
    citations: tuple[Citation, ...]
    support: Support = Support.SUPPORTS
    context: str = ""
    """What the record says about where it comes from: design, size, population, indirectness."""

    @property
    def id(self) -> str:
        """Content id: the same text with the same citations has the same id."""
        return claim_id(self)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that failed the gate, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """Claims under one heading."""

    heading: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that disagree, and the likely reason."""

    topic: str
    sides: tuple[Claim, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """Provisional certainty of the body of evidence, after GRADE."""

    level: str
    """`high`, `moderate`, `low` or `very low`."""
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A document that came near to a question without answering it."""

    document_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer, what was searched, what came near and what would be needed."""

    reason: str
    documents: int
    """Number of documents that were searched."""
    passages: int
    terms: tuple[str, ...]
    """The words that were searched for, as the question has them."""
    nearest: tuple[NearMiss, ...]
    would_need: str


class SafetyKind(StrEnum):
    """Kinds of safety notice."""

    EMERGENCY = "emergency"
    DOSING = "dosing"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class SafetyNotice:
    """What must be said before any evidence."""

    kind: SafetyKind
    text: str


class Role(StrEnum):
    """For whom an answer is worded; never what it claims."""

    CLINICIAN = "clinician"
    RESEARCHER = "researcher"
    STUDENT = "student"
    PATIENT = "patient"


class QuestionType(StrEnum):
    """What is asked."""

    THERAPY = "therapy"
    DIAGNOSIS = "diagnosis"
    PROGNOSIS = "prognosis"
    HARM = "harm"
    FREQUENCY = "frequency"
    MECHANISM = "mechanism"
    GUIDELINE = "guideline"
    OVERVIEW = "overview"


class Mode(StrEnum):
    """Who wrote the claims."""

    EXTRACTIVE = "extractive"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took of a model server; None where the server doesn't say."""

    calls: int
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cost: float | None = None
    """In the currency of the prices that the settings give."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it was understood, and what the evidence says to it."""

    question: str
    understood_as: str
    question_type: QuestionType
    role: Role
    mode: Mode
    lead: tuple[Claim, ...]
    key_points: tuple[KeyPoint, ...]
    conflicts: tuple[Conflict, ...]
    certainty: Certainty | None
    withheld: tuple[Withheld, ...]
    abstention: Abstention | None
    safety: tuple[SafetyNotice, ...]
    evidence: tuple[Evidence, ...]
    """The snapshot that the claims were drawn from, in rank order."""
    coverage: Coverage
    as_of: date
    models: tuple[tuple[str, str], ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    filters: Filters = field(default_factory=Filters)
    restriction: Restriction | None = None
    """What the filters leave of the library; None where nothing is filtered."""
    mode_reason: str = ""
    """Why it only quotes although a model is configured; empty where none is, or where it wrote."""
    usage: Usage | None = None
    """None where no model was asked."""
    numbered: tuple[str, ...] = ()
    """Ids of documents that have a reference number from earlier turns, in the order of their numbers."""
    suggestions: tuple[str, ...] = ()
    """Questions that may come next and that the library can answer."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim shown, in reading order, each once."""
        shown = [*self.lead, *(claim for point in self.key_points for claim in point.claims)]
        shown += [claim for conflict in self.conflicts for claim in conflict.sides]
        return tuple(dict.fromkeys(shown))

    @property
    def cited_documents(self) -> tuple[str, ...]:
        """Ids of the cited documents in the order of first citation."""
        return tuple(
            dict.fromkeys(citation.document_id for claim in self.claims for citation in claim.citations)
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer."""

    question: str
    answer: Answer


def claim_id(claim: Claim) -> str:
    """First 12 hex digits of the sha256 of a claim's text and citations."""
    from hashlib import sha256

    cited = "\n".join(f"{c.passage_id}:{c.start}:{c.end}" for c in claim.citations)
    return sha256(f"{claim.text}\n{cited}".encode()).hexdigest()[:12]
