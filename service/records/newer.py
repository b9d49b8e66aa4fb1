"""Questions for which stronger and newer evidence came in than their answers cite."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from indexes.changes import NewDocument, new_documents
from rag.citations import name_and_year
from rag.types import Answer, Evidence
from service.records.schema import answers
from service.records.stored import answer_of

if TYPE_CHECKING:
    from indexes.library import Library
    from rag.pipeline import Pipeline
    from service.records.database import Database

_LOOKED_INTO = 2_000  # new documents; with more, every question is asked anew
_PLACES = 5  # of the evidence found now, in which a new document has to be to matter


@dataclass(frozen=True, slots=True)
class Finding:
    """Why an answer doesn't stand as it is."""

    answer_id: str
    kind: str
    document_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Looks for answers that new documents overtake."""

    database: Database
    library: Library
    open_pipeline: Callable[[], Pipeline]
    today: date

    def since(self, seen: int, newest: int) -> list[Finding]:
        """Answers overtaken by documents with passages numbered above `seen`, up to `newest`."""
        if newest <= seen:
            return []
        came = new_documents(self.library, seen, _LOOKED_INTO + 1)
        concerned = self._concerned(came)
        if not concerned:
            return []
        pipeline, new = self.open_pipeline(), {one.id for one in came}
        among = None if len(came) > _LOOKED_INTO else new
        found = (self._finding(pipeline, key, answer, among) for key, answer in concerned)
        return [one for one in found if one is not None]

    def _concerned(self, came: Sequence[NewDocument]) -> list[tuple[str, Answer]]:
        """Answers whose question shares a term of its subject with a new document."""
        spoken_of = frozenset[str]().union(*(one.terms for one in came))
        heir = answers.alias()
        open_ = ~exists().where(heir.c.reissue_of == answers.c.id)
        query = select(answers.c.id, answers.c.subject, answers.c.body).where(open_)
        with self.database.reading() as connection:
            rows = [
                row
                for row in connection.execute(query.order_by(answers.c.id))
                if len(came) > _LOOKED_INTO or spoken_of.intersection(json.loads(row.subject))
            ]
        found = ((row.id, answer_of(row.body, row.id)) for row in rows)
        # An answer as of a day in the past says what was known then, which nothing new changes.
        return [(key, answer) for key, answer in found if answer.filters.as_of is None]

    def _finding(
        self, pipeline: Pipeline, key: str, answer: Answer, among: set[str] | None
    ) -> Finding | None:
        found = pipeline.search(
            answer.understood_as, filters=answer.filters, today=self.today, limit=_PLACES
        ).evidence
        had = {item.document.id for item in answer.evidence}
        new = [
            item
            for item in found
            if item.document.id not in had and (among is None or item.document.id in among)
        ]
        if not new:
            return None
        if answer.abstention is not None:
            return self._answerable(pipeline, key, answer, new)
        better = next((item for item in new if overtakes(item, led_by(answer))), None)
        return None if better is None else _newer(key, better)

    def _answerable(
        self, pipeline: Pipeline, key: str, answer: Answer, new: Sequence[Evidence]
    ) -> Finding | None:
        again = pipeline.ask(answer.understood_as, role=answer.role, filters=answer.filters, today=self.today)
        cited = [item.document for item in new if item.document.id in again.cited_documents]
        if again.abstention is not None or not cited:
            return None
        reason = f"{name_and_year(cited[0])} ({cited[0].id}) answers what had no answer"
        return Finding(key, "answerable", cited[0].id, reason)


def led_by(answer: Answer) -> tuple[Evidence, ...]:
    """The evidence that the lead of an answer cites."""
    cited = {citation.document_id for claim in answer.lead for citation in claim.citations}
    return tuple(item for item in answer.evidence if item.document.id in cited)


def overtakes(new: Evidence, lead: Iterable[Evidence]) -> bool:
    """Whether a lead that had known of `new` should have cited it.

    It is at least as relevant as the least relevant source of the lead; and it is of a stronger design
    than all of them, or as strong as the strongest and newer than those that are.
    """
    cited = list(lead)
    if not cited or new.why.relevance < min(item.why.relevance for item in cited):
        return False
    best = max(item.why.quality for item in cited)
    if new.why.quality != best:
        return new.why.quality > best
    published = new.document.published
    peers = [item.document.published for item in cited if item.why.quality == best]
    return published is not None and all(peer is None or published.earliest > peer.earliest for peer in peers)


def _newer(key: str, better: Evidence) -> Finding:
    document = better.document
    reason = (
        f"{name_and_year(document)} ({document.id}), a {document.design.value}, came in since and is at least "
        "as relevant and stronger or newer"
    )
    return Finding(key, "newer", document.id, reason)
