"""What would move a document: each one change to it, and the place that it would have then.

Nothing is estimated: the changed document is weighed and placed by the code that ranks, among the same
results, and what is told is the difference.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.question import Question
from rag.relevance import TermWeights
from rag.scoring import weigh
from rag.selection import order, select
from rag.types import (
    Design,
    Document,
    Evidence,
    LinkKind,
    Move,
    NoteKind,
    PublicationDate,
    Retrieved,
    Status,
    Why,
)
from rag.weights import RankingWeights, quality_of

_TOLD = 2  # moves in the one line of words
_OLDER = 10  # years
_HUNDREDTHS = 100
_EDITIONS = (LinkKind.SUPERSEDED_BY, LinkKind.SUPERSEDES)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The question and the day for which results were ranked."""

    question: Question
    terms: TermWeights
    today: date
    weights: RankingWeights

    def explained(
        self, results: Sequence[Evidence], found: Sequence[Retrieved], of: Collection[str] | None = None
    ) -> tuple[Evidence, ...]:
        """The same results, each with what would move it among them.

        Args:
            results: in rank order.
            found: what they were ranked from.
            of: ids of the documents to explain; None: all.
        """
        item_of = {item.passage.id: item for item in found}
        editions = _editions_among(results)
        documents = {e.document.id: e.document for e in results if of is None or e.document.id in of}
        then_of = {
            document.id: [
                (change, self._placed(self._with(changed, results, item_of), editions=editions))
                for change, changed in changes(document, self.question, self.today)
            ]
            for document in documents.values()
        }
        return tuple(
            replace(e, why=replace(e.why, moves=self._moves(now, results, then_of[e.document.id])))
            if e.document.id in then_of
            else e
            for now, e in enumerate(results, start=1)
        )

    def _moves(
        self, now: int, results: Sequence[Evidence], then: Sequence[tuple[str, Sequence[Evidence]]]
    ) -> tuple[Move, ...]:
        """What would move the result at place `now`, furthest up first."""
        tried = (_move(change, now, results[now - 1], placed) for change, placed in then)
        moved = [move for move in tried if move.places]
        if now > 1 and not any(move.places > 0 for move in moved):
            moved += self._more_relevant(now, results)
        return tuple(sorted(moved, key=lambda move: move.place))

    def _with(
        self, changed: Document, results: Sequence[Evidence], item_of: Mapping[str, Retrieved]
    ) -> list[Evidence]:
        """The results, with one document changed and weighed anew."""
        return [
            self._weighed(replace(item_of[e.passage.id], document=changed))
            if e.document.id == changed.id
            else e
            for e in results
        ]

    def _weighed(self, item: Retrieved) -> Evidence:
        return weigh(self.question, item, self.terms, self.today, self.weights)

    def _placed(self, items: Sequence[Evidence], *, editions: bool) -> tuple[Evidence, ...]:
        ordered = tuple(sorted(items, key=order))
        # All have a place already, so that editions alone, which wait for their successors, can change the order.
        return select(ordered, len(ordered), self.weights, self.terms) if editions else ordered

    def _more_relevant(self, now: int, results: Sequence[Evidence]) -> Iterator[Move]:
        """The least relevance, in hundredths, that would bring it up; none where even 1 would not."""
        item, above = results[now - 1], results[now - 2]
        why = item.why
        if not why.score:
            return
        needed = (math.floor(why.relevance * above.score / why.score * _HUNDREDTHS) + 1) / _HUNDREDTHS
        if needed > 1:
            return
        score = round(why.score * needed / why.relevance, 4)
        then = [*results]
        then[now - 1] = replace(item, why=replace(why, relevance=needed, score=score))
        change = f"with a relevance of {needed:.2f} instead of {why.relevance:.2f} it"
        move = _move(change, now, item, self._placed(then, editions=_editions_among(results)))
        if move.places > 0:
            yield move


def would_move(why: Why) -> str:
    """What would move it, in one line; empty where that wasn't asked. Of two to one place the first is told."""
    by_place = {move.place: move for move in reversed(why.moves)}
    told = [move for move in why.moves if by_place[move.place] is move]
    return "; ".join(map(_in_words, told[:_TOLD]))


def why_line(why: Why) -> str:
    """Why it stands where it stands and, where that was asked, what would move it."""
    line = would_move(why)
    return f"{why.text}. What if: {line}" if line else why.text


def changes(document: Document, question: Question, today: date) -> Iterator[tuple[str, Document]]:
    """Each one change, with the words for it; only such as would make a difference to the score."""
    yield from _cleared(document, question)
    newest = replace(document, published=PublicationDate(today.year, today.month, today.day))
    if document.published is None:
        yield "with a publication date of today it", newest
    elif document.published.earliest < today:
        yield "published today it", newest
    yield from _better_designs(document, question)
    yield from _worse(document, question)


def _in_words(move: Move) -> str:
    n = abs(move.places)
    way = "higher" if move.places > 0 else "lower"
    return f"{move.change} would stand {n} place{'' if n == 1 else 's'} {way}"


def _better_designs(document: Document, question: Question) -> Iterator[tuple[str, Document]]:
    age = "of the same age" if document.published else "without a date too"
    for design in (Design.RANDOMISED_TRIAL, Design.SYSTEMATIC_REVIEW):
        if quality_of(design, question.type) > quality_of(document.design, question.type):
            yield f"a {design.value} {age}", replace(document, design=design)


def _cleared(document: Document, question: Question) -> Iterator[tuple[str, Document]]:
    """Without what is held against it."""
    if document.status is Status.CONCERN:
        yield "without the expression of concern it", replace(document, status=Status.CURRENT)
    if document.status is Status.SUPERSEDED:
        yield "were it not superseded it", replace(document, status=Status.CURRENT)
    if document.indirect:
        direct = tuple(note for note in document.notes if note.kind is not NoteKind.INDIRECT)
        yield "as direct evidence it", replace(document, notes=direct)
    if question.groups and document.populations and not question.groups & document.populations:
        groups = " and ".join(sorted(group.value for group in question.groups))
        yield f"studied in {groups} it", replace(document, populations=question.groups)
    if "Preprint" in document.publication_types:
        types = tuple(name for name in document.publication_types if name != "Preprint")
        yield "published in a journal it", replace(document, publication_types=types)


def _worse(document: Document, question: Question) -> Iterator[tuple[str, Document]]:
    published = document.published
    if published is not None and published.year > _OLDER:
        older = PublicationDate(published.year - _OLDER)
        yield f"from {older} it", replace(document, published=older)
    if quality_of(Design.CASE_SERIES, question.type) < quality_of(document.design, question.type):
        age = "of the same age" if published else "without a date too"
        yield f"a case series {age}", replace(document, design=Design.CASE_SERIES)


def _editions_among(results: Sequence[Evidence]) -> bool:
    """Whether one of them may be an edition of another."""
    names = {name.casefold() for e in results for name in (e.document.id, *e.document.aliases)}
    return any(
        link.kind in _EDITIONS and link.target.casefold() in names
        for e in results
        for link in e.document.links
    )


def _move(change: str, now: int, item: Evidence, placed: Sequence[Evidence]) -> Move:
    """From place `now` to the one that the passage of `item` has among `placed`."""
    place, then = next((n, e) for n, e in enumerate(placed, start=1) if e.passage.id == item.passage.id)
    return Move(change, place, now - place, then.score)
