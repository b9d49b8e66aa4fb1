"""The nouns of Vouch, in the order in which they come to be.

Document -> Passage -> Evidence -> Claim -> Answer -> Turn. All are frozen; a step takes values and
returns values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float32]


class Design(StrEnum):
    """How a study was done, or what kind of writing a document is."""

    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic review"
    META_ANALYSIS = "meta-analysis"
    RANDOMISED_TRIAL = "randomised trial"
    NON_RANDOMISED_TRIAL = "non-randomised trial"
    COHORT = "cohort study"
    CASE_CONTROL = "case-control study"
    CROSS_SECTIONAL = "cross-sectional study"
    CASE_SERIES = "case series"
    CASE_REPORT = "case report"
    NARRATIVE_REVIEW = "narrative review"
    CONSENSUS = "expert consensus"
    REGULATORY = "regulatory communication"
    OPINION = "opinion"
    PRECLINICAL = "preclinical study"
    PROTOCOL = "protocol"
    NOTICE = "notice"
    UNKNOWN = "unknown design"


class EvidenceLevel(IntEnum):
    """Level of evidence after OCEBM (2011): 1 is the strongest."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5


class Status(StrEnum):
    """Whether a document still stands."""

    CURRENT = "current"
    CORRECTED = "corrected"
    CONCERN = "concern"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


class DatePrecision(StrEnum):
    """How much of a publication date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A publication date that doesn't pretend to know more than its source."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> DatePrecision:
        """The smallest part that is known."""
        if self.month is None:
            return DatePrecision.YEAR
        return DatePrecision.MONTH if self.day is None else DatePrecision.DAY

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """ISO 8601 with the known parts only, as in `2019`, `2019-03` or `2019-03-07`."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


class LinkKind(StrEnum):
    """How one document speaks of another."""

    RETRACTED_BY = "retracted by"
    RETRACTS = "retracts"
    CONCERN_BY = "concern raised by"
    RAISES_CONCERN = "raises concern about"
    CORRECTED_BY = "corrected by"
    CORRECTS = "corrects"
    REINSTATED_BY = "reinstated by"
    REINSTATES = "reinstates"
    SUPERSEDED_BY = "superseded by"
    SUPERSEDES = "supersedes"
    REPUBLISHED_AS = "republished as"
    COMMENT_ON = "comments on"
    PREPRINT_OF = "preprint of"


@dataclass(frozen=True, slots=True)
class Link:
    """What a document says about its relation to another one."""

    kind: LinkKind
    target: str
    """Id of the other document (`pmid:…`, `doi:…`), or its citation text where it has none."""


class NoteKind(StrEnum):
    """What a reader must know about a document before relying on it."""

    INDIRECT = "indirect"
    SAFETY = "safety"
    INCONSISTENCY = "inconsistency"
    CAUTION = "caution"
    INTERPRETATION = "interpretation"
    STATUS = "status"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stays with a document and is shown where it matters."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: its heading path and its plain text, paragraphs parted by a blank line."""

    heading: str
    """Heading path, as in `Results / Resorption time`; empty where there is none."""
    text: str
    page_starts: tuple[tuple[int, int], ...] = ()
    """Offset in `text` at which a page begins, and its number, in order; empty where the source has no pages."""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, guideline or notice as its source gives it."""

    id: str
    """`pmid:…`, `doi:…`, `pmcid:…`, `ref:…`, else `sha256:…`; lower-case scheme. A DOI keeps the case of its
    source, and two that differ in case alone are one."""
    title: str
    sections: tuple[Section, ...]
    aliases: tuple[str, ...] = ()
    """Other ids of the same document, in the form of `id`."""
    authors: tuple[str, ...] = ()
    """`Family Initials`, or the name of a group, in the order of the source."""
    authors_complete: bool = True
    journal: str | None = None
    """Journal or issuing body."""
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    published: PublicationDate | None = None
    revised: date | None = None
    """When the record was last revised; an older revision never replaces a newer one."""
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    design: Design = Design.UNKNOWN
    design_text: str | None = None
    """The design in the words of the source, where it gives any."""
    level: EvidenceLevel | None = None
    level_inferred: bool = True
    """True where design and level come from cues in the text and not from the record."""
    sample_size: int | None = None
    population: str | None = None
    registry: str | None = None
    """Trial registry number, as in `NCT00000479`."""
    status: Status = Status.CURRENT
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    unverified_fields: tuple[str, ...] = ()
    title_paraphrased: bool = False
    digest: bool = False
    """True where the text is a digest in our own words and not the source's text."""
    seen: tuple[str, ...] = ()
    """Pages where the facts of a digest were read."""
    url: str | None = None
    licence: str | None = None
    source_path: str | None = None
    """The file that it was read from, as given to the reader."""

    @property
    def year(self) -> int | None:
        """Year of publication, where it is known."""
        return self.published.year if self.published else None

    @property
    def retracted(self) -> bool:
        """Whether it has been withdrawn from the record of science."""
        return self.status is Status.RETRACTED

    @property
    def indirect(self) -> str | None:
        """In what way its evidence comes from another condition, where the record says so."""
        return next((note.text for note in self.notes if note.kind is NoteKind.INDIRECT), None)

    def linked(self, kind: LinkKind) -> tuple[str, ...]:
        """Ids that it names with links of one kind."""
        return tuple(link.target for link in self.links if link.kind is kind)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section of a document, cut at sentence ends."""

    id: str
    """`<document id>#<first 16 hex digits of the sha256 of its section and text>`: the same text keeps its id."""
    document_id: str
    section: str
    text: str
    start: int
    """Offset of the first character in the document's text (its sections joined by a blank line)."""
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage as search returns it, before it is ranked."""

    passage: Passage
    document: Document
    fused: float
    """Score of the fused ranking; not comparable between queries."""
    cosine: float | None = None
    """Cosine similarity to the query, from -1 to 1; None where the search didn't compute it."""
    lexical: float | None = None
    """BM25 score; None where the passage wasn't among the lexical hits."""


@dataclass(frozen=True, slots=True)
class Why:
    """The parts of a score, so that anyone can argue with it."""

    relevance: float
    quality: float
    recency: float
    penalty: float
    score: float
    text: str
    """The same in one line of words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage retrieved for a question, with the score that ranked it."""

    passage: Passage
    document: Document
    why: Why

    @property
    def score(self) -> float:
        """The score that ranked it, from 0 to 1."""
        return self.why.score


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
class Filters:
    """What the reader restricts the evidence to; never loosened."""

    year_from: int | None = None
    designs: frozenset[Design] = frozenset()
    """Empty: any design."""
    as_of: date | None = None
    """Nothing published later is seen."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a library holds at one generation."""

    generation: int
    documents: int
    passages: int


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


class Embedder(Protocol):
    """Turns texts into vectors; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """Model and backend, recorded in the library so that vectors never mix."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts`: shape (len(texts), dim), rows L2-normalised, in the order given."""


def claim_id(claim: Claim) -> str:
    """First 12 hex digits of the sha256 of a claim's text and citations."""
    from hashlib import sha256

    cited = "\n".join(f"{c.passage_id}:{c.start}:{c.end}" for c in claim.citations)
    return sha256(f"{claim.text}\n{cited}".encode()).hexdigest()[:12]
