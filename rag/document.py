"""What is read: documents, the passages they are cut into, and what is known of their standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from rag.publication_date import PublicationDate


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


class Population(StrEnum):
    """Whom a study was done on, in groups that need evidence of their own."""

    ADULT = "adult"
    CHILD = "child"
    PREGNANCY = "pregnancy"
    ANIMAL = "animal"


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
    """In the words of the source, where it gives any."""
    populations: frozenset[Population] = frozenset()
    """The groups that were studied; empty where they aren't known."""
    populations_inferred: bool = False
    """True where they come from cues in the title and the abstract and not from the record."""
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
