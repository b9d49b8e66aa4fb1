"""An article as a page shows it: every citation with its card, and the evidence as a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rag.article import Article, Entry, Sentence, article
from rag.citations import name_and_year
from rag.types import Answer
from service.web.addresses import passage_address
from service.web.chart import Chart, chart_of

_INDIRECT = re.compile(r"indirect evidence(?: \([^()]*\)|: [^;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """What opens at a citation: the quote, and what must be known of its source."""

    id: str
    entry: Entry
    quote: str
    section: str
    address: str
    """The page of the document, with the quote marked."""

    @property
    def number(self) -> int:
        """Of the reference."""
        return self.entry.reference.number

    @property
    def label(self) -> str:
        """What a screen reader says of the mark."""
        document = self.entry.reference.document
        return f"Citation {self.number}: {name_and_year(document)}, {document.design.value}"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the article with the cards of its citations."""

    sentence: Sentence
    cards: tuple[Card, ...]

    @property
    def told(self) -> str:
        """Where it comes from, in words: what introduces it, else its context."""
        return self.sentence.attribution or self.sentence.context

    @property
    def indirect(self) -> str:
        """The words that say in what way its evidence is indirect, as they begin `told`; empty where it isn't."""
        found = _INDIRECT.match(self.told)
        return found[0] if found else ""

    @property
    def rest(self) -> str:
        """What else is told of where it comes from."""
        return self.told[len(self.indirect) :].lstrip(":; ")


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences under one heading: a key point, or the sides of a disagreement with their likely reason."""

    heading: str
    lines: tuple[Line, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An answer laid out for a page."""

    article: Article
    lead: tuple[Line, ...]
    points: tuple[Lines, ...]
    disagreements: tuple[Lines, ...]
    cards: tuple[Card, ...]
    chart: Chart | None
    certainty: int
    """How many of the four steps of certainty are reached; 0 where none is judged."""


def article_page(answer: Answer, prefix: str = "c") -> ArticlePage:
    """Lay an answer out for a page; `prefix` keeps the ids of two answers on one page apart."""
    laid = article(answer)
    shelf = _Shelf(prefix, {entry.reference.document.id: entry for entry in laid.entries})
    lead = shelf.lines(laid.lead)
    points = tuple(Lines(point.heading, shelf.lines(point.sentences)) for point in laid.points)
    disagreements = tuple(Lines(one.topic, shelf.lines(one.sides), one.reason) for one in laid.disagreements)
    return ArticlePage(
        article=laid,
        lead=lead,
        points=points,
        disagreements=disagreements,
        cards=tuple(shelf.cards),
        chart=chart_of([entry.reference for entry in laid.entries]),
        certainty=_steps(answer),
    )


@dataclass(slots=True)
class _Shelf:
    """Hands out cards, each with an id of its own, in reading order."""

    prefix: str
    entry_of: dict[str, Entry]
    cards: list[Card] = field(default_factory=list)

    def lines(self, sentences: Iterable[Sentence]) -> tuple[Line, ...]:
        return tuple(Line(sentence, self._cards(sentence)) for sentence in sentences)

    def _cards(self, sentence: Sentence) -> tuple[Card, ...]:
        made: list[Card] = []
        for citation in sentence.claim.citations if sentence.claim else ():
            address = passage_address(citation)
            card_id = f"{self.prefix}{len(self.cards) + 1}"
            entry = self.entry_of[citation.document_id]
            made.append(Card(card_id, entry, citation.quote, citation.section, address))
            self.cards.append(made[-1])
        return tuple(sorted(made, key=_number))


def _number(card: Card) -> int:
    return card.number


def _steps(answer: Answer) -> int:
    levels: Sequence[str] = ("very low", "low", "moderate", "high")
    level = answer.certainty.level if answer.certainty else ""
    return levels.index(level) + 1 if level in levels else 0
