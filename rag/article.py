"""An answer as people read it: the same claims for every reader, worded around for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.abbreviations import abbreviations
from rag.attribution import again, attribution, brief
from rag.best_evidence import best_evidence
from rag.citations import Reference, reference_list, status_text
from rag.plain_terms import Term
from rag.roles import wording
from rag.types import (
    Abstention,
    Answer,
    Claim,
    Document,
    NoteKind,
    Role,
    SafetyNotice,
    Status,
    Withheld,
)
from rag.wording import certainty_text, digest_notice, status_lines

_WITH_CARE = (NoteKind.SAFETY, NoteKind.CAUTION, NoteKind.INCONSISTENCY, NoteKind.INTERPRETATION)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim as it stands in the article, with the numbers of the references that it cites."""

    text: str
    numbers: tuple[int, ...]
    context: str = ""
    """Where it comes from, in words: design, size, population, indirectness."""
    claim: Claim | None = None
    """The claim that it words, with its quotes."""
    attribution: str = ""
    """What introduces it, written from the record; then the context isn't said again."""

    @property
    def body(self) -> str:
        """The text without its final full stop."""
        return self.text.removesuffix(".")

    @property
    def stop(self) -> str:
        """The final full stop, which stands after the marks; empty where the text has none."""
        return self.text[len(self.body) :]

    def __str__(self) -> str:
        """The sentence with its marks before the final full stop, as in `It resorbed [1][2].`."""
        context = f" ({self.context})" if self.context and not self.attribution else ""
        introduced = f"{self.attribution}: " if self.attribution else ""
        marks = "".join(f"[{number}]" for number in self.numbers)
        return f"{introduced}{self.body}{context}{' ' if marks else ''}{marks}{self.stop}"


@dataclass(frozen=True, slots=True)
class Point:
    """Sentences under one heading."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sentences that disagree, and the likely reason."""

    topic: str
    sides: tuple[Sentence, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Care:
    """What to keep in mind when reading one reference."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a reference that vouch for a claim, and the section where they stand."""

    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the reference list with the quotes taken from it."""

    reference: Reference
    quotes: tuple[Quote, ...]

    @property
    def about(self) -> str:
        """Design, level, size and population in one line."""
        return about(self.reference.document)


@dataclass(frozen=True, slots=True)
class Article:
    """An answer laid out for reading."""

    title: str
    understood_as: str
    """Empty where the question stood alone."""
    status: tuple[str, ...]
    safety: tuple[SafetyNotice, ...]
    lead: tuple[Sentence, ...]
    points: tuple[Point, ...]
    disagreements: tuple[Disagreement, ...]
    best_evidence: str
    certainty: str
    certainty_reasons: tuple[str, ...]
    read_with_care: tuple[Care, ...]
    withheld: tuple[Withheld, ...]
    abstention: Abstention | None
    entries: tuple[Entry, ...]
    digest_notice: str
    disclaimer: str
    notes: tuple[str, ...] = ()
    """What this reader should keep in mind; red flags for patients."""
    terms: tuple[Term, ...] = ()
    """Words explained to readers who may not know them."""
    suggestions: tuple[str, ...] = ()
    """Questions that may come next."""
    abbreviations: tuple[tuple[str, str], ...] = ()
    """Abbreviations that the sentences use, with what they stand for."""


def article(answer: Answer) -> Article:
    """Lay an answer out for its reader; the role changes the words around the claims, never the claims."""
    references, words = reference_list(answer), wording(answer)
    by_id = {reference.document.id: reference for reference in references}
    full = answer.role in {Role.CLINICIAN, Role.RESEARCHER}
    return Article(
        title=answer.question.strip(),
        understood_as="" if answer.understood_as == answer.question.strip() else answer.understood_as,
        status=status_lines(answer),
        safety=answer.safety,
        lead=_sentences(answer.lead, by_id),
        points=tuple(
            Point(point.heading, _sentences(point.claims, by_id, full=full))
            for point in answer.key_points
            if point.claims
        ),
        disagreements=tuple(
            Disagreement(c.topic, _sentences(c.sides, by_id, full=True), c.reason) for c in answer.conflicts
        ),
        best_evidence=best_evidence(references),
        certainty=certainty_text(answer),
        certainty_reasons=answer.certainty.reasons if answer.certainty else (),
        read_with_care=_read_with_care(references),
        withheld=answer.withheld,
        abstention=answer.abstention,
        entries=tuple(Entry(reference, _quotes(answer, reference)) for reference in references),
        digest_notice=digest_notice(references),
        disclaimer=words.disclaimer,
        notes=words.notes,
        terms=words.terms,
        suggestions=answer.suggestions,
        abbreviations=abbreviations([c.text for c in answer.claims], _texts(answer)),
    )


def about(document: Document) -> str:
    """Design, level, size and population of a document in one line; what isn't known is left out."""
    design = document.design_text or document.design.value
    inferred = ", inferred" if document.level_inferred else ""
    parts = [
        design,
        f"level {int(document.level)}{inferred}" if document.level else "level unknown",
        f"n = {document.sample_size}" if document.sample_size else "",
        document.population or "",
    ]
    return "; ".join(part for part in parts if part)


def _sentences(
    claims: Sequence[Claim], by_id: Mapping[str, Reference], *, full: bool = False
) -> tuple[Sentence, ...]:
    """Claims as sentences; `full` introduces each by its source, else its design stands behind it in few words."""
    found: list[Sentence] = []
    before: tuple[str, ...] = ()
    for claim in claims:
        ids = tuple(dict.fromkeys(citation.document_id for citation in claim.citations))
        found.append(_sentence(claim, [by_id[key] for key in ids], full=full, repeated=ids == before))
        before = ids
    return tuple(found)


def _sentence(claim: Claim, cited: Sequence[Reference], *, full: bool, repeated: bool) -> Sentence:
    numbers = tuple(sorted(reference.number for reference in cited))
    indirect, whole = _indirect(cited), claim.context.strip().rstrip(".")
    only = cited[0].document if len(cited) == 1 else None
    if full:
        context = "; ".join(filter(None, (indirect if indirect not in whole else "", whole)))
        introduced = (again(only) if repeated else attribution(only)) if only else ""
        return Sentence(claim.text.strip(), numbers, context, claim, introduced)
    return Sentence(claim.text.strip(), numbers, brief(only) if only else indirect, claim)


def _indirect(cited: Sequence[Reference]) -> str:
    indirect = [(r.number, r.document.indirect.rstrip(".")) for r in cited if r.document.indirect]
    if len(indirect) == len(cited) == 1:
        return f"indirect evidence: {indirect[0][1]}"
    return "; ".join(f"[{number}] is indirect evidence: {why}" for number, why in indirect)


def _texts(answer: Answer) -> Iterator[str]:
    """Titles and passages of the evidence, which may explain abbreviations."""
    for item in answer.evidence:
        yield from (item.document.title, item.passage.text)


def _read_with_care(references: Sequence[Reference]) -> tuple[Care, ...]:
    found = []
    for reference in references:
        document = reference.document
        if document.status in {Status.SUPERSEDED, Status.CONCERN}:
            found.append(Care(reference.number, status_text(document)))
        found += [Care(reference.number, note.text) for note in document.notes if note.kind in _WITH_CARE]
    return tuple(found)


def _quotes(answer: Answer, reference: Reference) -> tuple[Quote, ...]:
    cited = (citation for claim in answer.claims for citation in claim.citations)
    mine = (c for c in cited if c.document_id == reference.document.id)
    return tuple(dict.fromkeys(Quote(citation.section, citation.quote) for citation in mine))
