"""What a reader restricts the evidence to: filters, never loosened, and what they leave of a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.document import Design, Document, EvidenceLevel, Population
from rag.journals import journal_words, same_journal
from rag.languages import language_code

STANDING_UNKNOWN = "It isn't known how it stood on"
"""The first words of the note of a document whose present status is taken for that of an earlier day."""
STANDING_SINCE = "Since that day it has been"
"""The first words of the note of a document that was retracted, or doubted, after the day of the answer."""


class Attribute(StrEnum):
    """What is known of a document, with one value or several, and can be filtered by."""

    DESIGN = "design"
    LEVEL = "level"
    TYPE = "type"
    LANGUAGE = "language"
    JOURNAL = "journal"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader restricts the evidence to; never loosened. A document passes that passes all of them.

    What isn't known of a document doesn't pass a filter that asks for it.
    """

    year_from: int | None = None
    designs: frozenset[Design] = frozenset()
    """Empty: any design; so with all others."""
    as_of: date | None = None
    """Nothing published later is seen, nor what may have been, where the day of its date isn't known."""
    year_to: int | None = None
    levels: frozenset[EvidenceLevel] = frozenset()
    types: frozenset[str] = frozenset()
    """Publication types, in any case of letters."""
    languages: frozenset[str] = frozenset()
    """Codes or English names, as `rag.languages` knows them."""
    journals: frozenset[str] = frozenset()
    """Whole names or their usual abbreviations, as `rag.journals` knows them."""
    documents: frozenset[str] = frozenset()
    """Ids or aliases."""
    populations: frozenset[Population] = frozenset()
    """Studied in any of these groups, others besides or not."""

    @property
    def asked(self) -> Mapping[Attribute, frozenset[str]]:
        """The values that each attribute may have; only of those that are restricted."""
        given: dict[Attribute, frozenset[str]] = {
            Attribute.DESIGN: frozenset(design.value for design in self.designs),
            Attribute.LEVEL: frozenset(str(int(level)) for level in self.levels),
            Attribute.TYPE: self.types,
            Attribute.LANGUAGE: self.languages,
            Attribute.JOURNAL: self.journals,
            Attribute.POPULATION: frozenset(group.value for group in self.populations),
        }
        return {attribute: values for attribute, values in given.items() if values}

    def admit(self, document: Document) -> bool:
        """Whether a document is within all filters."""
        return next(self.reasons_against(document), None) is None

    def reasons_against(self, document: Document) -> Iterator[str]:
        """Why a document isn't within the filters, as in `published 2015`; nothing where it is."""
        if self.documents and not self.documents_named & {
            one.casefold() for one in (document.id, *document.aliases)
        }:
            yield "not among the documents asked for"
        if not self._in_time(document):
            yield self._time_of(document)
        for attribute, asked in self.asked.items():
            values = values_of(document, attribute)
            if not any(is_among(attribute, value, asked) for value in values):
                yield f"{attribute} {', '.join(values) or 'unknown'}"

    @property
    def documents_named(self) -> frozenset[str]:
        """The ids asked for, in lower case."""
        return frozenset(one.casefold() for one in self.documents)

    @property
    def of_time(self) -> bool:
        """Whether the publication date matters."""
        return (self.year_from, self.year_to, self.as_of) != (None, None, None)

    def _time_of(self, document: Document) -> str:
        published = document.published
        if published is None:
            return "date unknown"
        rough = self.as_of is not None and published.earliest <= self.as_of < published.latest
        return f"published {published}{f', maybe after {self.as_of}' if rough else ''}"

    def _in_time(self, document: Document) -> bool:
        published = document.published
        if published is None:
            return not self.of_time
        return (
            (self.year_from is None or published.year >= self.year_from)
            and (self.year_to is None or published.year <= self.year_to)
            and (self.as_of is None or published.latest <= self.as_of)
        )


@dataclass(frozen=True, slots=True)
class Restriction:
    """What filters leave of a library."""

    documents: int
    """How many are within all of them."""
    passages: int
    """How many these have."""
    unknown: tuple[tuple[str, int], ...] = ()
    """For what is asked for, as in `language`, of how many documents it isn't known; only where there are any."""
    alone: tuple[tuple[str, int], ...] = ()
    """How many documents each filter would leave alone; only where all of them together leave none."""


def values_of(document: Document, attribute: Attribute) -> tuple[str, ...]:
    """The values that an attribute has in a document's record; none where it isn't known."""
    match attribute:
        case Attribute.DESIGN:
            return (document.design.value,)
        case Attribute.LEVEL:
            return (str(int(document.level)),) if document.level else ()
        case Attribute.TYPE:
            return document.publication_types
        case Attribute.LANGUAGE:
            return document.languages
        case Attribute.JOURNAL:
            return (document.journal,) if document.journal else ()
        case Attribute.POPULATION:
            return tuple(sorted(group.value for group in document.populations))


def is_among(attribute: Attribute, value: str, asked: Iterable[str]) -> bool:
    """Whether the value of a document is one of those asked for, however each is written."""
    if attribute is Attribute.JOURNAL:
        return any(same_journal(value, one) for one in asked)
    return value_key(attribute, value) in {value_key(attribute, one) for one in asked}


def value_key(attribute: Attribute, value: str) -> str:
    """One spelling for all that surely mean the same value of an attribute."""
    match attribute:
        case Attribute.LANGUAGE:
            return language_code(value)
        case Attribute.JOURNAL:
            return " ".join(journal_words(value))
        case _:
            return " ".join(value.casefold().split())


def filters_in_words(filters: Filters) -> tuple[str, ...]:
    """Each restriction in words that follow on `sources`, as in `published in 2015 or later`."""
    asked = {
        "of the design": filters.designs,
        "of the level": {str(int(level)) for level in filters.levels},
        "of the publication type": filters.types,
        "in the language": filters.languages,
        "in the journal": filters.journals,
        "studied in the population": {group.value for group in filters.populations},
        "with the id": filters.documents,
    }
    found = [f"published in {filters.year_from} or later"] if filters.year_from is not None else []
    found += [f"published in {filters.year_to} or before"] if filters.year_to is not None else []
    found += [f"published by {filters.as_of.isoformat()}"] if filters.as_of else []
    return (*found, *(f"{words} {' or '.join(sorted(values))}" for words, values in asked.items() if values))


def unknown_in_words(left: Restriction) -> str:
    """Of how many documents what is asked for isn't known, as in `the language of 3 documents`."""
    return ", ".join(f"the {name} of {n} document{'' if n == 1 else 's'}" for name, n in left.unknown)
