"""Where a sentence comes from, in words written from the record: `A 2022 cohort study of 105 people reported`."""

from __future__ import annotations

import re

from rag.types import Design, Document, Status

_ADVISES = frozenset({Design.GUIDELINE, Design.CONSENSUS, Design.REGULATORY})
_NO_PEOPLE = frozenset({Design.PRECLINICAL, *_ADVISES, Design.NARRATIVE_REVIEW, Design.OPINION})
_STANDING = {
    Status.SUPERSEDED: ", superseded since,",
    Status.CONCERN: ", under an expression of concern,",
    Status.CORRECTED: ", corrected since,",
}
_INITIALS = re.compile(r"\s[A-Z]{1,3}(?:-[A-Z])?$")
_SAID_ELSEWHERE = re.compile(r"\s*\((?:indirect|n\s?=)[^)]*\)", re.IGNORECASE)
_WITHIN = re.compile(r"\s*\([^()]*\)")
SHORT_PEOPLE = 60  # characters; the same for a few words
_LONGEST_PEOPLE = 110  # characters; a longer description of a population is left to the reference


def attribution(document: Document) -> str:
    """What introduces words of a document; what isn't known is left out."""
    design = "document" if document.design is Design.UNKNOWN else document.design.value
    named = f"{document.year} {design}" if document.year else design
    text = f"{_article(named)} {named}{_by(document)}{_people(document)}{_STANDING.get(document.status, '')}"
    text = f"{text} {_verb(document)}"
    if document.indirect:
        return f"Indirect evidence ({document.indirect.rstrip('.')}): {text[0].lower()}{text[1:]}"
    return text


def brief(document: Document) -> str:
    """Design, year and number of people in a few words, for a sentence that speaks for itself."""
    size = document.sample_size
    counts = size is not None and size > 1 and document.design not in _NO_PEOPLE
    parts = (
        "" if document.design is Design.UNKNOWN else document.design.value,
        str(document.year or ""),
        f"{size:,} people" if counts else "",
        _who(document) if len(_who(document)) <= SHORT_PEOPLE else "",
        _STANDING.get(document.status, "").strip(", "),
    )
    text = ", ".join(part for part in parts if part)
    if not document.indirect:
        return text
    return "; ".join(filter(None, (f"indirect evidence: {document.indirect.rstrip('.')}", text)))


def again(document: Document) -> str:
    """What introduces further words of a document that was introduced just before."""
    kind = (
        "guideline"
        if document.design is Design.GUIDELINE
        else "source"
        if document.design in _ADVISES
        else "study"
    )
    return f"The same {kind} also {_verb(document)}"


def _article(words: str) -> str:
    """`An` before a vowel; years are spoken with a consonant, apart from those that begin with eight or eleven."""
    return "An" if words[0] in "aeiou" or words.startswith(("18", "8", "11")) else "A"


def _by(document: Document) -> str:
    """The body that issued a guideline, where the record names one."""
    first = document.authors[0] if document.authors else ""
    if document.design not in _ADVISES or not first or _INITIALS.search(first):
        return ""
    return f" ({first})"


def _people(document: Document) -> str:
    size, people = document.sample_size, _who(document)
    counts = size is not None and size > 1 and document.design not in _NO_PEOPLE and not people[:1].isdigit()
    number = f" of {size:,} people" if counts else ""
    return f"{number} ({people})" if people and len(people) <= _LONGEST_PEOPLE else number


def _who(document: Document) -> str:
    """Whom it studied, in the words of its record, without what stands there in parentheses."""
    people = _SAID_ELSEWHERE.sub("", document.population or "").strip()
    return _WITHIN.sub("", people) if people.count("(") == people.count(")") else people


def _verb(document: Document) -> str:
    return "says" if document.design in _ADVISES else "reported"
