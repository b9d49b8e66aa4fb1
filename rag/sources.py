"""The documents of the evidence with what they say, as the needs of a question are held against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.need_words import INTERACTS, NOT_STUDIED
from rag.relevance import TermWeights
from rag.text import sentence_spans, term, term_set
from rag.types import Document, Evidence, NoteKind

_FINDINGS = (NoteKind.SAFETY, NoteKind.CAUTION, NoteKind.INTERPRETATION)


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the evidence with those of its passages that were found."""

    document: Document
    sentences: tuple[str, ...]
    """Sentences of the passages and notes on findings; what only says that it wasn't studied is left out."""
    about: str
    """Title, population and design in the words of the record."""

    @property
    def text(self) -> str:
        """All that it says."""
        return " . ".join((self.about, *self.sentences))

    @property
    def terms(self) -> frozenset[str]:
        """The search terms of all that it says."""
        return term_set(self.text)

    @property
    def tried_terms(self) -> frozenset[str]:
        """The same without the sentences that only say what doesn't go with a drug."""
        return term_set(" . ".join((self.about, *(s for s in self.sentences if not INTERACTS.search(s)))))

    @property
    def parts(self) -> tuple[str, ...]:
        """What it is about, and each sentence."""
        return (self.about, *self.sentences)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether what it is about, or a sentence, matches."""
        return any(map(pattern.search, self.parts))


def sources(evidence: Iterable[Evidence]) -> tuple[Source, ...]:
    """The documents of the evidence, each once and in the order of the ranking."""
    found: dict[str, list[Evidence]] = {}
    for item in evidence:
        found.setdefault(item.document.id, []).append(item)
    return tuple(
        _source(group[0].document, [item.passage.text for item in group]) for group in found.values()
    )


def titled(documents: Iterable[Document]) -> tuple[Source, ...]:
    """Documents of which no more is known than the title."""
    return tuple(Source(document, (), document.title) for document in documents)


def spoken(wanted: str, present: frozenset[str]) -> bool:
    """Whether terms say a term, or another word for it."""
    known = TermWeights.spoken(wanted, present) > 0
    return known or not _SAME.get(wanted, frozenset()).isdisjoint(present)


def _source(document: Document, passages: Sequence[str]) -> Source:
    sentences = (text[start:end] for text in passages for start, end in sentence_spans(text))
    notes = (note.text for note in document.notes if note.kind in _FINDINGS)
    about = " . ".join(filter(None, (document.title, document.population, document.design_text)))
    return Source(document, (*(s for s in sentences if not NOT_STUDIED.search(s)), *notes), about)


# Words of one meaning that the stemmer keeps apart and searches needn't know.
_SAME: Mapping[str, frozenset[str]] = {
    t: frozenset(map(term, row.split()))
    for row in (
        "anaesthetic anaesthesia neuraxial",
        "withdrawn withdraw retracted retraction",
        "nosocomial hospital",
        "anaemic anaemia",
        "restart resume resumption",
        "labour obstetric childbirth delivery maternity",
    )
    for t in map(term, row.split())
}
